import {
  type Account,
  type Actor,
  everybody,
  eyesOf,
  FOLDERS,
  type FolderName,
  type Grant,
  KNOWN_ROLES,
  type Photo,
  type State,
  standingOf,
} from './state.ts'

/** Product §8: on unless said. */
const OFF_AT_FIRST = ['webdav', 'lan', 'registration']

export const isOn = ({ flags }: State, flag: string) => flags.get(flag) ?? !OFF_AT_FIRST.includes(flag)

/** A super admin is an admin whatever its role says. */
const roleOf = ({ role, superAdmin }: Account) => {
  if (superAdmin) return 'admin'
  return KNOWN_ROLES.includes(role) ? role : 'none'
}

type Test = (account: Account, state: State) => boolean

const are =
  (...roles: string[]): Test =>
  (account) =>
    roles.includes(roleOf(account))
const and =
  (...tests: Test[]): Test =>
  (account, state) =>
    tests.every((test) => test(account, state))
const on =
  (flag: string): Test =>
  (_, state) =>
    isOn(state, flag)

const admins = are('admin')
const changers = are('admin', 'user')
const viewers = are('admin', 'user', 'viewer')
const everyone = are(...KNOWN_ROLES)

/** The table of product §3 with the flags of §8, capability by capability as pages are told them. */
const MAY: Record<string, Test> = {
  viewLibrary: viewers,
  viewHousehold: admins,
  viewHidden: changers,
  viewShared: everyone,
  download: and(viewers, on('download')),
  upload: and(changers, on('upload')),
  uploadToShare: and(are('admin', 'user', 'guest'), on('upload')),
  import: and(changers, on('import')),
  archive: and(changers, on('archive')),
  setPrivate: and(changers, on('private')),
  trash: and(changers, on('delete')),
  correct: and(changers, on('edit')),
  favourite: and(viewers, on('favourites')),
  rate: and(viewers, on('ratings')),
  caption: changers,
  tag: and(changers, on('tags')),
  captionForAll: changers,
  tagForAll: and(changers, on('tags')),
  album: and(changers, on('albums')),
  people: and(changers, on('people')),
  share: and(
    (account) => admins(account, none) || (roleOf(account) === 'user' && account.mayShare),
    on('share'),
  ),
  webdav: and(changers, ({ webdav }) => webdav, on('webdav')),
  ownJobs: changers,
  administer: admins,
  superAdminister: ({ superAdmin }) => superAdmin,
}

/** For tests that look at the account alone. */
const none: State = {
  now: 0,
  accounts: new Map(),
  sessions: new Map(),
  flags: new Map(),
  defaults: new Map(),
  registered: new Set(),
  offline: new Set(),
  photos: [],
  entries: [],
  hasBackup: false,
}

/** What an account may do at all; nothing until a password that must be changed was changed. */
export const may = (state: State, account: Account, what: string) =>
  !account.mustChange && (MAY[what]?.(account, state) ?? false)

/** Everything that pages are told. */
export const mayTable = (state: State, account: Account): Record<string, boolean> =>
  Object.fromEntries(Object.keys(MAY).map((what) => [what, may(state, account, what)]))

/** What is left of an account's rights to whoever views as it: to see, not to take along or to change. */
export const SEEING = ['viewLibrary', 'viewHousehold', 'viewHidden', 'viewShared', 'ownJobs']

/** Who may ask for a procedure: whoever is logged in, unless told otherwise. */
export interface Gate {
  /** also nobody known */
  open?: true
  /** also from a locked session */
  locked?: true
  /** also while a password must be changed */
  atAll?: true
  /** also from a session that views as another account, */
  seated?: true
  /** for what that account may see alone */
  looks?: true
  /** also the operator */
  operator?: true
  /** only who may do this */
  may?: string
}

/** Why somebody is turned away before anything is looked at; null where they are not. */
export function turnedAway(state: State, actor: Actor, gate: Gate): 'unauthenticated' | 'forbidden' | null {
  if (gate.open) return null
  const by = standingOf(state, actor)
  if (by.kind === 'operator') return gate.operator ? null : 'forbidden'
  if (by.kind === 'anonymous') return 'unauthenticated'
  if (by.kind === 'locked') return gate.locked ? null : 'unauthenticated'
  if (by.kind === 'viewing') {
    if (gate.seated) return null
    const eyes = eyesOf(by)
    const isSeeing = gate.may === undefined || SEEING.includes(gate.may)
    if (!gate.looks || !isSeeing || !eyes) return 'forbidden'
    return gate.may === undefined || may(state, eyes, gate.may) ? null : 'forbidden'
  }
  if (by.account.mustChange && !gate.atAll) return 'forbidden'
  return gate.may === undefined || may(state, by.account, gate.may) ? null : 'forbidden'
}

