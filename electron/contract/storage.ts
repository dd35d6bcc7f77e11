import { z } from 'zod'
import { emptySchema, idSchema } from './fields.ts'

const countsSchema = z.object({
  /** all but the missing: archived, private and trashed ones too */
  photos: z.number(),
  /** of these photos */
  videos: z.number(),
  /** photos whose pictures were made, and can be made again */
  pictured: z.number(),
  /** photos that should decode and don't */
  failed: z.number(),
  /** photos none of whose files is on the disk */
  missing: z.number(),
  /** on the disk, companions of photos included */
  files: z.number(),
  /** of these files */
  bytes: z.number(),
})

const usageSchema = z.object({
  /** when photos and files were counted (epoch ms); null: they are being counted for the first time */
  countedAt: z.number().nullable(),
  /** the household's folders by path, each without those below it that are listed too: the sums are the household's */
  folders: z.array(
    z.object({
      id: idSchema,
      path: z.string(),
      /** the same directory as `folders.tree` and the filter `folder` call it; null until it was scanned */
      directoryId: idSchema.nullable(),
      online: z.boolean(),
      /** a reason code while offline */
      offlineReason: z.string().nullable(),
      counts: countsSchema.nullable(),
    }),
  ),
  /** what each account is given to see, and of that what no other account is given */
  accounts: z.array(
    z.object({
      id: idSchema,
      username: z.string(),
      name: z.string(),
      counts: z
        .object({
          photos: z.number(),
          bytes: z.number(),
          onlyPhotos: z.number(),
          onlyBytes: z.number(),
        })
        .nullable(),
    }),
  ),
  /** bytes that Mantel itself takes; null until they were measured */
  own: z
    .object({
      thumbnails: z.number(),
      previews: z.number(),
      database: z.number(),
      backups: z.number(),
    })
    .nullable(),
  /** disks that folders or Mantel's data lie on, each once; folders that can't be looked at are on none. Null until they were looked at */
  disks: z
    .array(
      z.object({
        freeBytes: z.number(),
        totalBytes: z.number(),
        holdsData: z.boolean(),
        folderIds: z.array(idSchema),
      }),
    )
    .nullable(),
})
export type StorageUsage = z.output<typeof usageSchema>

export const storageContract = {
  /** As it was counted last; a hint of the topic `storage` says that there is more to tell. */
  'storage.usage': { input: emptySchema, output: usageSchema },
}
