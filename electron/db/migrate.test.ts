import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { openDatabase } from './connect.ts'
import { Connection } from './connection.ts'
import { migrate } from './migrate.ts'
import { migrationsFolder } from './migrations-folder.ts'
import { flags } from './schema.ts'

/** A folder as drizzle-kit writes it; breakpoints are given as `--> statement-breakpoint` in the text. */
async function writeMigrations(files: Record<string, string>): Promise<string> {
  const folder = await makeFolder()
  await mkdir(join(folder, 'meta'))
  const entries = Object.keys(files).map((tag, idx) => ({
    idx,
    tag,
    version: '6',
    when: idx,
    breakpoints: true,
  }))
  await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ version: '7', entries }))
  for (const [tag, sql] of Object.entries(files)) await writeFile(join(folder, `${tag}.sql`), sql)
  return folder
}

const tables = `create table photos (id integer primary key, area_id integer, shelf text, month text);
create table directories (id integer primary key, digest text);
create table files (id integer primary key, directory_id integer, name text, size_bytes integer, mtime_ms real, presence text);
create table month_counts (area_id integer, shelf text, month text, count integer, primary key (area_id, shelf, month));
create table users (id integer primary key, name text);
create table notes (id integer primary key, user_id integer references users (id) on delete cascade);`

