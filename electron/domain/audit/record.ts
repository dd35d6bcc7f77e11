import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { AuditAction, AuditObject } from '../../contract/audit-actions.ts'
import type { Tx } from '../../db/connect.ts'
import { audit } from '../../db/schema.ts'

/** The program itself: its schedule, or what its environment asks for at the start. */
interface SystemActor {
  readonly kind: 'system'
}
export const SYSTEM: SystemActor = { kind: 'system' }

/** Who an entry names; `account` needs no more of itself than this, so that one that was just made can be named. */
export type AuditActor =
  | Pick<AccountPrincipal, 'kind' | 'accountId' | 'username' | 'address'>
  | OperatorPrincipal
  | SystemActor

interface Entry {
  action: AuditAction
  /** `name` is copied, so that the entry outlives what it is about; `id` null where there is none */
  object: { kind: AuditObject; id: number | null; name: string }
  /** what changed, never a secret; JSON */
  details?: Record<string, unknown>
  /** epoch ms */
  at: number
}

/** Writes one entry, in the transaction of the change it tells of. */
export async function recordAudit(
  tx: Tx,
  by: AuditActor,
  { action, object, details, at }: Entry,
): Promise<void> {
  await tx.insert(audit).values({
    at,
    actorId: by.kind === 'account' ? by.accountId : null,
    // the two that are no accounts are told by kind, and named by whoever shows the entry
    actorName: by.kind === 'account' ? by.username : by.kind,
    action,
    objectKind: object.kind,
    objectId: object.id,
    objectName: object.name,
    ...(details && { details }),
    address: by.kind === 'system' ? '' : (by.address ?? ''),
  })
}
