/**
 * A household as the model keeps it: plain values, written from the product's description alone. Nothing of the program is imported
 * here, so that a mistake there is not one here too.
 */

/** Folders of the household with the one each lies in; `attic` is known but nobody's, as long as nobody is given it. */
export const FOLDERS = {
  family: null,
  kids: 'family',
  school: 'kids',
  ada: null,
  ben: null,
  attic: null,
} as const
export type FolderName = keyof typeof FOLDERS
// the keys of an object literal
export const FOLDER_NAMES = Object.keys(FOLDERS) as FolderName[]

export const KNOWN_ROLES = ['admin', 'user', 'viewer', 'guest']

export interface Grant {
  access: 'read-write' | 'read-only'
  mayShare: boolean
}

/** The second factor of an account. */
interface Factor {
  /** base32 */
  seed: string
  /** the step (30 s) of the last code of the app that was taken */
  lastStep: number
}

export interface Account {
  /** the model's own number; the program's `id` is told by its answer */
  key: number
  id: number
  username: string
  password: string
  /** any text: a role of a newer version too */
  role: string
  superAdmin: boolean
  mayLogIn: boolean
  webdav: boolean
  mayShare: boolean
  mustChange: boolean
  /** signed up, and nobody has looked at it yet */
  isPending: boolean
  isDeleted: boolean
  /** deleted: until then it can be restored; null where nothing was to be kept */
  keptUntil: number | null
  /** logged in on the household's one device, and has had no new password since */
  isDeviceKnown: boolean
  grants: Map<FolderName, Grant>
  /** null while it is off */
  totp: Factor | null
  /** a seed that was shown and waits for its first code, and when that was */
  pending: { seed: string; since: number } | null
  /** recovery codes that were not used, as they were told */
  recovery: readonly string[]
  /** the code that was taken last, of whichever kind */
  spentCode: string | null
  /** by the program's numbers: what a WebDAV program may with it */
  appPasswords: Map<number, Grant['access']>
}

export interface Session {
  key: number
  id: number
  token: string
  account: number
  isLocked: boolean
  isEnded: boolean
  /** the account that it shows, read-only; null for its own */
  viewing: number | null
  startedAt: number
  usedAt: number
}

export interface Photo {
  id: number
  name: string
  folder: FolderName
  isVideo: boolean
  archived: boolean
  private: boolean
  trashed: boolean
  missing: boolean
}

/** An entry of the audit log. */
export interface Entry {
  id: number
  actorId: number | null
  actorName: string
  action: string
  objectKind: string
  objectId: number | null
}

export interface State {
  now: number
  accounts: Map<number, Account>
  sessions: Map<number, Session>
  /** flags that were switched */
  flags: Map<string, boolean>
  /** themes that super admins chose for everyone who has not, by the name they are stored as */
  defaults: Map<string, string>
  /** roots that an admin entered: they stay the household's without any grant */
  registered: Set<FolderName>
  /** whose drive is away */
  offline: Set<FolderName>
  photos: Photo[]
  /** the newest entries of the audit log, the oldest of them first; taken over from the program, which alone knows their numbers */
  entries: readonly Entry[]
  /** one was made in this story */
  hasBackup: boolean
}

/** A copy that shares nothing, to try out on it what another order of events would come to. */
export const copyOf = (state: State): State => ({
  now: state.now,
  accounts: new Map(
    [...state.accounts].map(([key, account]) => [
      key,
      {
        ...account,
        grants: new Map([...account.grants].map(([folder, grant]) => [folder, { ...grant }] as const)),
        totp: account.totp && { ...account.totp },
        pending: account.pending && { ...account.pending },
        recovery: [...account.recovery],
        appPasswords: new Map(account.appPasswords),
      },
    ]),
  ),
  sessions: new Map([...state.sessions].map(([key, session]) => [key, { ...session }])),
  flags: new Map(state.flags),
  defaults: new Map(state.defaults),
  registered: new Set(state.registered),
  offline: new Set(state.offline),
  photos: state.photos.map((photo) => ({ ...photo })),
  entries: state.entries,
  hasBackup: state.hasBackup,
})

const DAY_MS = 24 * 3_600_000
/** product §2, "Sessions": 14 days at most, 7 days idle */
const LONGEST_MS = 14 * DAY_MS
const IDLE_MS = 7 * DAY_MS

export const isExpired = ({ now }: State, { startedAt, usedAt }: Session) =>
  now >= startedAt + LONGEST_MS || now >= usedAt + IDLE_MS

/** Deleted, and nothing of it is kept (any more): a job removes it, sooner or later. */
export const isGoing = ({ now }: State, { isDeleted, keptUntil }: Account) =>
  isDeleted && (keptUntil === null || now >= keptUntil)

/** An account that was not deleted. */
export function living(state: State, key: number): Account | undefined {
  const account = state.accounts.get(key)
  return account?.isDeleted ? undefined : account
}

/** Living accounts, in the order they were made. */
export const everybody = (state: State) => [...state.accounts.values()].filter(({ isDeleted }) => !isDeleted)

export const namedSo = (state: State, username: string) =>
  everybody(state).find((account) => account.username === username)

/** An unknown role without the flag means no access. */
export const hasAccess = ({ role, superAdmin }: Account) => superAdmin || KNOWN_ROLES.includes(role)

/** Whoever acts. */
export type Actor = { kind: 'anonymous' } | { kind: 'operator' } | { kind: 'session'; key: number }

/** What an actor is at this moment. */
export type Standing =
  | { kind: 'anonymous' }
  | { kind: 'operator' }
  | { kind: 'locked'; session: Session; account: Account }
  | { kind: 'account'; session: Session; account: Account }
  | { kind: 'viewing'; session: Session; account: Account; as: Account }

/** A session counts while it is neither ended nor expired and its account may still log in. */
export function standingOf(state: State, actor: Actor): Standing {
  if (actor.kind !== 'session') return actor
  const session = state.sessions.get(actor.key)
  const account = session && living(state, session.account)
  if (!session || !account || session.isEnded || isExpired(state, session)) return { kind: 'anonymous' }
  if (!account.mayLogIn || !hasAccess(account)) return { kind: 'anonymous' }
  if (session.isLocked) return { kind: 'locked', session, account }
  const as = session.viewing === null ? undefined : living(state, session.viewing)
  if (as && mayViewAs(account, as)) return { kind: 'viewing', session, account, as }
  return { kind: 'account', session, account }
}

const isAdmin = ({ superAdmin, role }: Account) => superAdmin || role === 'admin'

/** A super admin views as anyone but themself, another admin as whoever is none; nobody as one who has no access. */
export function mayViewAs(viewer: Account, target: Account): boolean {
  if (viewer.mustChange || !isAdmin(viewer) || viewer.key === target.key || !hasAccess(target)) return false
  return isAbove(viewer, target)
}

/** A super admin is above everybody, another admin above whoever is none. */
export const isAbove = (admin: Account, target: Account) => admin.superAdmin || !isAdmin(target)

/** Whose library is looked at: while somebody views as another, that one's, who has no password to change first then. */
export function eyesOf(by: Standing): Account | undefined {
  if (by.kind === 'viewing') return { ...by.as, mustChange: false }
  return by.kind === 'account' ? by.account : undefined
}

/** Ends the sessions of an account, all or all but one. */
export function endSessions(state: State, account: number, except?: number): void {
  for (const session of state.sessions.values())
    if (session.account === account && session.key !== except) session.isEnded = true
}

/** There is always at least one. */
export const isLastSuperAdminGone = (state: State) =>
  !everybody(state).some(({ superAdmin, mayLogIn }) => superAdmin && mayLogIn)
