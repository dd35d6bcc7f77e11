import { eq } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { shares } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { findLinks } from './find-link.ts'

/** Whether somebody may take a link back: its creator, and whoever administers. To change it takes the creator. */
export const mayRevoke = (by: AccountPrincipal | OperatorPrincipal, creatorId: number): boolean =>
  isCreator(by, creatorId) || capabilitiesOf(by).has('administer')

/** Whether somebody made a link. */
export const isCreator = (by: AccountPrincipal | OperatorPrincipal, creatorId: number): boolean =>
  by.kind === 'account' && by.accountId === creatorId

/** A link of the account's own. Throws `Refusal` `not_found` for another's. */
export async function findOwn(db: Read | Tx, by: AccountPrincipal, id: number) {
  const [link] = await findLinks(db, eq(shares.id, id))
  if (!link || !isCreator(by, link.creator.id)) throw notFound()
  return link.share
}
