import { eq, type SQL, sql } from 'drizzle-orm'
import type { Flags } from '../contract/flags.ts'
import type { Read } from '../db/connect.ts'
import { accounts, shareContributions, shareGuests } from '../db/schema.ts'
import type { Contributor } from './scope.ts'
import { maySharesShow, standingOf } from './standing.ts'

/** Photos that were added to a share by people who have it still, and not taken out again: a query of their ids as `id`, with `addedAt`; of all or one of them. */
export const contributionsIn = (shareId: number, accountId?: number): SQL => {
  const { photoId, addedAt } = shareContributions
  return sql`select ${photoId} as id, ${addedAt} as addedAt from ${shareContributions} where ${eq(shareContributions.shareId, shareId)}
    and ${shareContributions.withdrawnBy} is null
    and ${accountId === undefined ? sql`1` : eq(shareContributions.accountId, accountId)}
    and exists (select 1 from ${shareGuests} where ${eq(shareGuests.shareId, shareId)}
      and ${eq(shareGuests.accountId, shareContributions.accountId)})`
}

/** Who added photos to a share, has it still, and may share at this moment. */
export async function contributorsOf(db: Read, shareId: number, flags: Flags): Promise<Contributor[]> {
  const { accountId } = shareContributions
  const rows = await db
    .selectDistinct({ account: accounts })
    .from(shareContributions)
    .innerJoin(accounts, eq(accounts.id, accountId))
    .where(eq(shareContributions.shareId, shareId))
  return rows
    .filter(({ account }) => maySharesShow(account, flags))
    .map(({ account }) => ({
      account: standingOf(account, flags),
      added: sql`select id from (${contributionsIn(shareId, account.id)})`,
    }))
}
