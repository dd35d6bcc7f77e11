import { z } from 'zod'
import { emptySchema } from './fields.ts'
import { DATE_FORMATS, DENSITIES, LANGUAGES, SLIDESHOW_SECONDS, START_PAGES, THEMES } from './values.ts'

/** Every preference and what it may be: what is in force for an account, its own choice or else the household's default. */
export const preferencesSchema = z.object({
  theme: z.enum(THEMES),
  language: z.enum(LANGUAGES),
  density: z.enum(DENSITIES),
  dateFormat: z.enum(DATE_FORMATS),
  startPage: z.enum(START_PAGES),
  slideshow: z.enum(SLIDESHOW_SECONDS),
})
export type Preferences = z.output<typeof preferencesSchema>
export type PreferenceKey = keyof Preferences

/** What holds where neither the account nor a super admin for everyone has chosen. */
export const BUILT_IN_PREFERENCES: Preferences = {
  theme: 'system',
  language: 'system',
  density: 'comfortable',
  dateFormat: 'system',
  startPage: 'photos',
  slideshow: '5',
}

// both lists hold exactly the keys of the schema above
export const PREFERENCE_KEYS = Object.keys(preferencesSchema.shape) as PreferenceKey[]
const eachKey = <S extends z.ZodType>(schema: S) =>
  z.object(Object.fromEntries(PREFERENCE_KEYS.map((key) => [key, schema])) as Record<PreferenceKey, S>)

const { theme, language, density, dateFormat, startPage, slideshow } = preferencesSchema.shape

const state = z.object({
  preferences: preferencesSchema,
  /** which of them are the household's defaults because the account has not chosen */
  inherited: eachKey(z.boolean()),
  /** what holds for everyone who has not chosen */
  defaults: preferencesSchema,
  /** whether this account's choices can become the household's defaults */
  maySetDefaults: z.boolean(),
})

export const settingsContract = {
  'settings.get': { input: emptySchema, output: state },
  /** null resets a preference to the inherited one; keys that are left out stay as they are */
  'settings.set': {
    input: z.strictObject({
      theme: theme.nullable().optional(),
      language: language.nullable().optional(),
      density: density.nullable().optional(),
      dateFormat: dateFormat.nullable().optional(),
      startPage: startPage.nullable().optional(),
      slideshow: slideshow.nullable().optional(),
      /** whether the choices become the defaults of everyone who has not chosen; left out: yes for super admins, who alone may say so */
      alsoDefault: z.boolean().optional(),
    }),
    output: state,
  },
}
