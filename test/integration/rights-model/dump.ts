import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { ENTRIES_KEPT } from './log-and-backups.ts'
import { plain } from './second-factor.ts'
import { type Entry, isExpired, isGoing, type Session, type State, standingOf } from './state.ts'
import type { World } from './world.ts'

/** What the database holds of accounts and rights, read in one go. */
export interface Dump {
  accounts: AccountRow[]
  /** account, area, access, may share */
  grants: [account: number, area: number, access: string, mayShare: number][]
  sessions: [id: number, account: number, tokenHash: string, isLocked: number, viewing: number | null][]
  flags: [name: string, enabled: number][]
  defaults: [key: string, value: string][]
  shelves: [photo: number, shelf: string][]
  registered: number[]
  appPasswords: [id: number, account: number, access: string][]
  /** those that were not used */
  recovery: [account: number, codeHash: string][]
  /** the newest, the oldest of them first */
  entries: Entry[]
}

export interface AccountRow {
  id: number
  username: string
  role: string
  superAdmin: number
  mayLogIn: number
  webdav: number
  mayShare: number
  mustChange: number
  isPending: number
  isDeleted: number
  /** of the last code that was taken; null while the second factor is off */
  factorStep: number | null
  /** a seed waits for its first code */
  isFactorBegun: number
}

const COLUMNS = sql`
  (select json_group_array(json_object('id', id, 'username', username, 'role', role, 'superAdmin', super_admin,
    'mayLogIn', may_log_in, 'webdav', webdav, 'mayShare', may_share, 'mustChange', must_change_password,
    'isPending', pending_since is not null, 'isDeleted', deleted_at is not null,
    'factorStep', case when totp_secret is not null then totp_last_step end,
    'isFactorBegun', totp_pending_secret is not null)) from accounts) as accounts,
  (select json_group_array(json_array(account_id, area_id, access, may_share)) from grants) as grants,
  (select json_group_array(json_array(id, account_id, token_hash, locked_by is not null,
    viewing_as)) from sessions) as sessions,
  (select json_group_array(json_array(name, enabled)) from flags) as flags,
  (select json_group_array(json_array(key, json_extract(value, '$'))) from settings
    where key like 'default.%') as defaults,
  (select json_group_array(json_array(id, shelf)) from photos) as shelves,
  (select json_group_array(id) from areas where registered) as registered,
  (select json_group_array(json_array(id, account_id, access)) from app_passwords) as appPasswords,
  (select json_group_array(json_array(account_id, code_hash)) from recovery_codes
    where used_at is null) as recovery,
  (select json_group_array(json_object('id', id, 'actorId', actor_id, 'actorName', actor_name, 'action', action,
    'objectKind', object_kind, 'objectId', object_id) order by id)
    from (select * from audit order by id desc limit ${ENTRIES_KEPT})) as entries`

