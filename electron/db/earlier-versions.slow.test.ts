import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { listBackups } from './backup-files.ts'
import { openDatabase } from './connect.ts'
import { Connection } from './connection.ts'
import { migrationsFolder } from './migrations-folder.ts'

const journal: { entries: { tag: string }[] } = JSON.parse(
  await readFile(join(migrationsFolder(), 'meta', '_journal.json'), 'utf8'),
)
const tags = journal.entries.map(({ tag }) => tag)

/** Tables that are there no more; none of them was ever written to but in tests. */
const DROPPED = ['album_members']

describe.each(tags.slice(0, -1).map((tag, index) => ({ tag, count: index + 1 })))(
  'a database of $tag',
  ({ count }) => {
    test('opens, with all that was in it, and a copy of what it was', async () => {
      const folder = await makeFolder()
      const file = join(folder, 'mantel.sqlite')
      const older = await migrationsUpTo(folder, count)
      await (await openDatabase({ file, migrationsFolder: older })).close()
      const filled = await inside(file, fill)
      const whole = await inside(file, contents)
      const before = { ...whole }
      expect(filled).toBeGreaterThan(15)

      const database = await openDatabase({ file, migrationsFolder: migrationsFolder() })
      await database.close()
      expect(database.migrated).toEqual(tags.slice(count))
      const after = await inside(file, contents)
      for (const table of DROPPED) delete before[table]
      for (const [table, [row]] of Object.entries(before)) {
        if (!row) throw new Error(`${table} was left empty`)
        // columns may have come since, and one may have gone
        const kept = Object.keys(row).filter((column) => column in (after[table]?.[0] ?? {}))
        expect([table, pick(after[table]?.[0] ?? {}, kept)]).toEqual([table, pick(row, kept)])
        expect(kept.length).toBeGreaterThanOrEqual(Object.keys(row).length - 1)
      }
      const [copy] = await listBackups(join(folder, 'backups'))
      expect(copy?.kind).toBe('before-migration')
      expect(await inside(copy?.path ?? '', contents)).toEqual(whole)
    })
  },
)

/** A copy of the migrations up to so many. */
async function migrationsUpTo(home: string, count: number): Promise<string> {
  const folder = join(home, 'drizzle')
  await cp(migrationsFolder(), folder, { recursive: true })
  await writeFile(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }),
  )
  return folder
}

async function inside<T>(file: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.open(file, { mode: 'write' })
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** All tables but the list of migrations and what triggers count by themselves. */
async function tablesOf(connection: Connection): Promise<string[]> {
  const rows = await connection.all(
    "select name from sqlite_master where type = 'table' and name not in ('__migrations', 'month_counts') and name not like 'sqlite_%'",
  )
  return rows.map(({ name }) => String(name))
}

/** One row in each table, everything referring to row 1; answers in how many. */
async function fill(connection: Connection): Promise<number> {
  await connection.exec('pragma foreign_keys = off')
  // today's, of columns that this version did not have
  for (const { name } of await connection.all("select name from sqlite_master where type = 'trigger'"))
    await connection.exec(`drop trigger "${name}"`)
  const tables = await tablesOf(connection)
  for (const table of tables) {
    const columns = (await connection.all(`pragma table_xinfo("${table}")`)).filter(
      ({ hidden }) => hidden === 0,
    )
    const values = columns.map(({ type }) => (String(type).toLowerCase() === 'text' ? 'x' : 1))
    const names = columns.map(({ name }) => `"${name}"`)
    await connection.run(
      `insert into "${table}" (${names.join()}) values (${names.map(() => '?').join()})`,
      values,
    )
  }
  return tables.length
}

async function contents(connection: Connection): Promise<Record<string, Record<string, unknown>[]>> {
  const found: Record<string, Record<string, unknown>[]> = {}
  for (const table of await tablesOf(connection))
    found[table] = await connection.all(`select * from "${table}"`)
  return found
}

const pick = (row: Record<string, unknown>, columns: string[]) =>
  Object.fromEntries(columns.map((column) => [column, row[column]]))
