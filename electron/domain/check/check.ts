import { join } from 'node:path'
import { Connection } from '../../db/connection.ts'
import { StorageError } from '../../db/errors.ts'
import { requireUsable } from '../../db/migrate.ts'
import { DATABASE_FILE } from '../../db/restore.ts'
import * as schema from '../../db/schema.ts'
import { drizzleOver } from '../../db/session.ts'
import { type CacheFindings, checkCache } from './check-cache.ts'
import { checkDatabase, type DatabaseFindings } from './check-database.ts'
import { type CheckProgress, checkFiles, type FileFindings } from './check-files.ts'

interface CheckNeeds {
  /** absolute */
  dataDir: string
  migrationsFolder: string
  /** whether all originals are read and compared */
  readBytes: boolean
  progress(progress: CheckProgress): void
}

/** What a check found. `files` and `cache` are null where the database is too damaged to ask it for them. */
export interface CheckReport {
  ok: boolean
  database: DatabaseFindings
  files: FileFindings | null
  cache: CacheFindings | null
}

/**
 * Checks a household without opening it: everything is only read. Throws `StorageError` `unopenable` where there is no database, `newer`
 * and `foreign` where it is not one to look into.
 */
export async function checkHousehold(needs: CheckNeeds): Promise<CheckReport> {
  let connection: Connection | undefined
  try {
    connection = await Connection.open(join(needs.dataDir, DATABASE_FILE), { mode: 'look' })
    await requireUsable(connection, needs.migrationsFolder)
    const database = await checkDatabase(connection)
    const read = drizzleOver(connection, schema)
    const files = await checkFiles(connection, read, needs)
    const cache = await checkCache(connection, join(needs.dataDir, 'cache'))
    return { ok: isSound(database) && allThere(files), database, files, cache }
  } catch (error) {
    if (!(error instanceof StorageError && error.code === 'corrupt')) throw error
    const database = { damage: [error.message], danglingRows: 0, wrongCounts: 0, wrongTriggers: [] }
    return { ok: false, database, files: null, cache: null }
  } finally {
    await connection?.close()
  }
}

const isSound = ({ damage, danglingRows, wrongCounts, wrongTriggers }: DatabaseFindings) =>
  damage.length === 0 && danglingRows === 0 && wrongCounts === 0 && wrongTriggers.length === 0

const allThere = ({ missing, bytes }: FileFindings) =>
  missing.length === 0 && (!bytes || (bytes.rotten.length === 0 && bytes.unreadable.length === 0))