export const isSuper = (state: State, actor: Actor) => {
  const by = standingOf(state, actor)
  return by.kind === 'operator' || (by.kind === 'account' && may(state, by.account, 'superAdminister'))
}

/** The folder and those around it, the deepest first. */
function chain(folder: FolderName): FolderName[] {
  const around: FolderName | null = FOLDERS[folder]
  return [folder, ...(around === null ? [] : chain(around))]
}

/** How an account has a folder: the deepest grant decides. */
function grantOver(account: Account, folder: FolderName): Grant | undefined {
  for (const at of chain(folder)) {
    const grant = account.grants.get(at)
    if (grant) return grant
  }
  return undefined
}

/** Whether a folder was given to somebody, or one around it. */
export const holds = (account: Account, folder: FolderName) => grantOver(account, folder) !== undefined

/** Whether a folder is the household's: registered, or given to somebody, or inside such a one. */
export const isInUse = (state: State, folder: FolderName) =>
  chain(folder).some(
    (at) => state.registered.has(at) || everybody(state).some(({ grants }) => grants.has(at)),
  )

/** Hidden from viewers, and not in any timeline. */
const isHidden = (photo: Photo) => photo.archived || photo.private || photo.trashed

/** Whether an account may look at a photo at all. */
export function sees(state: State, account: Account, photo: Photo): boolean {
  if (photo.missing || !may(state, account, 'viewLibrary')) return false
  if (photo.isVideo && !isOn(state, 'videos')) return false
  if (isHidden(photo) && !may(state, account, 'viewHidden')) return false
  if (may(state, account, 'viewHousehold')) return isInUse(state, photo.folder)
  return grantOver(account, photo.folder) !== undefined
}

/** Whose photos: one's own folders', for admins the household's or those of one account's folders. */
export type View = 'mine' | 'everyone' | { accountId: number }

/** Ids of what a timeline holds, nothing hidden; null for an account that the one who asks may not look at. */
export function timelineOf(state: State, account: Account, view: View): number[] | null {
  const asked = typeof view === 'string' ? account : livingById(state, view.accountId)
  if (asked?.key !== account.key && (!asked || !may(state, account, 'viewHousehold'))) return null
  return state.photos
    .filter((photo) => !isHidden(photo) && sees(state, account, photo))
    .filter(({ folder }) => view === 'everyone' || (asked && grantOver(asked, folder) !== undefined))
    .map(({ id }) => id)
}

const livingById = (state: State, wanted: number) => everybody(state).find(({ id }) => id === wanted)

/** Whether an account may set a mark on a photo that it sees. */
export const mayMark = (state: State, account: Account, { folder }: Photo, mark: 'archive' | 'setPrivate') =>
  may(state, account, mark) &&
  (may(state, account, 'viewHousehold') || grantOver(account, folder)?.access === 'read-write')

/** What travels with a photo. */
export function mayWithPhoto(state: State, account: Account, photo: Photo): Record<string, boolean> {
  const isAdmin = may(state, account, 'viewHousehold')
  const grant = grantOver(account, photo.folder)
  const mayChange = isAdmin || grant?.access === 'read-write'
  const isThere = !state.offline.has(photo.folder)
  return {
    download: may(state, account, 'download') && isThere,
    edit: may(state, account, 'correct') && mayChange,
    archive: mayMark(state, account, photo, 'archive'),
    private: mayMark(state, account, photo, 'setPrivate'),
    trash: may(state, account, 'trash') && mayChange && !photo.trashed && isThere,
    share:
      may(state, account, 'share') &&
      (isAdmin || grant?.mayShare === true) &&
      !photo.private &&
      !photo.trashed,
    favourite: may(state, account, 'favourite'),
    rate: may(state, account, 'rate'),
    caption: may(state, account, 'caption'),
    tag: may(state, account, 'tag'),
    captionForAll: may(state, account, 'captionForAll') && mayChange,
    tagForAll: may(state, account, 'tagForAll') && mayChange,
    album: may(state, account, 'album'),
  }
}

/** Ids of those who see a photo, at their next login at the latest. */
export const seersOf = (state: State, photo: Photo) =>
  everybody(state)
    .filter((account) => account.mayLogIn && sees(state, { ...account, mustChange: false }, photo))
    .map(({ id }) => id)
