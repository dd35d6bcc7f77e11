import { inArray } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { Database } from '../../db/connect.ts'
import { heldUploads } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { nameOf } from '../sharing/name.ts'
import { findDecidable } from './deciders.ts'

interface DeclineNeeds {
  db: Database
  clock: Clock
}

/**
 * Turns held files down, or brings them back as long as they are kept; answers the links that they came by. Throws `Refusal` `not_found` for
 * what is not there or for others to decide about.
 */
export async function declineUploads(
  { db, clock }: DeclineNeeds,
  by: AccountPrincipal,
  ids: readonly number[],
  to: 'declined' | 'restored',
): Promise<number[]> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const found = await findDecidable(tx, by, ids)
    const changed = found.filter(({ upload }) => (upload.declinedAt === null) === (to === 'declined'))
    const changedIds = changed.map(({ upload }) => upload.id)
    const at = clock()
    await tx
      .update(heldUploads)
      .set({ declinedAt: to === 'declined' ? at : null })
      .where(inArray(heldUploads.id, changedIds))
    const byLink = Map.groupBy(changed, ({ share }) => share.id)
    for (const [id, ofLink] of byLink) {
      const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
      const details = { files: ofLink.length }
      await recordAudit(tx, by, { action: `upload.${to}`, object, details, at })
    }
    return [...byLink.keys()]
  })
}
