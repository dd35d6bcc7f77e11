import { z } from 'zod'
import { emptySchema } from './fields.ts'
import { LANGUAGES, THEMES } from './values.ts'

const themeSchema = z.enum(THEMES)
const languageSchema = z.enum(LANGUAGES)

/** What is in force for an account: its own choice, else the household's default. */
export const preferencesSchema = z.object({ theme: themeSchema, language: languageSchema })
export type Preferences = z.output<typeof preferencesSchema>

const state = z.object({
  preferences: preferencesSchema,
  /** which of them are the household's defaults because the account has not chosen */
  inherited: z.object({ theme: z.boolean(), language: z.boolean() }),
})

export const settingsContract = {
  'settings.get': { input: emptySchema, output: state },
  /** null resets a preference to the inherited one */
  'settings.set': {
    input: z.strictObject({
      theme: themeSchema.nullable().optional(),
      language: languageSchema.nullable().optional(),
    }),
    output: state,
  },
}
