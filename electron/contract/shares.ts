import { z } from 'zod'
import {
  because,
  emptySchema,
  givenPasswordSchema,
  idSchema,
  PASSWORD_MAX_BYTES,
  photoIdsSchema,
} from './fields.ts'
import { monthPayloadSchema, monthsSchema, pageSchema, photoSchema } from './photos.ts'
import { LINK_DOWNLOADS, LINK_LABEL_MAX, LINK_VIEWS_MAX, SHARE_PARTS } from './values.ts'

/** A link's own password. It may be short, unlike an account's: it is said over the phone, and guesses are throttled. */
const linkPasswordSchema = z
  .string()
  .min(1, because('required'))
  .refine(
    (password) => new TextEncoder().encode(password).length <= PASSWORD_MAX_BYTES,
    because('password_too_long'),
  )

/** What whoever makes a link says of it; what is left out stays as it is, or in a new link as the comments say. */
const linkOptions = {
  /** what the owner calls it; holders do not see it. New: empty */
  label: z.string().trim().max(LINK_LABEL_MAX, because('text_too_long')).optional(),
  /** epoch ms; null (new): never */
  expiresAt: z.int().positive().nullable().optional(),
  /** null (new): none */
  password: linkPasswordSchema.nullable().optional(),
  /** how many may open it; null (new): any number */
  viewLimit: z
    .int()
    .min(1, because('view_limit'))
    .max(LINK_VIEWS_MAX, because('view_limit'))
    .nullable()
    .optional(),
  /** what may be saved. New: `none` */
  download: z.enum(LINK_DOWNLOADS).optional(),
  /** positions on the map and time zones are kept back, from saved files too. New: no */
  hidePlaces: z.boolean().optional(),
  /** the same for camera, lens and exposure */
  hideCamera: z.boolean().optional(),
  /** a folder into which holders may send files, each held until it is looked at; null (new): none. One that `uploads.folders` names */
  uploadFolderId: idSchema.nullable().optional(),
}
export type LinkOptions = z.output<z.ZodObject<typeof linkOptions>>

const { label, expiresAt, download, hidePlaces, hideCamera } = linkOptions
/** The same for what is shared with named accounts: they log in, so there is no password, and who may open it is said already. */
export const directOptions = { label, expiresAt, download, hidePlaces, hideCamera }
export type DirectOptions = z.output<z.ZodObject<typeof directOptions>>

/** What is shared is exactly one thing. */
export const isOneThing = (to: { albumId?: unknown; photoIds?: unknown; folderId?: unknown }): boolean =>
  [to.albumId, to.photoIds, to.folderId].filter((each) => each !== undefined).length === 1

const linkContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('album'), id: idSchema, title: z.string() }),
  z.object({ kind: z.literal('folder'), id: idSchema, title: z.string() }),
  z.object({ kind: z.literal('photos') }),
])
export type LinkContent = z.output<typeof linkContentSchema>

const coverSchema = z
  .object({ id: idSchema, version: z.number(), thumbhash: z.string().nullable() })
  .nullable()

/** A link, or what is shared with named accounts (`direct`), as its owner sees it, and admins. */
const linkSchema = z.object({
  id: idSchema,
  creator: z.object({ id: idSchema, username: z.string(), name: z.string() }),
  content: linkContentSchema,
  /** shared with `guests` alone: there is no address, no password and no view limit */
  direct: z.boolean(),
  label: z.string(),
  /** its address, for its owner alone; null for others, where the key file was lost, and of what has none */
  url: z.string().nullable(),
  hasPassword: z.boolean(),
  expiresAt: z.number().nullable(),
  viewLimit: z.number().nullable(),
  views: z.number(),
  download: z.enum(LINK_DOWNLOADS),
  hidePlaces: z.boolean(),
  hideCamera: z.boolean(),
  /** where what holders send is meant to go */
  upload: z.object({ folderId: idSchema, name: z.string() }).nullable(),
  /** files that they sent and that nobody has looked at */
  waiting: z.number(),
  createdAt: z.number(),
  lastOpenedAt: z.number().nullable(),
  /** why it opens for nobody at the moment: its end came, its creator may not share (any more), or nothing is left of what it showed */
  closed: z.enum(['expired', 'limit', 'suspended', 'gone']).nullable(),
  /** photos that it shows at this moment */
  count: z.number(),
  cover: coverSchema,
  /**
   * accounts that have it, the latest first: `since` they opened the link, or since it is shared with them. `hasOpened`: whether they ever looked,
   * which those it is shared with may not have
   */
  guests: z.array(
    z.object({
      accountId: idSchema,
      username: z.string(),
      name: z.string(),
      since: z.number(),
      hasOpened: z.boolean(),
      /** of links: `viewer` */
      part: z.enum(SHARE_PARTS),
    }),
  ),
  /** photos among them that people added who may, and that it shows */
  contributed: z.number(),
  may: z.object({ update: z.boolean(), revoke: z.boolean() }),
})
export type Link = z.output<typeof linkSchema>

/** `reach`: from how far away the addresses open as Mantel is served now: outside, in the house, on this computer alone. */
const linksSchema = z.object({ links: z.array(linkSchema), reach: z.enum(['outside', 'house', 'here']) })