export async function readDump({ db }: World): Promise<Dump> {
  const [row] = await db.read.all<Record<keyof Dump, string>>(sql`select ${COLUMNS}`)
  if (!row) throw new Error('a query without a table answered no row')
  const parsed = Object.entries(row).map(([name, json]) => [name, JSON.parse(json)])
  return Object.fromEntries(parsed) as Dump // the shape that the query builds
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Takes over what only the program knows: the numbers it gave to new accounts, sessions and entries of the log. */
export function learn(state: State, dump: Dump): void {
  state.entries = dump.entries
  const known = new Set([...state.accounts.values()].map(({ id }) => id))
  for (const account of state.accounts.values())
    if (account.id === 0)
      account.id =
        dump.accounts.find(({ id, username }) => username === account.username && !known.has(id))?.id ?? 0
  for (const session of state.sessions.values())
    if (session.id === 0) {
      const hash = hashOf(session.token)
      session.id = dump.sessions.find(([, , tokenHash]) => tokenHash === hash)?.[0] ?? 0
    }
}

/** In what the database differs from the model; empty where it does not. */
export function differences(state: State, dump: Dump, { areaOf }: Pick<World, 'areaOf'>): string[] {
  // of these there may be everything, a part or nothing
  const accounts = [...state.accounts.values()]
  const going = new Set(accounts.filter((account) => isGoing(state, account)).map(({ id }) => id))
  return [
    ...unequal(
      'account',
      accountsOf(state),
      dump.accounts.filter(({ id }) => !going.has(id)).map((row) => JSON.stringify(Object.values(row))),
    ),
    ...unequal(
      'grant',
      grantsOf(state, areaOf),
      dump.grants.filter(([account]) => !going.has(account)).map((row) => JSON.stringify(row)),
    ),
    ...unequal('session', ...sessionsOf(state, dump)),
    ...unequal(
      'app password',
      there(state).flatMap(({ id, appPasswords }) =>
        [...appPasswords].map(([one, access]) => String([one, id, access])),
      ),
      dump.appPasswords.filter(([, account]) => !going.has(account)).map(String),
    ),
    ...unequal(
      'recovery code',
      there(state).flatMap(({ id, recovery }) => recovery.map((code) => String([id, hashOf(plain(code))]))),
      dump.recovery.filter(([account]) => !going.has(account)).map(String),
    ),
    ...unequal(
      'flag',
      dump.flags.map(([name]) => JSON.stringify([name, state.flags.get(name) ? 1 : 0])),
      dump.flags.map((row) => JSON.stringify(row)),
    ),
    ...unequal('default', [...state.defaults].map(String), dump.defaults.map(String)),
    ...unequal(
      'photo',
      shelvesOf(state),
      dump.shelves.map((row) => JSON.stringify(row)),
    ),
    ...unequal(
      'root',
      [...state.registered].map((folder) => String(areaOf(folder))),
      dump.registered.map(String),
    ),
  ]
}

function unequal(what: string, expected: readonly string[], found: readonly string[]): string[] {
  const [right, is] = [new Set(expected), new Set(found)]
  return [
    ...[...right].filter((one) => !is.has(one)).map((one) => `no ${what} ${one} in the database`),
    ...[...is].filter((one) => !right.has(one)).map((one) => `the database has the ${what} ${one}`),
  ]
}

const bit = (is: boolean) => (is ? 1 : 0)

const there = (state: State) => [...state.accounts.values()].filter((account) => !isGoing(state, account))

const accountsOf = (state: State) =>
  there(state).map((account) =>
    JSON.stringify([
      account.id,
      account.username,
      account.role,
      bit(account.superAdmin),
      bit(account.mayLogIn),
      bit(account.webdav),
      bit(account.mayShare),
      bit(account.mustChange),
      bit(account.isPending),
      bit(account.isDeleted),
      account.totp?.lastStep ?? null,
      bit(account.pending !== null),
    ]),
  )

const grantsOf = (state: State, areaOf: World['areaOf']) =>
  there(state).flatMap(({ id, grants }) =>
    [...grants].map(([folder, { access, mayShare }]) =>
      JSON.stringify([id, areaOf(folder), access, bit(mayShare)]),
    ),
  )

/** What has expired may have been cleared away or not. */
function sessionsOf(state: State, dump: Dump): [expected: string[], found: string[]] {
  const known = [...state.sessions.values()].filter(({ isEnded }) => !isEnded)
  const expired = new Set(known.filter((session) => isExpired(state, session)).map(({ id }) => id))
  const expected = known
    .filter(({ id }) => !expired.has(id))
    .map((session) => {
      const { id, account, isLocked } = session
      return [id, state.accounts.get(account)?.id, bit(isLocked), shownBy(state, session)]
    })
  const found = dump.sessions
    .filter(([id]) => !expired.has(id))
    .map(([id, account, , isLocked, viewing]) => {
      const session = known.find((one) => one.id === id)
      const as = accountsById(state).get(viewing ?? 0)?.key ?? null
      return [id, account, isLocked, session ? shownBy(state, { ...session, viewing: as }) : null]
    })
  return [expected.map((row) => JSON.stringify(row)), found.map((row) => JSON.stringify(row))]
}

const accountsById = ({ accounts }: State) => new Map([...accounts.values()].map((one) => [one.id, one]))

/** Whom a session shows instead of its own account; a view that lapsed stands in the database until somebody asks. */
function shownBy(state: State, session: Session): number | null {
  const sessions = new Map([[session.key, session]])
  const by = standingOf({ ...state, sessions }, { kind: 'session', key: session.key })
  return by.kind === 'viewing' ? by.as.id : null
}

const shelvesOf = ({ photos }: State) =>
  photos.map((photo) => {
    const { id, archived, trashed, missing } = photo
    const shelf = missing
      ? 'missing'
      : trashed
        ? 'trashed'
        : photo.private
          ? 'private'
          : archived
            ? 'archived'
            : 'shown'
    return JSON.stringify([id, shelf])
  })
