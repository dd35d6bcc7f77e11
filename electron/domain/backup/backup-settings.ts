import { eq } from 'drizzle-orm'
import { type BackupSettings, backupSettingsSchema } from '../../contract/backup.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { settings } from '../../db/schema.ts'

/** What holds until an admin chooses. After the nightly scan of 03:00 has begun, before anybody is up. */
const DEFAULTS: BackupSettings = { at: '03:30', keep: 14, folder: null, withKey: false }

const { shape } = backupSettingsSchema
const storedAs = (key: keyof BackupSettings) => `backup.${key}`

/** How the household is backed up. A stored value that this version does not know counts as not set. */
export async function readBackupSettings(read: Read | Tx): Promise<BackupSettings> {
  const rows = await read.select().from(settings)
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  const folder = shape.folder.safeParse(stored.get(storedAs('folder')))
  return {
    at: shape.at.safeParse(stored.get(storedAs('at'))).data ?? DEFAULTS.at,
    keep: shape.keep.safeParse(stored.get(storedAs('keep'))).data ?? DEFAULTS.keep,
    folder: folder.success ? folder.data : DEFAULTS.folder,
    withKey: shape.withKey.safeParse(stored.get(storedAs('withKey'))).data ?? DEFAULTS.withKey,
  }
}

/** New settings; undefined leaves one as it is. */
export type BackupChanges = { [K in keyof BackupSettings]?: BackupSettings[K] | undefined }

/** Stores the settings given; answers which of them are different now. */
export async function writeBackupSettings(tx: Tx, changes: BackupChanges): Promise<BackupChanges> {
  const before = await readBackupSettings(tx)
  const changed: Record<string, unknown> = {}
  for (const name of ['at', 'keep', 'folder', 'withKey'] as const) {
    const value = changes[name]
    if (value === undefined || value === before[name]) continue
    changed[name] = value
    await tx.delete(settings).where(eq(settings.key, storedAs(name)))
    // null is what holds without a row
    if (value !== null) await tx.insert(settings).values({ key: storedAs(name), value })
  }
  return changed
}
