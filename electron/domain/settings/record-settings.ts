import type { Tx } from '../../db/connect.ts'
import { type AuditActor, recordAudit } from '../audit/record.ts'

interface Settings {
  before: object
  after: object
  /** epoch ms */
  at: number
}

/** Writes down which of the household's settings are different now, in the transaction that changed them; nothing where none is. */
export async function recordSettings(
  tx: Tx,
  by: AuditActor,
  { before, after, at }: Settings,
  action: 'settings.changed' | 'defaults.changed' = 'settings.changed',
): Promise<void> {
  const was = new Map(Object.entries(before))
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(was.get(key)) !== JSON.stringify(value),
  )
  if (changed.length === 0) return
  const changes = Object.fromEntries(changed.map(([key, to]) => [key, { from: was.get(key), to }]))
  const object = { kind: 'household', id: null, name: '' } as const
  await recordAudit(tx, by, { action, object, details: { changes }, at })
}
