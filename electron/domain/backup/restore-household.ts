import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Reason } from '../../contract/reasons.ts'
import type { BackupFile } from '../../db/backup-files.ts'
import type { Database, Read } from '../../db/connect.ts'
import { StorageError } from '../../db/errors.ts'
import { commitRestore, stageRestore } from '../../db/restore.ts'
import { accounts, settings } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import { recordAudit, SYSTEM } from '../audit/record.ts'
import { keyState } from './key.ts'

/** What to restore: a copy, and the key beside it if there is one. */
export type Source = Pick<BackupFile, 'name' | 'path' | 'key'>

export interface Restoring {
  /** absolute */
  dataDir: string
  migrationsFolder: string
  source: Source
  /** what becomes of the key in use where the copy brings another one */
  key: 'keep' | 'take' | undefined
}

/** Data directories that something is being restored into. */
const underWay = new Set<string>()

/**
 * Does the work of a restore, one at a time: another would take away or put in place what this one has half staged. Throws `Refusal`
 * `conflict` (`restoring`) while one is under way.
 */
export async function alone<T>(dataDir: string, restore: () => Promise<T>): Promise<T> {
  if (underWay.has(dataDir)) throw new Refusal('conflict', { reason: 'restoring' })
  underWay.add(dataDir)
  try {
    return await restore()
  } finally {
    underWay.delete(dataDir)
  }
}

/**
 * Brings the copy in and checks it; nothing is changed. Throws `Refusal` `conflict`: `backup_key_other` where `key` has to be said,
 * `backup_damaged`, `backup_not_ours`, `backup_newer`; `StorageError` where there is no room for it.
 */
export async function prepareRestore({ dataDir, migrationsFolder, source, key }: Restoring): Promise<void> {
  const state = await keyState(dataDir, source.key)
  if (state === 'other' && key === undefined) throw new Refusal('conflict', { reason: 'backup_key_other' })
  const takesKey = state === 'missing' || (state === 'other' && key === 'take')
  try {
    await stageRestore({ dataDir, from: source.path, key: takesKey ? source.key : null, migrationsFolder })
  } catch (error) {
    const reason = error instanceof StorageError ? UNUSABLE[error.code] : undefined
    throw reason ? new Refusal('conflict', { reason }) : error
  }
}

const UNUSABLE: Partial<Record<StorageError['code'], Reason>> = {
  corrupt: 'backup_damaged',
  foreign: 'backup_not_ours',
  newer: 'backup_newer',
  diverged: 'backup_not_ours',
}

/** Puts what was prepared in its place, with nothing open; answers the name of what was set aside. */
export const putInPlace = commitRestore

const RESTORED_KEY = 'backup.restored'
const restoredShape = z.object({ at: z.number(), from: z.string(), setAside: z.string().nullable() })

/** Notes in the restored household where it came from. Whoever asked may not be in it. */
export async function noteRestored(
  db: Database,
  by: AccountPrincipal | OperatorPrincipal,
  restored: z.output<typeof restoredShape>,
): Promise<void> {
  await db.write(async (tx) => {
    await tx.delete(settings).where(eq(settings.key, RESTORED_KEY))
    await tx.insert(settings).values({ key: RESTORED_KEY, value: restored })
    const isIn =
      by.kind === 'operator' ||
      (await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, by.accountId))).length > 0
    await recordAudit(tx, isIn ? by : SYSTEM, {
      action: 'backup.restored',
      object: { kind: 'backup', id: null, name: restored.from },
      details: { setAside: restored.setAside, ...(!isIn && { by: by.username }) },
      at: restored.at,
    })
  })
}

/** What was restored last; null where nothing was. */
export async function readRestored(read: Read) {
  const [row] = await read.select().from(settings).where(eq(settings.key, RESTORED_KEY))
  return restoredShape.safeParse(row?.value).data ?? null
}
