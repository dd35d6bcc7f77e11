import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { expect, onTestFinished, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../test/support/database.ts'
import { Connection } from './connection.ts'
import { fromDriver, isUniqueViolation, SqlError, StorageError } from './errors.ts'
import { areas, directories, settings } from './schema.ts'

const area = { path: '/p', device: '1', inode: '2', createdAt: 0 }

test("trap 6: drizzle's error hides SQLite's code and shows bound values; ours does the opposite", async () => {
  const connection = await Connection.open(join(await makeFolder(), 'a.sqlite'), { mode: 'write' })
  onTestFinished(() => connection.close())
  await connection.exec(
    "create table settings (key text primary key, value text); insert into settings values ('k', '1')",
  )
  const naive = drizzle(async (sql, params) => ({ rows: await connection.all(sql, params) }))
  const secret = { key: 'k', value: 'hunter2' }
  const theirs = await naive
    .insert(settings)
    .values(secret)
    .catch((error: unknown) => error)
  expect(theirs).toBeInstanceOf(DrizzleQueryError)
  expect(theirs).not.toHaveProperty('code')
  expect(String(theirs)).toContain('hunter2')

  const { write } = await makeDatabase()
  await write((tx) => tx.insert(settings).values(secret))
  const ours = await write((tx) => tx.insert(settings).values(secret)).catch((error: unknown) => error)
  expect(ours).toBeInstanceOf(SqlError)
  expect(ours).toMatchObject({ code: 'SQLITE_CONSTRAINT' })
  expect(JSON.stringify([String(ours), ours])).not.toContain('hunter2')
})

test('violations are told apart', async () => {
  const { write } = await makeDatabase()
  await write((tx) => tx.insert(areas).values(area))
  const unique = await write((tx) => tx.insert(areas).values(area)).catch((error: unknown) => error)
  expect(isUniqueViolation(unique)).toBe(true)
  expect(isUniqueViolation(unique, 'areas.path')).toBe(true)
  expect(isUniqueViolation(unique, 'areas.id')).toBe(false)
  const orphan = write((tx) => tx.insert(directories).values({ areaId: 99, path: '/q' }))
  const foreign = await orphan.catch((error: unknown) => error)
  expect(isUniqueViolation(foreign)).toBe(false)
  expect(isUniqueViolation(new Error('UNIQUE constraint failed: areas.path'))).toBe(false)
})

test('a full disk is told as such, changes nothing, and writing goes on when there is room', async () => {
  const { read, write } = await makeDatabase()
  await write((tx) => tx.insert(areas).values(area))
  const fill = write(async (tx) => {
    await tx.update(areas).set({ statusReason: 'half' }).where(eq(areas.path, '/p'))
    // SQLite answers SQLITE_FULL at its own limit of pages exactly as at the disk's.
    await tx.run('pragma max_page_count = 1')
    const value = 'x'.repeat(1_000_000)
    await tx
      .insert(settings)
      .values({ key: 'big', value })
      .catch(() => undefined)
    await tx
      .insert(settings)
      .values({ key: 'after', value: 1 })
      .catch(() => undefined)
  })
  const error = await fill.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StorageError)
  expect(error).toMatchObject({ code: 'full' })
  expect(await read.select().from(settings)).toEqual([])
  expect(await read.select({ reason: areas.statusReason }).from(areas)).toEqual([{ reason: null }])
  await write((tx) => tx.run('pragma max_page_count = 1000000'))
  await write((tx) => tx.insert(settings).values({ key: 'later', value: 1 }))
  expect(await read.$count(settings)).toBe(1)
})

test("another process's lock and a read-only disk are told as such", async () => {
  const file = join(await makeFolder(), 'a.sqlite')
  const one = await Connection.open(file, { mode: 'write' })
  const two = await Connection.open(file, { mode: 'write' })
  onTestFinished(() => one.close())
  onTestFinished(() => two.close())
  await one.exec('create table t (a); begin immediate')
  await two.exec('pragma busy_timeout = 0')
  await expect(two.exec('begin immediate')).rejects.toMatchObject({ name: 'StorageError', code: 'busy' })
  const readOnly = Object.assign(new Error('SQLITE_READONLY: attempt to write a readonly database'), {
    code: 'SQLITE_READONLY',
  })
  expect(fromDriver(readOnly, 'insert')).toMatchObject({ name: 'StorageError', code: 'read_only' })
  expect(fromDriver(readOnly, 'insert', true)).toMatchObject({ name: 'SqlError', code: 'SQLITE_READONLY' })
})
