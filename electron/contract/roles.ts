import { z } from 'zod'
import { emptySchema } from './fields.ts'
import { ROLES } from './values.ts'

export { ROLES }
export type Role = (typeof ROLES)[number]

/** What an account may do at all. Grants and the photo at hand can only take away from it. */
export const CAPABILITIES = [
  'viewLibrary',
  /** every folder of the household, not only those granted */
  'viewHousehold',
  /** what is archived, private or in the trash */
  'viewHidden',
  'viewShared',
  'download',
  'upload',
  /** through links that allow it */
  'uploadToShare',
  'import',
  'archive',
  'setPrivate',
  'trash',
  /** date and place */
  'correct',
  'favourite',
  'rate',
  'caption',
  'tag',
  /** captions and tags “for everyone with this folder” */
  'captionForAll',
  'tagForAll',
  'album',
  'people',
  'share',
  'webdav',
  /** start scans and see their jobs */
  'ownJobs',
  'administer',
  'superAdminister',
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** The rows of the rights table: what a role may, before flags, account switches, grants and shares take away from it. */
const RIGHTS = [
  'viewLibrary',
  'viewShared',
  'download',
  'useShares',
  'upload',
  'changePhotos',
  'overlay',
  'share',
  'webdav',
  'jobs',
  'administer',
  'superAdminister',
  'preferences',
] as const
export type Right = (typeof RIGHTS)[number]

/**
 * How far a right reaches. `own`: in the folders granted; `own-shown`: there, but nothing private, archived or in the trash;
 * `own-read-write`: where the grant says read-write; `any-read-write`: in any folder somebody has read-write; `if-on`: where the account's
 * own switch says so; `if-super`: with the super admin flag; `as-shared`: as the share allows; `share-download`: as it allows, downloads
 * alone; `link`: what the link holds; `some`: favourites and ratings alone; `session`: for the browsing session.
 */
const EXTENTS = [
  'no',
  'yes',
  'household',
  'own',
  'own-shown',
  'own-read-write',
  'any-read-write',
  'if-on',
  'if-super',
  'as-shared',
  'share-download',
  'link',
  'some',
  'session',
] as const
export type Extent = (typeof EXTENTS)[number]

export const rolesContract = {
  /** The rights table, by role, for whoever assigns one. */
  'roles.list': {
    input: emptySchema,
    output: z.object({
      roles: z.array(z.object({ role: z.enum(ROLES), rights: z.record(z.enum(RIGHTS), z.enum(EXTENTS)) })),
    }),
  },
}
