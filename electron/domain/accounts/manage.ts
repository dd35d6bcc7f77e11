import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { accountsContract } from '../../contract/accounts.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { accounts } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { invalidField, notFound, Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import type { Announce } from '../events/hints.ts'
import type { Live } from '../events/live.ts'
import type { Folders, PreparedGrant } from '../folders/folders.ts'
import { namedIn, recordAccountChange, recordGrants } from './audit-account.ts'
import { type Passwords, passwordProblem } from './passwords.ts'
import {
  type AccountRow,
  type Actor,
  AT_WORK,
  isSelf,
  isSuper,
  requireEdit,
  requireSameStanding,
  requireSuper,
  requireSuperAdmin,
} from './rules.ts'
import { endSessions, forgetDevices } from './sessions.ts'
import type { Throttle } from './throttle.ts'

export interface ManageNeeds {
  db: Database
  clock: Clock
  passwords: Passwords
  throttle: Throttle
  folders: Folders
  announce: Announce
  live: Live
}

type CreateInput = z.output<(typeof accountsContract)['accounts.create']['input']>
type UpdateInput = z.output<(typeof accountsContract)['accounts.update']['input']>

/** A change of one of these ends the account's sessions at once. */
const STANDING = ['role', 'superAdmin', 'mayLogIn'] as const

/**
 * Adds an account with its folders, all or nothing; answers its id. `mayName` tells whether the actor may name folders
 * outside those the household knows. Throws {@link Refusal} naming the field: `username_taken`, `password_common`, folder reasons.
 */
export async function createAccount(
  needs: ManageNeeds,
  by: Actor,
  input: CreateInput,
  mayName: boolean,
): Promise<number> {
  const { folders = [], password, superAdmin = false, email = null, ...rest } = input
  if (superAdmin) requireSuper(by, 'superAdmin')
  await requireFreeUsername(needs.db, input.username)
  await requireGoodPassword(password)
  const { id, areas } = await needs.folders.prepare(folders, { mayName }, async (grants) => {
    const passwordHash = await needs.passwords.hash(password, AT_WORK)
    const { username, role } = input
    const row = { ...defined(rest), username, role, superAdmin, email, passwordHash }
    return needs.db.write(async (tx) => {
      await requireSameStanding(tx, by)
      const [account] = await insertAccount(tx, { ...row, createdAt: needs.clock() })
      if (!account) throw new Error('an insert answered no row')
      const at = needs.clock()
      const details = { role, superAdmin }
      await recordAudit(tx, by, { action: 'account.created', object: namedIn(account), details, at })
      const changed = await recordGrants(tx, by, { account, at }, () =>
        needs.folders.setGrants(tx, account.id, grants),
      )
      await requireSuperAdmin(tx)
      return { id: account.id, areas: changed }
    })
  })
  needs.announce({ topic: 'accounts' })
  await needs.folders.grantsChanged(areas, id)
  return id
}

/**
 * Edits an account, all or nothing. Rights are {@link requireEdit}'s; a password is set only by super admins this way (others
 * use `changePassword`). Ends the account's sessions where its standing or password changed.
 */
export async function updateAccount(
  needs: ManageNeeds,
  by: Actor,
  input: UpdateInput,
  mayName: boolean,
): Promise<void> {
  const { id, folders, password, ...change } = input
  const before = await findAccount(needs.db, id)
  requireEdit(by, before, change)
  if (password !== undefined && !(isSuper(by) && !isSelf(by, id)))
    throw new Refusal('forbidden', {
      reason: 'current_password_needed',
      fields: { password: 'current_password_needed' },
    })
  if (change.username && change.username !== before.username)
    await requireFreeUsername(needs.db, change.username)
  if (password !== undefined) await requireGoodPassword(password)
  const commit = (grants?: PreparedGrant[]) => commitUpdate(needs, by, input, grants)
  const { ended, areas } = folders
    ? await needs.folders.prepare(folders, { mayName, accountId: id }, commit)
    : await commit()
  needs.live.end(ended)
  needs.announce({ topic: 'session', accounts: [id] })
  needs.announce({ topic: 'accounts' })
  if (folders) await needs.folders.grantsChanged(areas, id)
}

/** The part of {@link updateAccount} after all that can be checked ahead: hashes, then looks and writes in one transaction. */
async function commitUpdate(needs: ManageNeeds, by: Actor, input: UpdateInput, grants?: PreparedGrant[]) {
  const { id, folders: _folders, password, ...change } = input
  const passwordHash = password === undefined ? undefined : await needs.passwords.hash(password, AT_WORK)
  return needs.db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const fresh = await findAccount({ read: tx }, id)
    requireEdit(by, fresh, change)
    // given a folder, or looked at and given a role, nobody waits any more
    const isSettled = Boolean(grants?.length) || change.role !== undefined
    const values = defined({ ...change, passwordHash, pendingSince: isSettled ? null : undefined })
    if (Object.keys(values).length > 0) await setAccount(tx, id, values)
    const at = needs.clock()
    await recordAccountChange(tx, by, { before: fresh, at })
    if (passwordHash)
      await recordAudit(tx, by, { action: 'account.passwordChanged', object: namedIn(fresh), at })
    const areas = grants
      ? await recordGrants(tx, by, { account: fresh, at }, () => needs.folders.setGrants(tx, id, grants))
      : []
    await requireSuperAdmin(tx)
    const standing = STANDING.some((key) => change[key] !== undefined && change[key] !== fresh[key])
    if (passwordHash) await forgetDevices(tx, id)
    const ended = standing || passwordHash ? await endSessions(tx, id) : []
    return { ended, areas }
  })
}

/** Throws `not_found` for deleted accounts too. */
export async function findAccount(db: Pick<Database, 'read'>, id: number): Promise<AccountRow> {
  const [row] = await db.read
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, id), isNull(accounts.deletedAt)))
  if (!row) throw notFound()
  return row
}

/** Throws {@link Refusal} naming the field `username`. */
export async function requireFreeUsername(db: Database, username: string) {
  const [taken] = await db.read
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.username, username), isNull(accounts.deletedAt)))
  if (taken) throw invalidField('username', 'username_taken')
}

/** Throws {@link Refusal} naming the field `password`. */
export async function requireGoodPassword(password: string) {
  const problem = await passwordProblem(password)
  if (problem) throw invalidField('password', problem)
}

/** Inserts an account; a name taken in the meantime is told like one taken before. */
export async function insertAccount(tx: Tx, row: typeof accounts.$inferInsert) {
  return tx.insert(accounts).values(row).returning().catch(usernameTaken)
}

async function setAccount(tx: Tx, id: number, values: Partial<typeof accounts.$inferInsert>) {
  await tx.update(accounts).set(values).where(eq(accounts.id, id)).catch(usernameTaken)
}

function usernameTaken(error: unknown): never {
  if (isUniqueViolation(error, 'accounts.username')) throw invalidField('username', 'username_taken')
  throw error
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Leaves out what was not given. */
function defined<T extends object>(values: T): Partial<Defined<T>> {
  // entries without undefined are what Defined says
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >
}
