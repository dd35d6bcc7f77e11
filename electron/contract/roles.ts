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