/** What drizzle-kit generates to change a column: the table is built anew under its name. */
const rebuild = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (id integer primary key, name text not null);
--> statement-breakpoint
INSERT INTO __new_users SELECT id, name FROM users;--> statement-breakpoint
DROP TABLE users;--> statement-breakpoint
ALTER TABLE __new_users RENAME TO users;--> statement-breakpoint
PRAGMA foreign_keys=ON;`

async function makeHousehold() {
  const folder = await makeFolder()
  const file = join(folder, 'mantel.sqlite')
  const connection = await Connection.open(file, { mode: 'write' })
  onTestFinished(() => connection.close())
  const backupsFolder = join(folder, 'backups')
  const run = async (files: Record<string, string>) =>
    migrate(connection, { migrationsFolder: await writeMigrations(files), backupsFolder })
  return { connection, backupsFolder, run }
}

test('trap 3: a rebuilt table takes its dependants along inside BEGIN; through our migrator they stay', async () => {
  const { connection, run } = await makeHousehold()
  const fill = "insert into users values (1, 'ann'); insert into notes values (7, 1)"
  await run({ '0000_a': tables })
  await connection.exec(fill)
  const statements = rebuild.split('--> statement-breakpoint')
  await connection.exec('begin')
  for (const statement of statements) await connection.exec(statement)
  expect(await connection.all('select id from notes')).toEqual([])
  await connection.exec('rollback')
  expect(await connection.all('select id from notes')).toEqual([{ id: 7 }])

  expect(await run({ '0000_a': tables, '0001_b': rebuild })).toEqual(['0001_b'])
  expect(await connection.all('select id from notes')).toEqual([{ id: 7 }])
  expect(await connection.all('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
  await expect(connection.exec('insert into users (id) values (2)')).rejects.toThrow(/NOT NULL/)
})

test('a second time there is nothing to do', async () => {
  const { run } = await makeHousehold()
  expect(await run({ '0000_a': tables })).toEqual(['0000_a'])
  expect(await run({ '0000_a': tables })).toEqual([])
  expect(await run({ '0000_a': tables.replaceAll('\n', '\r\n') })).toEqual([])
})

test('a migration that fails changes nothing, its predecessors in the same run included', async () => {
  const { connection, run } = await makeHousehold()
  await run({ '0000_a': tables })
  const files = {
    '0000_a': tables,
    '0001_b': 'create table b (a)',
    '0002_c': 'create table c (a);\nnonsense',
  }
  await expect(run(files)).rejects.toThrow(/syntax error/)
  const names = await connection.all("select name from sqlite_master where name in ('b', 'c')")
  expect(names).toEqual([])
  expect(await connection.all('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
  expect(await run({ '0000_a': tables, '0001_b': 'create table b (a)' })).toEqual(['0001_b'])
})

test('a migration that leaves rows without what they refer to is refused', async () => {
  const { connection, run } = await makeHousehold()
  await run({ '0000_a': tables })
  await connection.exec("insert into users values (1, 'ann'); insert into notes values (7, 1)")
  const careless = { '0000_a': tables, '0001_b': 'delete from users' }
  await expect(run(careless)).rejects.toThrow(/refer to missing ones/)
  expect(await connection.all('select id from users')).toEqual([{ id: 1 }])
})

test('a newer database, a changed history and a stranger are refused with their reasons', async () => {
  const { run } = await makeHousehold()
  await run({ '0000_a': tables, '0001_b': 'create table b (a)' })
  await expect(run({ '0000_a': tables })).rejects.toMatchObject({ name: 'StorageError', code: 'newer' })
  await expect(run({ '0000_a': tables })).rejects.toThrow(/newer version of Mantel/)
  await expect(run({ '0000_a': `${tables} `, '0001_b': 'create table b (a)' })).rejects.toMatchObject({
    code: 'diverged',
  })
  const stranger = await makeHousehold()
  await stranger.connection.exec('create table theirs (a)')
  await expect(stranger.run({ '0000_a': tables })).rejects.toMatchObject({ code: 'foreign' })
})

test('before a database with something in it changes, a copy is made that opens', async () => {
  const { connection, backupsFolder, run } = await makeHousehold()
  await run({ '0000_a': tables })
  await expect(readdir(backupsFolder)).rejects.toThrow()
  await connection.exec("insert into users values (1, 'ann')")
  await run({ '0000_a': tables, '0001_b': 'delete from users' })
  const [name, ...others] = await readdir(backupsFolder)
  expect(others).toEqual([])
  expect(name).toMatch(/^before-0001_b-000001-\d{8}T\d+Z\.sqlite$/)
  const copy = await Connection.open(join(backupsFolder, name ?? ''), { mode: 'read' })
  onTestFinished(() => copy.close())
  expect(await copy.all('select name from users')).toEqual([{ name: 'ann' }])
  expect(await copy.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('where the copy cannot be made nothing is migrated', async () => {
  const { connection, backupsFolder, run } = await makeHousehold()
  await run({ '0000_a': tables })
  await writeFile(backupsFolder, 'in the way')
  await expect(run({ '0000_a': tables, '0001_b': 'create table b (a)' })).rejects.toThrow()
  expect(await connection.all("select name from sqlite_master where name = 'b'")).toEqual([])
})

test('triggers of an older version are replaced and the counts made anew', async () => {
  const { connection, run } = await makeHousehold()
  await run({ '0000_a': tables })
  await connection.exec(`drop trigger mantel_photos_insert;
    create trigger mantel_photos_insert after insert on photos begin select 1; end;
    create trigger mantel_old after insert on photos begin select 1; end;
    insert into photos values (1, 1, 'shown', '2024-05'), (2, 1, 'shown', '2024-05')`)
  expect(await connection.all('select * from month_counts')).toEqual([])
  expect(await run({ '0000_a': tables })).toEqual([])
  expect(await connection.all('select * from month_counts')).toEqual([
    { area_id: 1, shelf: 'shown', month: '2024-05', count: 2 },
  ])
  expect(await connection.all("select name from sqlite_master where name = 'mantel_old'")).toEqual([])
})

test("the household's own migrations make its schema, and opening it again keeps the data", async () => {
  const file = join(await makeFolder(), 'mantel.sqlite')
  const options = { file, migrationsFolder: migrationsFolder() }
  const first = await openDatabase(options)
  expect(first.migrated.length).toBeGreaterThan(0)
  await first.write((tx) => tx.insert(flags).values({ name: 'lan', enabled: true }))
  await first.close()
  const second = await openDatabase(options)
  expect(second.migrated).toEqual([])
  expect(await second.read.select().from(flags)).toEqual([{ name: 'lan', enabled: true }])
  await second.close()
})
