import { and, eq } from 'drizzle-orm'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { LinkOptions } from '../../contract/shares.ts'
import type { Database } from '../../db/connect.ts'
import { shareContributions, shareGuests, shares, visitorSessions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { endWhereNobodyIs } from './direct-people.ts'
import { findLinks } from './find-link.ts'
import { nameOf } from './name.ts'
import { columnsOf, requireUploadFolder } from './options.ts'
import { findOwn, mayRevoke } from './own.ts'

interface ChangeNeeds {
  db: Database
  clock: Clock
}

/**
 * Changes one's own link; what is not given stays. A new password has to be given by whoever has the link open already. Throws
 * `Refusal`: `not_found`, `invalid` for terms that what is shared with people can't have.
 */
export async function updateLink(
  { db, clock, passwords }: ChangeNeeds & { passwords: Passwords },
  by: AccountPrincipal,
  { id, options }: { id: number; options: LinkOptions },
): Promise<void> {
  const columns = await columnsOf(passwords, by, options)
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const { direct } = await findOwn(tx, by, id)
    if (direct && hasLinkTerms(options)) throw new Refusal('invalid')
    await requireUploadFolder(tx, by, columns)
    if (Object.keys(columns).length === 0) return
    await tx.update(shares).set(columns).where(eq(shares.id, id))
    if (columns.passwordHash) {
      const notPassed = { passedPassword: false }
      await tx.update(visitorSessions).set(notPassed).where(eq(visitorSessions.shareId, id))
      await tx.update(shareGuests).set(notPassed).where(eq(shareGuests.shareId, id))
    }
    // a password is told as changed, by its column's name alone
    const details = {
      ...columns,
      ...(columns.passwordHash !== undefined && {
        passwordHash: undefined,
        password: columns.passwordHash !== null,
      }),
    }
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    const action = direct ? 'share.changed' : 'link.changed'
    await recordAudit(tx, by, { action, object, details, at: clock() })
  })
}

/** Terms that only an address can have: whom it is shared with log in, and nobody else comes by. */
const hasLinkTerms = ({ password, viewLimit, uploadFolderId }: LinkOptions): boolean =>
  [password, viewLimit, uploadFolderId].some((term) => (term ?? null) !== null)

/** Takes a link back for good, with all guests of it; visitors are told that it ended for as long as their sessions run. Throws `Refusal` `not_found` for whoever may not. */
export async function revokeLink(
  { db, clock }: ChangeNeeds,
  by: AccountPrincipal | OperatorPrincipal,
  id: number,
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const [link] = await findLinks(tx, eq(shares.id, id))
    if (!link || !mayRevoke(by, link.creator.id)) throw notFound()
    const now = clock()
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    await tx.update(shares).set({ revokedAt: now }).where(eq(shares.id, id))
    await tx.delete(shareGuests).where(eq(shareGuests.shareId, id))
    const action = link.share.direct ? 'share.revoked' : 'link.revoked'
    await recordAudit(tx, by, { action, object, at: now })
  })
}

/** A link that one opened is no longer shared with one; it may be opened again. What was shared by name comes back only from whoever shared it. */
export async function leaveLink({ db, clock }: ChangeNeeds, by: AccountPrincipal, id: number): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const own = and(eq(shareGuests.shareId, id), eq(shareGuests.accountId, by.accountId))
    await tx.delete(shareGuests).where(own)
    // what they added goes with them, also where they are asked again
    const added = and(eq(shareContributions.shareId, id), eq(shareContributions.accountId, by.accountId))
    await tx.delete(shareContributions).where(added)
    await endWhereNobodyIs(tx, id, clock())
  })
}
