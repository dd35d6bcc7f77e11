import { and, between, desc, eq, isNull } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { ImportMode } from '../../contract/overlay-document.ts'
import type { DocumentHeader } from '../../contract/overlays.ts'
import type { Tx } from '../../db/connect.ts'
import { audit } from '../../db/schema.ts'
import type { Actor } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'

/** Parts that come within this time belong to one import; exports are noted so often. */
const ONE_HOUR_MS = 60 * 60_000

const objectOf = ({ accountId, username }: AccountPrincipal) =>
  ({ kind: 'account', id: accountId, name: username }) as const

/** One entry for an account and hour, each actor apart: asking in a loop writes no log. Answers whether one was written. */
export async function recordExport(
  tx: Tx,
  by: Actor,
  holder: AccountPrincipal,
  at: number,
): Promise<boolean> {
  const lately = and(
    eq(audit.objectKind, 'account'),
    eq(audit.objectId, holder.accountId),
    eq(audit.action, 'overlays.exported'),
    by.kind === 'account' ? eq(audit.actorId, by.accountId) : isNull(audit.actorId),
    between(audit.at, at - ONE_HOUR_MS, at + ONE_HOUR_MS),
  )
  if ((await tx.$count(audit, lately)) > 0) return false
  await recordAudit(tx, by, { action: 'overlays.exported', object: objectOf(holder), at })
  return true
}

/** One entry for all parts of a document. */
export async function recordImport(
  tx: Tx,
  by: Actor,
  holder: AccountPrincipal,
  { header, mode, at }: { header: DocumentHeader; mode: ImportMode; at: number },
): Promise<void> {
  const details = { from: header.account.username, exportedAt: header.exportedAt, mode }
  const [last] = await tx
    .select({ at: audit.at, details: audit.details })
    .from(audit)
    .where(
      and(
        eq(audit.objectKind, 'account'),
        eq(audit.objectId, holder.accountId),
        eq(audit.action, 'overlays.imported'),
      ),
    )
    .orderBy(desc(audit.at))
    .limit(1)
  const isSame = last && JSON.stringify(last.details) === JSON.stringify(details)
  if (isSame && Math.abs(at - last.at) < ONE_HOUR_MS) return
  await recordAudit(tx, by, { action: 'overlays.imported', object: objectOf(holder), details, at })
}
