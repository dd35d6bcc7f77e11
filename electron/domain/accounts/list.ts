import { and, asc, eq, isNull } from 'drizzle-orm'
import { administrationScope } from '../../access/scope.ts'
import type { Account } from '../../contract/accounts.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, areaAccess, areas, grants } from '../../db/schema.ts'
import { countByArea } from '../library/months.ts'
import { type AccountRow, type Actor, mayWithAccount } from './rules.ts'

/** The user panel's rows, by username; with `id`, only that one. Deleted accounts are left out. */
export async function listAccounts(db: Read, by: Actor, id?: number): Promise<Account[]> {
  const rows = await db
    .select()
    .from(accounts)
    .where(and(isNull(accounts.deletedAt), id === undefined ? undefined : eq(accounts.id, id)))
    .orderBy(asc(accounts.username))
  const folders = await foldersByAccount(db)
  const photoCounts = await photosByAccount(db, by)
  return rows.map((row) => toAccount(row, by, folders.get(row.id) ?? [], photoCounts.get(row.id) ?? 0))
}

function toAccount(row: AccountRow, by: Actor, folders: Account['folders'], photoCount: number): Account {
  const { passwordHash: _hash, totpSecret: _secret, deletedAt: _deleted, ...shown } = row
  const pending = row.pendingSince !== null
  return {
    ...shown,
    pending,
    totp: row.totpSecret !== null,
    folders,
    photoCount,
    may: mayWithAccount(by, row),
  }
}

async function foldersByAccount(db: Read): Promise<Map<number, Account['folders']>> {
  const rows = await db
    .select({
      accountId: grants.accountId,
      id: areas.id,
      path: areas.path,
      status: areas.status,
      access: grants.access,
      mayShare: grants.mayShare,
    })
    .from(grants)
    .innerJoin(areas, eq(areas.id, grants.areaId))
    .orderBy(asc(areas.path))
  const byAccount = Map.groupBy(rows, (row) => row.accountId)
  return new Map(
    [...byAccount].map(([accountId, own]) => [
      accountId,
      own.map(({ id, path, access, mayShare, status }) => ({
        id,
        path,
        access,
        mayShare,
        online: status === 'online',
      })),
    ]),
  )
}

/** Photos each account reaches, summed from the counts per area. */
async function photosByAccount(db: Read, by: Actor): Promise<Map<number, number>> {
  const reach = await db
    .select({ accountId: areaAccess.accountId, areaId: areaAccess.areaId })
    .from(areaAccess)
  const counts = await countByArea(db, await administrationScope(db, by))
  const totals = new Map<number, number>()
  for (const { accountId, areaId } of reach)
    totals.set(accountId, (totals.get(accountId) ?? 0) + (counts.get(areaId) ?? 0))
  return totals
}
