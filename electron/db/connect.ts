import { dirname, join } from 'node:path'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import { Connection } from './connection.ts'
import { followEndedTokens } from './ended-tokens.ts'
import { refuseNetworkFileSystem } from './local-disk.ts'
import { migrate } from './migrate.ts'
import { rememberUnchanged } from './remember.ts'
import * as schema from './schema.ts'
import { drizzleOver, type RunResult, type Source } from './session.ts'
import { createWriter, type TxOver, type WriteOver } from './write.ts'

type Schema = typeof schema

/** What reading needs. A write's {@link Tx} is one too, so a function that reads serves both. */
export type Read = Omit<
  BaseSQLiteDatabase<'async', RunResult, Schema>,
  'transaction' | 'insert' | 'update' | 'delete' | 'run'
>

/** The database inside a `write`: see {@link WriteOver}. */
export type Tx = TxOver<Schema>

/** Changes the database in one transaction: see {@link WriteOver}. */
type Write = WriteOver<Schema>

/** The household's open database. */
export interface Database {
  read: Read
  write: Write
  /** How many writes were committed: as long as it stays the same, nothing has changed. */
  commits(): number
  /** tags of the migrations that opening it applied */
  migrated: string[]
  /** Moves the write-ahead log into the database file and empties it; false if a reader was in the way. */
  checkpoint(): Promise<boolean>
  /** Waits for accepted writes and running reads; calls after it fail with {@link StorageError} `closed`. */
  close(): Promise<void>
}

interface OpenDatabase {
  file: string
  migrationsFolder: string
  /** reading connections; each answers one statement at a time */
  readers?: number
  /** the list of sessions, codes and the like that ended (see ended-tokens.ts); without one a restore could bring them back */
  endedTokens?: string
  /** where a copy goes before migrations: `backups` beside the file where left out, null for none */
  backupsFolder?: string | null
}

/**
 * Opens the database `file`, making or migrating it as needed (see {@link migrate} for what that refuses). The folder it lies
 * in must exist, on a disk of this machine: a network file system is refused with {@link StorageError} `network`.
 */
export async function openDatabase({
  file,
  migrationsFolder,
  readers = 2,
  endedTokens,
  backupsFolder = join(dirname(file), 'backups'),
}: OpenDatabase): Promise<Database> {
  await refuseNetworkFileSystem(dirname(file))
  const opened: Connection[] = []
  const closeAll = async () => {
    // Readers first: the last connection to close moves the log into the file, and only the writer may.
    for (const connection of opened.toReversed()) await connection.close()
  }
  try {
    const writing = await Connection.open(file, { mode: 'write' })
    opened.push(writing)
    const migrated = await migrate(writing, { migrationsFolder, backupsFolder })
    const beforeCommit = endedTokens === undefined ? undefined : await followEndedTokens(writing, endedTokens)
    const reading: Connection[] = []
    for (let count = 0; count < readers; count += 1) {
      const connection = await Connection.open(file, { mode: 'read' })
      reading.push(connection)
      opened.push(connection)
    }
    const writer = createWriter(writing, schema, beforeCommit)
    const read: Read = drizzleOver(spread(reading), schema)
    rememberUnchanged(read, writer.commits)
    return {
      read,
      write: writer.write,
      commits: writer.commits,
      migrated,
      checkpoint: () =>
        writer.alone(async (connection) => {
          const [row] = await connection.all('pragma wal_checkpoint(truncate)')
          return row?.busy === 0
        }, 'background'),
      close: async () => {
        await writer.close()
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Hands each statement to the reading connection with the least to do. */
function spread(connections: Connection[]): Source {
  const idlest = () => {
    const [first, ...others] = connections
    if (!first) throw new Error('A database needs a reading connection.')
    return others.reduce((best, next) => (next.waiting < best.waiting ? next : best), first)
  }
  return {
    all: async (sql, params) => idlest().all(sql, params),
    run: async (sql, params) => idlest().run(sql, params),
  }
}
