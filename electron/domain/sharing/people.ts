import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm'
import { mayEnter } from '../../access/capabilities.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Output } from '../../contract/contract.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'

type People = Output<'shares.people'>['people']

/** Accounts that may log in, all but one's own. */
const others = ({ accountId }: AccountPrincipal) =>
  and(eq(accounts.mayLogIn, true), isNull(accounts.deletedAt), ne(accounts.id, accountId))

/** Whom somebody may share with: every other account that may log in, by name. Which folders or rights they have is not told. */
export async function peopleFor(db: Read, by: AccountPrincipal): Promise<People> {
  const rows = await db.select().from(accounts).where(others(by)).orderBy(asc(accounts.username))
  return rows.filter(mayEnter).map(({ id, username, name }) => ({ id, username, name }))
}

/** Throws `Refusal` `not_found` where any of the accounts is none to share with. Answers their usernames. */
export async function requirePeople(
  tx: Tx,
  by: AccountPrincipal,
  accountIds: readonly number[],
): Promise<string[]> {
  const wanted = [...new Set(accountIds)]
  const rows = await tx
    .select()
    .from(accounts)
    .where(and(others(by), inArray(accounts.id, wanted)))
  const found = rows.filter(mayEnter)
  if (found.length < wanted.length) throw notFound()
  return found.map(({ username }) => username)
}
