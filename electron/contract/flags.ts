import { z } from 'zod'
import { emptySchema } from './fields.ts'
import { FLAGS, type Flag } from './values.ts'

export type { Flag }
export type Flags = Readonly<Record<Flag, boolean>>

// every key of the record is filled from the closed list
const flagShape = Object.fromEntries(FLAGS.map((flag) => [flag, z.boolean()])) as Record<Flag, z.ZodBoolean>
export const flagsSchema = z.object(flagShape)
const state = z.object({ flags: flagsSchema })

export const flagsContract = {
  /** Which features the household has switched on. */
  'flags.get': { input: emptySchema, output: state },
  /** Switches features for everyone, at once; flags that are not named stay as they are. */
  'flags.set': { input: z.strictObject({ flags: z.strictObject(flagShape).partial() }), output: state },
}
