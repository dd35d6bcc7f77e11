import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { backupDatabase } from './backup.ts'
import { KEPT, keepNewest } from './backup-files.ts'
import type { Connection } from './connection.ts'
import { StorageError } from './errors.ts'
import { recount, triggerPrefix, triggers } from './triggers.ts'

interface Migration {
  tag: string
  hash: string
  statements: string[]
}

interface MigrateOptions {
  /** the folder drizzle-kit generates into */
  migrationsFolder: string
  /** where a copy goes before a database with tables in it is changed; null where the database is a copy itself */
  backupsFolder: string | null
}

const journalShape = z.object({ entries: z.array(z.object({ tag: z.string() })) })

/**
 * Brings the database to this version's schema, all pending migrations in one transaction, and answers the tags that were
 * applied. A database that holds something already is copied to `backupsFolder` first. Nothing else may use it meanwhile.
 * Throws {@link StorageError}: `newer` for a database of a newer version, `diverged` where an applied migration
 * was edited afterwards, `foreign` where the file is no household's database.
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<string[]> {
  const known = await readMigrations(options.migrationsFolder)
  const applied = await readApplied(connection)
  const pending = findPending(known, applied)
  if (pending.length === 0 && (await triggersAreCurrent(connection))) return []
  const first = pending[0]
  if (first && applied.length > 0 && options.backupsFolder !== null) {
    await backupDatabase(connection.file, options.backupsFolder, `before-${first.tag}`)
    await keepNewest(options.backupsFolder, 'before-migration', KEPT['before-migration'])
  }
  // Inside a transaction this pragma does nothing, and a rebuilt table's DROP would then delete the rows that refer to it.
  await connection.exec('pragma foreign_keys = off; pragma synchronous = full')
  try {
    await inTransaction(connection, async () => {
      await dropTriggers(connection)
      for (const migration of pending) await apply(connection, migration)
      await createTriggers(connection)
      const broken = await connection.all('pragma foreign_key_check')
      if (broken.length > 0)
        throw new Error(`Rows refer to missing ones after migrating: ${JSON.stringify(broken[0])}`)
    })
  } finally {
    await connection.exec('pragma foreign_keys = on; pragma synchronous = normal')
  }
  return pending.map(({ tag }) => tag)
}

/** Throws where {@link migrate} would, and changes nothing. */
export async function requireUsable(connection: Connection, migrationsFolder: string): Promise<void> {
  const tables = await connection.all("select name from sqlite_master where type = 'table'")
  if (tables.length > 0) findPending(await readMigrations(migrationsFolder), await readApplied(connection))
}

/** Tags of the migrations that this version knows, in their order. */
export const knownMigrations = async (folder: string): Promise<string[]> =>
  (await readMigrations(folder)).map(({ tag }) => tag)

async function readMigrations(folder: string): Promise<Migration[]> {
  const journal = journalShape.parse(
    JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')),
  )
  return Promise.all(
    journal.entries.map(async ({ tag }) => {
      // A checkout may have turned line ends; the hash must not change with them.
      const sql = (await readFile(join(folder, `${tag}.sql`), 'utf8')).replaceAll('\r\n', '\n')
      const statements = sql
        .split('--> statement-breakpoint')
        .map((statement) => statement.trim())
        .filter((statement) => statement !== '' && !/^pragma foreign_keys\b/i.test(statement))
      return { tag, hash: createHash('sha256').update(sql).digest('hex'), statements }
    }),
  )
}

async function readApplied(connection: Connection): Promise<Pick<Migration, 'tag' | 'hash'>[]> {
  const tables = await connection.all("select name from sqlite_master where type = 'table'")
  if (tables.length === 0) {
    await connection.exec(
      'create table __migrations (tag text primary key, hash text not null, applied_at integer not null) strict',
    )
    return []
  }
  if (!tables.some(({ name }) => name === '__migrations'))
    throw new StorageError('foreign', "This file is a database of another program, not a household's.")
  const rows = await connection.all('select tag, hash from __migrations order by rowid')
  return rows.map(({ tag, hash }) => ({ tag: String(tag), hash: String(hash) }))
}

function findPending(known: Migration[], applied: Pick<Migration, 'tag' | 'hash'>[]): Migration[] {
  for (const { tag, hash } of applied) {
    const own = known.find((migration) => migration.tag === tag)
    if (!own)
      throw new StorageError(
        'newer',
        `This household was last opened by a newer version of Mantel (its database knows "${tag}"). Install that version or a newer one.`,
      )
    if (own.hash !== hash)
      throw new StorageError('diverged', `The migration "${tag}" was changed after it was applied.`)
  }
  return known.filter(({ tag }) => !applied.some((done) => done.tag === tag))
}

async function apply(connection: Connection, { tag, hash, statements }: Migration): Promise<void> {
  for (const statement of statements) await connection.exec(statement)
  await connection.run('insert into __migrations (tag, hash, applied_at) values (?, ?, ?)', [
    tag,
    hash,
    Date.now(),
  ])
}

async function readTriggers(connection: Connection): Promise<Map<string, string>> {
  const rows = await connection.all("select name, sql from sqlite_master where type = 'trigger'")
  const own = rows.map(({ name, sql }): [string, string] => [String(name), String(sql)])
  return new Map(own.filter(([name]) => name.startsWith(triggerPrefix)))
}

async function triggersAreCurrent(connection: Connection): Promise<boolean> {
  const present = await readTriggers(connection)
  const normalised = (sql: string | undefined) => sql?.toLowerCase()
  return (
    present.size === triggers.size &&
    [...triggers].every(([name, sql]) => normalised(present.get(name)) === normalised(sql))
  )
}

/** Triggers go before the tables change: renaming a table fails while a trigger names a table that isn't there. */
async function dropTriggers(connection: Connection): Promise<void> {
  for (const name of (await readTriggers(connection)).keys()) await connection.exec(`drop trigger "${name}"`)
}

async function createTriggers(connection: Connection): Promise<void> {
  for (const sql of triggers.values()) await connection.exec(sql)
  for (const sql of recount) await connection.exec(sql)
}

async function inTransaction(connection: Connection, work: () => Promise<void>): Promise<void> {
  await connection.exec('begin immediate')
  try {
    await work()
    await connection.exec('commit')
  } catch (error) {
    await connection.exec('rollback').catch(() => undefined)
    throw error
  }
}
