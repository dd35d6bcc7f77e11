import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, max, type SQL } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { AuditEntry, OwnAuditEntry } from '../../contract/audit.ts'
import type { AuditAction, AuditObject } from '../../contract/audit-actions.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, audit } from '../../db/schema.ts'
import { toldPaths } from '../folders/told-path.ts'

interface Page {
  /** entries older than this one */
  before?: number | undefined
  limit: number
}

export interface AuditFilter extends Page {
  actorId?: number | undefined
  /** of an actor that is no account, or none any more */
  actorName?: string | undefined
  actions?: AuditAction[] | undefined
  objectKind?: AuditObject | undefined
  objectId?: number | undefined
  /** epoch ms, inclusive */
  from?: number | undefined
  /** epoch ms, exclusive */
  to?: number | undefined
}

type Row = typeof audit.$inferSelect

/** One page of the household's log, the newest first, in the order in which it was written: a clock that was set moves nothing. */
export async function listEntries(
  read: Read,
  filter: AuditFilter,
): Promise<{ entries: AuditEntry[]; more: boolean }> {
  const { actorId, actorName, actions, objectKind, objectId, from, to } = filter
  const { rows, more } = await readPage(read, filter, [
    actorId === undefined ? undefined : eq(audit.actorId, actorId),
    actorName === undefined ? undefined : and(isNull(audit.actorId), eq(audit.actorName, actorName)),
    actions && inArray(audit.action, actions),
    objectKind && eq(audit.objectKind, objectKind),
    objectId === undefined ? undefined : eq(audit.objectId, objectId),
    from === undefined ? undefined : gte(audit.at, from),
    to === undefined ? undefined : lt(audit.at, to),
  ])
  const entries = rows.map(({ id, at, action, details, address, ...row }) => ({
    id,
    at,
    action,
    details,
    address,
    actor: { kind: kindOf(row), id: row.actorId, name: row.actorName },
    object: { kind: row.objectKind, id: row.objectId, name: row.objectName },
  }))
  return { entries, more }
}

/** Everybody who did something that is still in the log: accounts under the last name they had, then those that are none. */
export async function knownActors(read: Read): Promise<AuditEntry['actor'][]> {
  const last = read.select({ id: max(audit.id) }).from(audit)
  const byAccount = last.where(isNotNull(audit.actorId)).groupBy(audit.actorId)
  const others = read
    .select({ id: max(audit.id) })
    .from(audit)
    .where(isNull(audit.actorId))
    .groupBy(audit.actorName)
  const rows = await read
    .select({ id: audit.actorId, name: audit.actorName })
    .from(audit)
    .where(inArray(audit.id, byAccount))
    .orderBy(audit.actorName)
  const gone = await read
    .select({ id: audit.actorId, name: audit.actorName })
    .from(audit)
    .where(inArray(audit.id, others))
    .orderBy(audit.actorName)
  return [...rows, ...gone].map(({ id, name }) => ({
    kind: kindOf({ actorId: id, actorName: name }),
    id,
    name,
  }))
}

/** What an account is told of the details of these; of all others only that it was done. */
const TOLD_DETAILS: readonly string[] = [
  'account.changed',
  'account.passwordChanged',
  'appPassword.created',
  'appPassword.revoked',
  'session.revoked',
] satisfies AuditAction[]

/**
 * One page of what was done to an account, as that account is told: others by the name they chose, never from where they did it, and folders as
 * this account knows them.
 */
export async function ownEntries(
  read: Read,
  by: AccountPrincipal,
  page: Page,
): Promise<{ entries: OwnAuditEntry[]; more: boolean }> {
  const about = and(eq(audit.objectKind, 'account'), eq(audit.objectId, by.accountId))
  const { rows, more } = await readPage(read, page, [about])
  const names = await namesOf(
    read,
    rows.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])),
  )
  const told = await toldPaths(read, by)
  const entries = rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    by: {
      kind: kindOf(row),
      self: row.actorId === by.accountId,
      name: (row.actorId !== null && names.get(row.actorId)) || null,
    },
    details: ownDetails(row, told),
  }))
  return { entries, more }
}

function ownDetails({ action, details }: Row, told: (path: string) => string): Row['details'] {
  if (TOLD_DETAILS.includes(action)) return details
  if (action !== 'grants.changed' || !Array.isArray(details?.folders)) return null
  // written by `recordGrants`
  const folders = details.folders as { path: string }[]
  return { folders: folders.map((folder) => ({ ...folder, path: told(folder.path) })) }
}

async function namesOf(read: Read, ids: number[]): Promise<Map<number, string>> {
  const rows = await read
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The two that are no accounts are noted by their kind in place of a name; neither is a name that an account can have. */
function kindOf({ actorId, actorName }: Pick<Row, 'actorId' | 'actorName'>): AuditEntry['actor']['kind'] {
  if (actorId !== null) return 'account'
  return actorName === 'operator' || actorName === 'system' ? actorName : 'account'
}

async function readPage(read: Read, { before, limit }: Page, conditions: (SQL | undefined)[]) {
  const older = before === undefined ? undefined : lt(audit.id, before)
  const rows = await read
    .select()
    .from(audit)
    .where(and(older, ...conditions))
    .orderBy(desc(audit.id))
    .limit(limit + 1)
  return { rows: rows.slice(0, limit), more: rows.length > limit }
}
