import { z } from 'zod'
import { because, idSchema } from './fields.ts'
import { IMPORT_MODES, OVERLAY_FORMAT, OVERLAY_VERSION, PART_PHOTOS } from './overlay-document.ts'

/** Longest texts, in UTF-16 units, and most tags of a photo. Whatever writes overlays keeps to these, so that every export can be imported. */
export const CAPTION_MAX = 20_000
export const NAME_MAX = 500
export const TAGS_MAX = 100
export const DEPTH_MAX = 20
/** Albums of equal title in one place. */
export const EQUAL_TITLES_MAX = 500

/** Text that the database gives back as it was put in. */
export const text = (max: number) =>
  z
    .string()
    .max(max, because('text_too_long'))
    .refine((value) => value.isWellFormed() && !value.includes('\0'), because('malformed'))

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const moment = z.int().nonnegative()

/** How a photo is found again, here or elsewhere: by its main file. */
const whereabouts = {
  /** SHA-256 of the file, hexadecimal; null where it was not read yet */
  contentHash: hash.nullable(),
  /** SHA-256 of its first and last 64 KiB */
  quickHash: hash.nullable(),
  sizeBytes: z.int().nonnegative(),
  /** name of the folder it lies in, as it was given to the account */
  folder: text(1000),
  /** from there on, with `/` between; empty for the folder itself */
  directory: text(4096),
  fileName: text(1000).min(1),
  /** local wall clock; for people who look for what was not found */
  takenAt: text(40),
}
const findSchema = z.strictObject(whereabouts)
export type Whereabouts = z.output<typeof findSchema>

export const tagPath = z.array(text(NAME_MAX).min(1)).min(1).max(DEPTH_MAX)

const photoEntry = z.strictObject({
  /** names the photo inside this document, and nowhere else */
  id: idSchema,
  ...whereabouts,
  favourite: z.boolean(),
  rating: z.int().min(0).max(5),
  caption: text(CAPTION_MAX),
  /** each as the names that lead to it */
  tags: z.array(tagPath).max(TAGS_MAX),
})
export type PhotoEntry = z.output<typeof photoEntry>

const albumValues = {
  description: text(CAPTION_MAX),
  order: z.enum(['date', 'hand']),
  createdAt: moment,
}
const title = text(NAME_MAX)
const inAlbum = { addedAt: moment, position: z.int() }

const albumEntry = z.strictObject({
  id: idSchema,
  /** the album it lies in */
  parent: idSchema.nullable(),
  title,
  ...albumValues,
  cover: idSchema.nullable(),
})
const albumPhotoEntry = z.strictObject({ album: idSchema, photo: idSchema, ...inAlbum })

const headerSchema = z.strictObject({
  format: z.literal(OVERLAY_FORMAT, because('export_format')),
  version: z.literal(OVERLAY_VERSION, because('export_version')),
  /** ISO 8601, UTC */
  exportedAt: z.iso.datetime(),
  account: z.strictObject({ username: text(200), name: text(NAME_MAX) }),
})
export type DocumentHeader = z.output<typeof headerSchema>

/** The whole document: see docs/export-format.md. */
export const documentSchema = headerSchema.extend({
  photos: z.array(photoEntry),
  albums: z.array(albumEntry),
  albumPhotos: z.array(albumPhotoEntry),
})

const cursorSchema = z.strictObject({
  of: z.enum(['photos', 'albums', 'albumPhotos']),
  /** the last one of the page before; an album's photos: the album */
  id: z.int().nonnegative(),
  photo: z.int().nonnegative().optional(),
})
export type ExportCursor = z.output<typeof cursorSchema>

const importedAlbum = z.strictObject({
  /** the titles that lead to it, its own last; `nth` of those with equal title in one place */
  path: z
    .array(
      z.strictObject({
        title,
        nth: z
          .int()
          .min(0)
          .max(EQUAL_TITLES_MAX - 1),
      }),
    )
    .min(1)
    .max(DEPTH_MAX),
  ...albumValues,
  cover: findSchema.nullable(),
  photos: z.array(z.strictObject({ find: findSchema, ...inAlbum })).max(PART_PHOTOS),
})
export type ImportedAlbum = z.output<typeof importedAlbum>

export const overlaysContract = {
  /**
   * A page of what an account added to the photos it can see now, in the form of docs/export-format.md. Its own; the operator names the
   * account. Pages come in the order of the document's lists; the last one's `next` is null.
   */
  'overlays.export': {
    input: z.strictObject({ accountId: idSchema.optional(), after: cursorSchema.nullish() }),
    output: z.object({
      header: headerSchema,
      photos: documentSchema.shape.photos,
      albums: documentSchema.shape.albums,
      albumPhotos: documentSchema.shape.albumPhotos,
      next: cursorSchema.nullable(),
    }),
  },
  /**
   * One part of a document: photos, or an album with photos. A dry run tells the same numbers and writes nothing. Done twice it changes
   * nothing the second time. The operator names the account, or, for a dry run, none: then as if for one that sees every folder.
   */
  'overlays.import': {
    input: z.strictObject({
      accountId: idSchema.optional(),
      dryRun: z.boolean(),
      mode: z.enum(IMPORT_MODES),
      header: headerSchema,
      photos: z.array(photoEntry).max(PART_PHOTOS).optional(),
      album: importedAlbum.optional(),
    }),
    output: z.object({
      /** how many of the part's photos have exactly one counterpart */
      matched: z.number(),
      /** by their place in the part */
      notFound: z.array(z.number()),
      /** those with several counterparts: nothing is guessed */
      ambiguous: z.array(z.number()),
      /** photos of which something changes */
      changed: z.number(),
      album: z.enum(['new', 'existing', 'left-out']).nullable(),
      /** photos that the album gains */
      added: z.number(),
      /** values that this account may not set */
      leftOut: z.object({
        favourites: z.number(),
        ratings: z.number(),
        captions: z.number(),
        tags: z.number(),
        albums: z.number(),
      }),
    }),
  },
}
