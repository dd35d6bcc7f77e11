import { z } from 'zod'
import { because, emptySchema } from './fields.ts'
import { PREVIEW_EDGES, PREVIEW_QUALITY, WORKERS } from './values.ts'

const qualitySchema = z
  .int(because('preview_quality'))
  .min(PREVIEW_QUALITY.least, because('preview_quality'))
  .max(PREVIEW_QUALITY.most, because('preview_quality'))

/** How Mantel makes pictures on this machine. */
export const advancedSettingsSchema = z.object({
  /** pictures worked on at a time */
  workers: z.literal(WORKERS, because('worker_count')),
  /** longer edge of previews, pixels */
  previewEdge: z.literal(PREVIEW_EDGES, because('preview_edge')),
  /** of previews, as encoders count it */
  previewQuality: qualitySchema,
})
export type AdvancedSettings = z.output<typeof advancedSettingsSchema>

export const advancedSettingsContract = {
  'settings.advanced': {
    input: emptySchema,
    /** `automaticWorkers`: how many `auto` stands for on this machine */
    output: advancedSettingsSchema.extend({ automaticWorkers: z.number() }),
  },
  /** What is left out stays as it is. Another size or quality has all previews made anew. */
  'settings.setAdvanced': {
    input: z.strictObject(advancedSettingsSchema.partial().shape),
    output: advancedSettingsSchema.extend({ automaticWorkers: z.number() }),
  },
}
