import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import { backupDatabase, copyDatabase } from '../../db/backup.ts'
import { type BackupFile, COPY, KEY, keepNewest, listBackups } from '../../db/backup-files.ts'
import type { Database } from '../../db/connect.ts'
import { lookAtCopy } from '../../db/copy.ts'
import { StorageError } from '../../db/errors.ts'
import { knownMigrations } from '../../db/migrate.ts'
import { DATABASE_FILE } from '../../db/restore.ts'
import { accounts, jobs, monthCounts } from '../../db/schema.ts'
import { KEY_FILE } from '../../lib/secrets.ts'
import { JobFailedError, type JobWork } from '../jobs/work.ts'
import { readBackupSettings } from './backup-settings.ts'
import { ownFolder, problemWithPlace } from './place.ts'

interface BackupNeeds {
  db: Database
  /** absolute */
  dataDir: string
  migrationsFolder: string
}

/** Which schema a copy has, and why this version cannot open it. */
interface Openable {
  schema: string | null
  problem: Reason | null
}

/** The household's backups. */
export interface Backups {
  /** The work of a job: one copy into the folder in use, of which the newest are kept. */
  work: JobWork
  /** Writes a copy, and the key beside it where the settings say so, to a path that is free. Throws `StorageError`, errors of the file system. */
  copyTo(file: string): Promise<void>
  /** All copies within reach, the newest first. A folder that is not there has none. */
  list(): Promise<(BackupFile & Openable)[]>
  /** One of them; undefined where there is none of this name. */
  find(name: string): Promise<BackupFile | undefined>
  /** The newest job that made one or is about to. */
  lastJob(): Promise<typeof jobs.$inferSelect | undefined>
  /** How much the present database holds. */
  counts(): Promise<{ accounts: number; photos: number }>
}

/** Makes, finds and counts backups; who may is decided by procedures. */
export function createBackups({ db, dataDir, migrationsFolder }: BackupNeeds): Backups {
  const database = join(dataDir, DATABASE_FILE)
  const own = ownFolder(dataDir)

  async function within(): Promise<BackupFile[]> {
    const { folder } = await readBackupSettings(db.read)
    const chosen = folder === null ? [] : await listBackups(folder).catch(() => [])
    const all = [...chosen, ...(await listBackups(own))]
    return all.sort((a, b) => b.at - a.at || b.sequence - a.sequence)
  }

  return {
    async work({ startedByKind }, { signal, progress }) {
      const { folder, keep, withKey } = await readBackupSettings(db.read)
      const problem = folder === null ? null : await problemWithPlace(db.read, folder)
      if (problem) throw new JobFailedError(problem)
      progress(0, 1)
      const place = folder ?? own
      const kind = startedByKind === 'schedule' ? 'nightly' : 'by-hand'
      const key = withKey ? join(dataDir, KEY_FILE) : null
      const file = await backupDatabase(database, place, kind, { thorough: true, key, signal }).catch(
        (error: unknown) => {
          throw toldFailure(error, folder !== null)
        },
      )
      // only now that the new one is whole
      await keepNewest(place, kind, keep)
      progress(1, 1)
      return { bytes: (await stat(file)).size }
    },
    async copyTo(file) {
      const { withKey } = await readBackupSettings(db.read)
      await copyDatabase(database, file, { thorough: true, key: withKey ? join(dataDir, KEY_FILE) : null })
    },
    async list() {
      const known = await knownMigrations(migrationsFolder)
      const found = await within()
      return Promise.all(found.map(async (file) => ({ ...file, ...(await openable(file.path, known)) })))
    },
    find: async (name) => (await within()).find((file) => file.name === name),
    async lastJob() {
      const ofBackups = and(eq(jobs.kind, 'backup'), ne(jobs.state, 'interrupted'))
      const [last] = await db.read.select().from(jobs).where(ofBackups).orderBy(desc(jobs.id)).limit(1)
      return last
    },
    async counts() {
      const live = isNull(accounts.deletedAt)
      const [people] = await db.read.select({ count: sql<number>`count(*)` }).from(accounts).where(live)
      const [pictures] = await db.read
        .select({ count: sql<number>`coalesce(sum(${monthCounts.count}), 0)` })
        .from(monthCounts)
        .where(ne(monthCounts.shelf, 'missing'))
      return { accounts: people?.count ?? 0, photos: pictures?.count ?? 0 }
    },
  }
}

/** A file of any place as a backup: with the key that lies beside it. Null where there is no such file. */
export async function backupAt(path: string): Promise<Pick<BackupFile, 'name' | 'path' | 'key'> | null> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return null
  const beside = path.endsWith(COPY) ? path.slice(0, -COPY.length) + KEY : null
  const key = beside && (await stat(beside).catch(() => null))?.isFile() ? beside : null
  return { name: basename(path), path, key }
}

async function openable(path: string, known: readonly string[]): Promise<Openable> {
  try {
    const { migrations } = await lookAtCopy(path)
    const isNewer = migrations.some((tag) => !known.includes(tag))
    return { schema: migrations.at(-1) ?? null, problem: isNewer ? 'backup_newer' : null }
  } catch (error) {
    const isOurs = error instanceof StorageError
    return { schema: null, problem: isOurs ? 'backup_damaged' : 'backup_not_ours' }
  }
}

/** `chosen`: whether it went to a folder of its own, whose disk is then the one to look at. */
function toldFailure(error: unknown, chosen: boolean): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['corrupt', 'foreign'].includes(code)) return new JobFailedError('backup_damaged')
  if (['full', 'ENOSPC', 'EDQUOT'].includes(code))
    return new JobFailedError(chosen ? 'backup_folder_full' : 'storage_full')
  if (['read_only', 'unopenable', 'EROFS', 'EACCES', 'EPERM'].includes(code))
    return new JobFailedError(chosen ? 'backup_folder_unwritable' : 'storage_read_only')
  if (['ENOENT', 'ENOTDIR'].includes(code)) return new JobFailedError('backup_folder_missing')
  return ['io', 'EIO'].includes(code) ? new JobFailedError('backup_folder_failed') : error
}
