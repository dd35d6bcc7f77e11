import { basename, resolve } from 'node:path'
import type { OperatorPrincipal } from './access/principal.ts'
import { listBackups } from './db/backup-files.ts'
import { migrationsFolder } from './db/migrations-folder.ts'
import { finishRestore } from './db/restore.ts'
import { backupAt } from './domain/backup/backups.ts'
import { ownFolder } from './domain/backup/place.ts'
import { noteRestored, prepareRestore, putInPlace, type Source } from './domain/backup/restore-household.ts'
import { type CheckReport, checkHousehold as check } from './domain/check/check.ts'
import { type HouseholdOptions, holdDataDirectory, openHeld } from './household.ts'
import { systemClock } from './lib/clock.ts'
import { notFound } from './lib/refusal.ts'

export type { CheckReport }

const OPERATOR: OperatorPrincipal = { kind: 'operator', address: 'command line' }

interface DirectRestore extends Pick<HouseholdOptions, 'dataDir' | 'log' | 'spawn'> {
  /** of a backup in the data directory's own folder, or the absolute path of a copy */
  name: string
  /** what becomes of the key in use where the copy brings another one */
  key: 'keep' | 'take' | undefined
}

/**
 * Restores without a household: where its database is missing, damaged or newer, too. Throws what opening a household throws
 * (`AlreadyRunningError` above all), and `Refusal` for a copy that will not do; nothing is changed then.
 */
export async function restoreDirectly({ name, key, ...options }: DirectRestore) {
  const dataDir = resolve(options.dataDir)
  const release = await holdDataDirectory(dataDir)
  try {
    await finishRestore(dataDir)
    const source = await findSource(dataDir, name)
    await prepareRestore({ dataDir, migrationsFolder: migrationsFolder(), source, key })
    const setAside = await putInPlace(dataDir)
    const household = await openHeld({ ...options, dataDir })
    try {
      await noteRestored(household.services.db, OPERATOR, { at: systemClock(), from: source.name, setAside })
    } finally {
      await household.close()
    }
    return { from: source.name, setAside }
  } finally {
    await release()
  }
}

async function findSource(dataDir: string, name: string): Promise<Source> {
  const isPath = basename(name) !== name
  const source = isPath
    ? await backupAt(name)
    : (await listBackups(ownFolder(dataDir))).find((backup) => backup.name === name)
  if (!source) throw notFound()
  return source
}

/** What `mantel check` looks through: see `checkHousehold`. */
export const checkHousehold = (needs: Omit<Parameters<typeof check>[0], 'migrationsFolder'>) =>
  check({ ...needs, dataDir: resolve(needs.dataDir), migrationsFolder: migrationsFolder() })
