import { z } from 'zod'

/** A file that the caller may have; doors stream it and decide nothing. */
export const fileDescriptionSchema = z.object({
  /** absolute, on the host */
  path: z.string(),
  mime: z.string(),
  /** what it is called when saved */
  fileName: z.string(),
  /** without quotes; changes with the bytes */
  etag: z.string(),
  /** of a file in a folder: which, and in which state the file was */
  original: z
    .object({
      folder: z.object({ path: z.string(), device: z.string(), inode: z.string() }),
      stamp: z.object({ size: z.number(), mtimeMs: z.number(), device: z.string(), inode: z.string() }),
    })
    .nullable(),
  /** whether a browser may show it in place: pictures it can't run code from */
  inline: z.boolean(),
})
export type FileDescription = z.output<typeof fileDescriptionSchema>
