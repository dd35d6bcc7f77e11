import type { Extent, Right, Role } from '../contract/roles.ts'

export type Holder = Role | 'visitor'
type Row = Readonly<Record<Holder, Extent>>

const row = (admin: Extent, user: Extent, viewer: Extent, guest: Extent, visitor: Extent): Row => ({
  admin,
  user,
  viewer,
  guest,
  visitor,
})

/** The rights table: what each role may, before flags, account switches, grants and shares take away from it. */
export const RIGHTS = {
  viewLibrary: row('household', 'own', 'own-shown', 'no', 'no'),
  viewShared: row('yes', 'yes', 'yes', 'yes', 'link'),
  download: row('yes', 'yes', 'yes', 'no', 'no'),
  useShares: row('as-shared', 'as-shared', 'share-download', 'as-shared', 'as-shared'),
  upload: row('any-read-write', 'own-read-write', 'no', 'no', 'no'),
  changePhotos: row('yes', 'own-read-write', 'no', 'no', 'no'),
  overlay: row('yes', 'yes', 'some', 'no', 'no'),
  share: row('yes', 'if-on', 'no', 'no', 'no'),
  webdav: row('if-on', 'if-on', 'no', 'no', 'no'),
  jobs: row('yes', 'own', 'no', 'no', 'no'),
  administer: row('yes', 'no', 'no', 'no', 'no'),
  superAdminister: row('if-super', 'no', 'no', 'no', 'no'),
  preferences: row('yes', 'yes', 'yes', 'yes', 'session'),
} as const satisfies Record<Right, Row>
