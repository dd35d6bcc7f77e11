import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { FoundLink } from '../../access/links.ts'
import type { AccountRow } from '../../access/standing.ts'
import type { Link } from '../../contract/shares.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, shareGuests, shares } from '../../db/schema.ts'

/** The accounts that have links, or with whom they are shared by name, by the links' ids, the latest first: all, or those that `which` lets through. */
export async function guestsOf(
  db: Read,
  links: readonly FoundLink[],
  which: (account: AccountRow) => boolean = () => true,
): Promise<Map<number, Link['guests']>> {
  const ids = JSON.stringify(links.map(({ share }) => share.id))
  const rows = await db
    .select({
      shareId: shareGuests.shareId,
      since: shareGuests.openedAt,
      passed: shareGuests.passedPassword,
      part: shareGuests.part,
      direct: shares.direct,
      account: accounts,
    })
    .from(shareGuests)
    .innerJoin(shares, eq(shares.id, shareGuests.shareId))
    // of an account that was deleted nothing is told; it has everything back where it is restored
    .innerJoin(accounts, and(eq(accounts.id, shareGuests.accountId), isNull(accounts.deletedAt)))
    .where(sql`${shareGuests.shareId} in (select value from json_each(${ids}))`)
    .orderBy(desc(shareGuests.openedAt), asc(accounts.username))
  const byShare = Map.groupBy(
    rows.filter(({ account }) => which(account)),
    ({ shareId }) => shareId,
  )
  return new Map(
    [...byShare].map(([id, guests]) => [
      id,
      guests.map(({ account: { id: accountId, name, username }, since, passed, direct, part }) => ({
        ...{ accountId, username, name: name || username, since, part },
        hasOpened: !direct || passed,
      })),
    ]),
  )
}