/** Something shared that shows one photo. */
const showingSchema = z.object({
  id: idSchema,
  kind: z.enum(['album', 'folder', 'photos']),
  /** the album's or the folder's; empty for picked photos */
  title: z.string(),
  /** what its owner calls it; empty for others but whoever administers */
  label: z.string(),
  /** shared by name, else by a link */
  direct: z.boolean(),
  /** of a link: its views are used up, so only those who opened it see it */
  isFull: z.boolean(),
  /** whether the caller shares it */
  isOwn: z.boolean(),
  /** who shares it: their display name, for whoever administers else their username; empty where neither is told */
  by: z.string(),
  /** with whom it is shared by name; empty for whoever only added the photo to it */
  people: z.array(z.object({ accountId: idSchema, name: z.string() })),
})
export type Showing = z.output<typeof showingSchema>

/** A link as whoever holds it sees it. */
const heldLinkSchema = z.object({
  id: idSchema,
  /** shared with the account by name: there is no address that leads back to it */
  direct: z.boolean(),
  /** the album's or the folder's; empty for picked photos */
  title: z.string(),
  description: z.string(),
  /** display name of whoever made it; empty where they have none */
  by: z.string(),
  count: z.number(),
  expiresAt: z.number().nullable(),
  download: z.enum(LINK_DOWNLOADS),
  cover: coverSchema,
  /** `contribute`: add photos of one's own to it; `withdraw`: take some out that were added so, one's own or as the album's owner all */
  may: z.object({ upload: z.boolean(), contribute: z.boolean(), withdraw: z.boolean() }),
})
export type HeldLink = z.output<typeof heldLinkSchema>

const heldInput = z.strictObject({ share: idSchema })

/** A photo as a link shows it: nothing that its account added, and nothing of where it lies on the host. */
const heldPhotoSchema = photoSchema
  .pick({
    id: true,
    version: true,
    kind: true,
    state: true,
    fileName: true,
    sizeBytes: true,
    mime: true,
    takenAt: true,
    takenOffset: true,
    width: true,
    height: true,
    camera: true,
    gps: true,
  })
  .extend({
    /** `withdraw`: take it out again, as one's own or as the album's owner */
    may: z.object({ download: z.boolean(), withdraw: z.boolean() }),
    /** who added it, where that was not the album's owner; `isOwn`: the caller. `name` is empty where they have none */
    addedBy: z.object({ name: z.string(), isOwn: z.boolean() }).nullable(),
    /** what is saved of it where that is allowed: its file, a picture of its own size without anything else, or no more than its preview */
    saves: z.enum(['file', 'picture', 'preview']),
  })
export type HeldPhoto = z.output<typeof heldPhotoSchema>

export const sharesContract = {
  /** Makes a link to one of the three; `url` is where it opens. */
  'shares.createLink': {
    input: z
      .strictObject({
        albumId: idSchema.optional(),
        photoIds: photoIdsSchema.optional(),
        /** a directory, with those below it */
        folderId: idSchema.optional(),
        options: z.strictObject(linkOptions).default({}),
      })
      .refine(isOneThing, because('share_one_of')),
    output: z.object({ id: idSchema, url: z.string() }),
  },
  /** More photos into a link of picked ones. */
  'shares.addPhotos': {
    input: z.strictObject({ id: idSchema, photoIds: photoIdsSchema }),
    output: emptySchema,
  },
  'shares.update': {
    input: z.strictObject({ id: idSchema, options: z.strictObject(linkOptions) }),
    output: emptySchema,
  },
  /** Takes a link back for good; whoever has it open sees nothing more. */
  'shares.revoke': { input: z.strictObject({ id: idSchema }), output: emptySchema },
  /** One's own links: all, or those of one album, folder or photo. */
  'shares.list': {
    input: z.strictObject({
      albumId: idSchema.optional(),
      folderId: idSchema.optional(),
      photoId: idSchema.optional(),
    }),
    output: linksSchema,
  },
  /** Everything that is shared: by oneself, or (`everyone`, for whoever administers) by all. */
  'shares.overview': {
    input: z.strictObject({ everyone: z.boolean().optional() }),
    output: linksSchema,
  },

  /** Opens a link: makes a visitor's session, or for an account a guest of it. Passes on a new password too. */
  'shares.open': {
    input: z.strictObject({ token: z.string().max(200), password: givenPasswordSchema.optional() }),
    output: heldLinkSchema,
  },
  /** Passes on the new password of a link that the account opened before. */
  'shares.passAgain': {
    input: z.strictObject({ share: idSchema, password: givenPasswordSchema }),
    output: heldLinkSchema,
  },
  /**
   * Links that the account opened and what is shared with it by name, as long as they hold. `openedAt`: since when. `needsPassword`: it was
   * changed, and has to be given again. `isNew`: the account has not looked at it yet.
   */
  'shares.withMe': {
    input: emptySchema,
    output: z.object({
      links: z.array(
        heldLinkSchema.extend({ openedAt: z.number(), needsPassword: z.boolean(), isNew: z.boolean() }),
      ),
    }),
  },
  /** Notes that the account looks at what is shared with it, where it opened no address: its owner is told. */
  'shares.noteOpened': { input: heldInput, output: emptySchema },
  /** A link that was opened is shared with the account no more, until it is opened again. */
  'shares.leave': { input: heldInput, output: emptySchema },
  /**
   * What is shared and shows a photo at this moment: by the caller, for whoever administers by anybody, and albums of others that the caller added
   * the photo to.
   */
  'shares.showing': {
    input: z.strictObject({ photoId: idSchema }),
    output: z.object({ shares: z.array(showingSchema) }),
  },
  'shares.get': { input: heldInput, output: heldLinkSchema },
  'shares.months': { input: heldInput, output: monthsSchema },
  'shares.month': { input: pageSchema.extend({ share: idSchema }), output: monthPayloadSchema },
  'shares.photo': { input: z.strictObject({ share: idSchema, id: idSchema }), output: heldPhotoSchema },
}
