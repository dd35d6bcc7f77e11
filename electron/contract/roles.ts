import { ROLES } from './values.ts'

export { ROLES }
export type Role = (typeof ROLES)[number]

/** What an account's role allows at all. Flags, switches and grants can only take away from it. */
export const CAPABILITIES = [
  'viewLibrary',
  'viewHousehold',
  'download',
  'upload',
  'changePhotos',
  'overlay',
  'rate',
  'share',
  'webdav',
  'ownJobs',
  'administer',
  'superAdminister',
] as const
export type Capability = (typeof CAPABILITIES)[number]
