import type { Account } from '../../contract/accounts.ts'
import { emailSchema, usernameSchema } from '../../contract/fields.ts'
import type { Role } from '../../contract/roles.ts'
import { UsageFailure } from '../failure.ts'
import { countOf, type ForeignDatabase, flagOf, textOf } from './database.ts'

/** Somebody who could log in to PhotoPrism. */
export interface TheirUser {
  uid: string
  username: string
  name: string
  email: string | null
  role: Role
  /** as PhotoPrism calls it */
  theirRole: string
}

/** PhotoPrism's roles; any other, and none, becomes the one that sees nothing. */
const ROLE_OF: Readonly<Record<string, Role>> = {
  admin: 'admin',
  manager: 'user',
  user: 'user',
  viewer: 'viewer',
}

/** People: neither the two that PhotoPrism keeps for links and for nobody (numbers below 1), nor those that were deleted. */
export async function readUsers(database: ForeignDatabase): Promise<TheirUser[]> {
  const rows = await database.all(
    `select user_uid, user_name, display_name, user_email, user_role, super_admin from auth_users
     where id > 0 and deleted_at is null and user_name <> '' order by id`,
  )
  return rows.map((row) => {
    const theirRole = textOf(row.user_role, 64)
    const email = emailSchema.safeParse(textOf(row.user_email, 255))
    return {
      uid: textOf(row.user_uid, 42),
      username: textOf(row.user_name, 200),
      name: textOf(row.display_name, 100).trim(),
      email: email.success ? email.data : null,
      role: flagOf(row.super_admin) ? 'admin' : (ROLE_OF[theirRole] ?? 'guest'),
      theirRole: flagOf(row.super_admin) ? `${theirRole}, super admin` : theirRole,
    }
  })
}

/** What becomes of one of theirs. */
export type Plan = { user: TheirUser } & (
  | { kind: 'new'; username: string }
  | { kind: 'existing'; username: string; accountId: number }
  | { kind: 'left-out' }
  | { kind: 'clash'; username: string }
  | { kind: 'unfit' }
)

/** Kept in the note of an account that was made for one of theirs, so that a move that is repeated knows it again. */
export const noteOf = ({ uid }: TheirUser) => `Moved in from PhotoPrism (${uid})`

/** The name nearest to theirs that Mantel's rules allow, or null. */
function fitUsername(theirs: string): string | null {
  const plain = theirs.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const fitted = usernameSchema.safeParse(plain.replaceAll(/[^a-z0-9._-]+/g, '-').slice(0, 64))
  return fitted.success && /[a-z0-9]/.test(fitted.data) ? fitted.data : null
}

/**
 * Decides for each of theirs. A name that is taken here is not taken for the same person: whoever moves says so with `--user THEIRS=OURS`.
 * Throws {@link UsageFailure} for a `--user` that names nobody.
 */
export function planUsers(
  users: readonly TheirUser[],
  accounts: readonly Account[],
  said: readonly string[],
): Plan[] {
  const wishes = new Map(said.map((one) => splitWish(one, users)))
  const byName = new Map(accounts.map((account) => [account.username, account]))
  const given = new Set<string>()
  return users.map((user): Plan => {
    const wish = wishes.get(user.username)
    if (wish === '') return { user, kind: 'left-out' }
    const known = accounts.find(({ note }) => note.includes(noteOf(user)))
    if (wish === undefined && known)
      return { user, kind: 'existing', username: known.username, accountId: known.id }
    const username = wish ?? fitUsername(user.username)
    if (username === null) return { user, kind: 'unfit' }
    const there = byName.get(username)
    if (wish !== undefined && there) return { user, kind: 'existing', username, accountId: there.id }
    if (there || given.has(username)) return { user, kind: 'clash', username }
    given.add(username)
    return { user, kind: 'new', username }
  })
}

function splitWish(one: string, users: readonly TheirUser[]): [string, string] {
  const at = one.lastIndexOf('=')
  const theirs = one.slice(0, at)
  if (at < 1 || !users.some(({ username }) => username === theirs))
    throw new UsageFailure(
      `--user ${one}: PhotoPrism has no user of that name (THEIRS=OURS, or THEIRS= to leave one out)`,
    )
  const ours = one.slice(at + 1)
  if (ours === '') return [theirs, '']
  const username = usernameSchema.safeParse(ours)
  if (!username.success) throw new UsageFailure(`--user ${one}: ${ours} cannot be a username`)
  return [theirs, username.data]
}

/** How many photos bear marks that stay behind. */
export async function countMarks(database: ForeignDatabase): Promise<{ private: number; archived: number }> {
  const [row] = await database.all(
    'select sum(photo_private = 1) as hidden, sum(deleted_at is not null) as archived from photos',
  )
  return { private: countOf(row?.hidden), archived: countOf(row?.archived) }
}
