import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { Connection } from './connection.ts'

async function open(file: string, mode: 'read' | 'write' = 'write'): Promise<Connection> {
  const connection = await Connection.open(file, { mode })
  onTestFinished(() => connection.close())
  return connection
}

/** The driver used as its documentation shows, to see what our connection protects from. */
function rawGet(database: sqlite3.Database, sql: string, params: unknown[] = []): Promise<unknown> {
  return new Promise((resolve, reject) => {
    database.get(sql, params, (error, row) => (error ? reject(error) : resolve(row)))
  })
}

test('trap 4: Statement.get() holds its snapshot, so the log cannot be emptied; all() lets go', async () => {
  const file = join(await makeFolder(), 'a.sqlite')
  const writer = await open(file)
  await writer.exec('create table t (a integer); insert into t values (1), (2)')
  const checkpoint = async () => (await writer.all('pragma wal_checkpoint(truncate)'))[0]?.busy
  await writer.exec('pragma busy_timeout = 0')

  const naive = new sqlite3.Database(file)
  const statement = naive.prepare('select a from t order by a')
  await new Promise((resolve) => statement.get(resolve))
  await writer.exec('insert into t values (3)')
  expect(await checkpoint()).toBe(1)
  await new Promise((resolve) => statement.finalize(resolve))
  await new Promise((resolve) => naive.close(resolve))

  const reader = await open(file, 'read')
  expect((await reader.all('select a from t order by a'))[0]).toEqual({ a: 1 })
  await writer.exec('insert into t values (4)')
  expect(await checkpoint()).toBe(0)
})

test('a statement run for its effect leaves nothing open, even if it answers rows', async () => {
  const file = join(await makeFolder(), 'a.sqlite')
  const writer = await open(file)
  const reader = await open(file, 'read')
  await writer.exec('pragma busy_timeout = 0; create table t (a integer); insert into t values (1), (2), (3)')
  await reader.run('select a from t')
  await writer.exec('insert into t values (4)')
  expect((await writer.all('pragma wal_checkpoint(truncate)'))[0]?.busy).toBe(0)
})

test('trap 5: the driver binds BigInt as NULL and reads int64 inexactly; here both are refused', async () => {
  const naive = new sqlite3.Database(':memory:')
  expect(await rawGet(naive, 'select ? as value', [10n])).toEqual({ value: null })
  expect(await rawGet(naive, 'select 9007199254740993 as value')).toEqual({ value: 9007199254740992 })
  await new Promise((resolve) => naive.close(resolve))

  const connection = await open(join(await makeFolder(), 'a.sqlite'))
  await expect(connection.all('select ? as value', [10n])).rejects.toThrow(/bigint can't be bound/)
  await expect(connection.all('select ?', [2 ** 53])).rejects.toThrow(/can't be stored exactly/)
  await expect(connection.all('select ?', [Number.NaN])).rejects.toThrow(/can't be stored exactly/)
  await expect(connection.all('select ?', [undefined])).rejects.toThrow(/undefined can't be bound/)
  await expect(connection.all('select ?', [{ a: 1 }])).rejects.toThrow(/an object can't be bound/)
  const params = ['ä', 1.5, Number.MAX_SAFE_INTEGER, true, null, Buffer.from([0, 255])]
  const [row] = await connection.all('select ? as a, ? as b, ? as c, ? as d, ? as e, ? as f', params)
  expect(row).toEqual({ a: 'ä', b: 1.5, c: Number.MAX_SAFE_INTEGER, d: 1, e: null, f: Buffer.from([0, 255]) })
})

test('a reading connection refuses to change anything', async () => {
  const file = join(await makeFolder(), 'a.sqlite')
  const writer = await open(file)
  await writer.exec('create table t (a integer)')
  const reader = await open(file, 'read')
  await expect(reader.run('insert into t values (1)')).rejects.toMatchObject({
    name: 'SqlError',
    code: 'SQLITE_READONLY',
  })
  expect(await writer.all('select a from t')).toEqual([])
})

test('statements run in the order they were handed over, more of them than are kept prepared', async () => {
  const connection = await open(join(await makeFolder(), 'a.sqlite'))
  await connection.exec('create table t (a integer)')
  const texts = Array.from({ length: 450 }, (_, index) => `insert into t values (${index})`)
  await Promise.all(texts.map((text) => connection.run(text)))
  await connection.run(texts[0] ?? '')
  const rows = await connection.all('select a from t order by rowid')
  expect(rows.map(({ a }) => a)).toEqual([...texts.keys(), 0])
})

test('changes and the last id are answered', async () => {
  const connection = await open(join(await makeFolder(), 'a.sqlite'))
  await connection.exec('create table t (id integer primary key, a integer)')
  expect(await connection.run('insert into t (a) values (?), (?)', [1, 1])).toEqual({ changes: 2, lastId: 2 })
  expect((await connection.run('update t set a = ?', [5])).changes).toBe(2)
})

test('an error in a statement leaves the connection usable', async () => {
  const connection = await open(join(await makeFolder(), 'a.sqlite'))
  await expect(connection.all('select nonsense')).rejects.toMatchObject({ code: 'SQLITE_ERROR' })
  await expect(connection.exec('not sql')).rejects.toMatchObject({ code: 'SQLITE_ERROR' })
  expect(await connection.all('select 1 as a')).toEqual([{ a: 1 }])
})

test('after close everything is refused, and what was handed over before is answered', async () => {
  const connection = await open(join(await makeFolder(), 'a.sqlite'))
  const before = connection.all('select 1 as a')
  await connection.close()
  expect(await before).toEqual([{ a: 1 }])
  await expect(connection.all('select 1')).rejects.toMatchObject({ name: 'StorageError', code: 'closed' })
})

test('what cannot be opened says why', async () => {
  const folder = await makeFolder()
  await expect(Connection.open(join(folder, 'none', 'a.sqlite'), { mode: 'write' })).rejects.toMatchObject({
    code: 'unopenable',
  })
  await expect(Connection.open(join(folder, 'a.sqlite'), { mode: 'read' })).rejects.toMatchObject({
    code: 'unopenable',
  })
})
