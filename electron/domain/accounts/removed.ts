import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { RemovedAccount } from '../../contract/removal.ts'
import type { Read } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { DAYS_SEEN, type Days, readDays } from './days-deleted.ts'
import { countOnlyTheirs, readHoldings } from './holdings.ts'
import { type AccountRow, type Actor, mayWithAccount } from './rules.ts'

const dayMs = 24 * 60 * 60_000

/** A deleted account's row. */
export interface RemovedRow extends AccountRow {
  deletedAt: number
  purgeAfter: number
}

/** Whether somebody decided that nothing is kept, or what is kept is being removed already: no clock brings it back. */
export const isToGoAtOnce = ({ deletedAt, purgeAfter }: Pick<RemovedRow, 'deletedAt' | 'purgeAfter'>) =>
  purgeAfter <= deletedAt

/** Until its time is over by the clock and it was seen deleted on {@link DAYS_SEEN} days: as long as everything is there. */
export const isRestorable = (row: RemovedRow, days: Days, now: number): boolean =>
  !isToGoAtOnce(row) && (row.purgeAfter > now || (days[row.id]?.onlineDays ?? 0) < DAYS_SEEN)

/** All deleted accounts whose rows are there, the last deleted first. */
export async function readRemoved(read: Read, id?: number): Promise<RemovedRow[]> {
  const rows = await read
    .select()
    .from(accounts)
    .where(
      and(
        isNotNull(accounts.deletedAt),
        isNotNull(accounts.purgeAfter),
        id === undefined ? undefined : eq(accounts.id, id),
      ),
    )
    .orderBy(desc(accounts.deletedAt), desc(accounts.id))
  return rows.flatMap((row) => {
    const { deletedAt, purgeAfter } = row
    return deletedAt === null || purgeAfter === null ? [] : [{ ...row, deletedAt, purgeAfter }]
  })
}

/** A deleted account that this actor may restore or remove. Throws `not_found`, also for a super admin's that an admin may not touch. */
export async function findRemoved(read: Read, by: Actor, id: number): Promise<RemovedRow> {
  const [row] = await readRemoved(read, id)
  if (!row || !mayWithAccount(by, row).edit) throw notFound()
  return row
}

/** Deleted accounts that this actor can restore at this moment, the last deleted first, with what would come back. */
export async function listRemoved(read: Read, by: Actor, now: number): Promise<RemovedAccount[]> {
  const days = await readDays(read)
  const rows = (await readRemoved(read)).filter(
    (row) => isRestorable(row, days, now) && mayWithAccount(by, row).edit,
  )
  const listed: RemovedAccount[] = []
  for (const row of rows) {
    const { id, username, name, deletedAt, purgeAfter } = row
    const holdings = await readHoldings(read, id)
    const photosOnlyTheirs = await countOnlyTheirs(read, by, id)
    const isTaken = and(eq(accounts.username, username), isNull(accounts.deletedAt))
    const usernameTaken = (await read.$count(accounts, isTaken)) > 0
    // past its time by a clock that is not believed yet
    const daysLeft = Math.max(1, Math.ceil((purgeAfter - now) / dayMs))
    listed.push({
      id,
      username,
      name,
      deletedAt,
      purgeAfter,
      daysLeft,
      usernameTaken,
      holdings,
      photosOnlyTheirs,
    })
  }
  return listed
}
