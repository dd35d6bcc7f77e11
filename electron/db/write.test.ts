import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { expect, onTestFinished, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../test/support/database.ts'
import { Connection } from './connection.ts'
import { flags } from './schema.ts'
import { createWriter } from './write.ts'

const row = (name: string) => ({ name, enabled: true })

test('trap 2: on one connection a stranger statement falls into an open transaction and vanishes; not here', async () => {
  const connection = await Connection.open(join(await makeFolder(), 'a.sqlite'), { mode: 'write' })
  onTestFinished(() => connection.close())
  await connection.exec('create table flags (name text primary key, enabled integer not null)')
  const naive = drizzle(async (text, params) => ({ rows: await connection.all(text, params) }))
  const started = Promise.withResolvers<void>()
  const strangerDone = Promise.withResolvers<void>()
  const failing = naive.transaction(async (tx) => {
    await tx.insert(flags).values(row('a'))
    started.resolve()
    await strangerDone.promise
    throw new Error('a fails')
  })
  await started.promise
  await naive.insert(flags).values(row('b'))
  strangerDone.resolve()
  await expect(failing).rejects.toThrow('a fails')
  expect(await connection.all('select name from flags')).toEqual([])

  const { read, write } = await makeDatabase()
  const begun = Promise.withResolvers<void>()
  const failingHere = write(async (tx) => {
    await tx.insert(flags).values(row('a'))
    begun.resolve()
    await sleep(20)
    throw new Error('a fails')
  })
  await begun.promise
  const stranger = write((tx) => tx.insert(flags).values(row('b')))
  await expect(failingHere).rejects.toThrow('a fails')
  await stranger
  expect(await read.select({ name: flags.name }).from(flags)).toEqual([{ name: 'b' }])
})

test('readers see a write when it is committed, and not before', async () => {
  const { read, write } = await makeDatabase()
  const inserted = Promise.withResolvers<void>()
  const looked = Promise.withResolvers<void>()
  const writing = write(async (tx) => {
    await tx.insert(flags).values(row('a'))
    inserted.resolve()
    await looked.promise
  })
  await inserted.promise
  expect(await read.$count(flags)).toBe(0)
  looked.resolve()
  await writing
  expect(await read.$count(flags)).toBe(1)
})

test('the answer of the work is the answer of the write', async () => {
  const { write } = await makeDatabase()
  const [added] = await write((tx) => tx.insert(flags).values(row('a')).returning())
  expect(added).toEqual(row('a'))
})

test('interactive writes go ahead of background ones that wait; each kind keeps its order', async () => {
  const { write } = await makeDatabase()
  const order: string[] = []
  const add = (name: string, priority: 'interactive' | 'background') =>
    write(
      async (tx) => {
        await tx.insert(flags).values(row(name))
        order.push(name)
      },
      { priority },
    )
  await Promise.all([
    add('scan 1', 'background'),
    add('scan 2', 'background'),
    add('scan 3', 'background'),
    add('person 1', 'interactive'),
    add('person 2', 'interactive'),
  ])
  expect(order).toEqual(['scan 1', 'person 1', 'person 2', 'scan 2', 'scan 3'])
})

test('interactive writes are synced to the disk, background ones left to the log', async () => {
  const { write } = await makeDatabase()
  const level = (priority?: 'interactive' | 'background') =>
    write((tx) => tx.get<{ synchronous: number }>(sql`pragma synchronous`), priority && { priority })
  expect(await level('interactive')).toEqual({ synchronous: 2 })
  expect(await level('background')).toEqual({ synchronous: 1 })
  expect(await level()).toEqual({ synchronous: 2 })
})

test('write inside write is refused, wherever in its flow, and the outer one goes on', async () => {
  const { read, write } = await makeDatabase()
  await write(async (tx) => {
    await sleep(1)
    const nested = async () => write((inner) => inner.insert(flags).values(row('inner')))
    await expect(nested()).rejects.toThrow(/write\(\) inside write\(\)/)
    await tx.insert(flags).values(row('outer'))
  })
  expect(await read.select({ name: flags.name }).from(flags)).toEqual([{ name: 'outer' }])
})

test('what a finished write started may write in its turn', async () => {
  const { read, write } = await makeDatabase()
  const later = Promise.withResolvers<unknown>()
  await write(async (tx) => {
    await tx.insert(flags).values(row('a'))
    setTimeout(() => later.resolve(write((next) => next.insert(flags).values(row('b')))), 5)
  })
  await later.promise
  expect(await read.$count(flags)).toBe(2)
})

test('a tx that was kept, or used from another flow, changes nothing', async () => {
  const { read, write } = await makeDatabase()
  const kept = await write(async (tx) => ({ tx }))
  await expect(kept.tx.insert(flags).values(row('late'))).rejects.toThrow(/has ended/)
  const opened = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const other = write(async () => {
    opened.resolve()
    await finish.promise
  })
  await opened.promise
  await expect(kept.tx.insert(flags).values(row('stray'))).rejects.toThrow(/has ended/)
  finish.resolve()
  await other
  expect(await read.$count(flags)).toBe(0)
})

test('a refused statement that the work deals with does not spoil the rest', async () => {
  const { read, write } = await makeDatabase()
  await write(async (tx) => {
    await tx.insert(flags).values(row('a'))
    await expect(tx.insert(flags).values(row('a'))).rejects.toThrow(/UNIQUE/)
    await tx.insert(flags).values(row('b'))
  })
  expect(await read.$count(flags)).toBe(2)
})

test('the reading database cannot change anything', async () => {
  const { read } = await makeDatabase()
  await expect(read.all(sql`insert into flags values ('a', 1)`)).rejects.toThrow(/readonly/)
  await expect(read.all(sql`create table t (a)`)).rejects.toThrow(/readonly/)
  expect(await read.$count(flags)).toBe(0)
})

test('close waits for accepted writes and refuses later ones', async () => {
  const database = await makeDatabase()
  const first = database.write((tx) => tx.insert(flags).values(row('a')))
  const second = database.write((tx) => tx.update(flags).set({ enabled: false }).where(eq(flags.name, 'a')), {
    priority: 'background',
  })
  await database.close()
  expect((await first).changes).toBe(1)
  expect((await second).changes).toBe(1)
  await expect(database.write(async () => 1)).rejects.toMatchObject({ code: 'closed' })
  await expect(database.read.$count(flags)).rejects.toMatchObject({ code: 'closed' })
})

test('a hundred writes at once lose nothing', async () => {
  const { read, write } = await makeDatabase()
  await write((tx) => tx.insert(flags).values(row('a')))
  await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      write(
        async (tx) => {
          const [before] = await tx.all<{ n: number }>(sql`select length(name) as n from flags`)
          await tx.update(flags).set({ name: 'a'.repeat((before?.n ?? 0) + 1) })
        },
        { priority: index % 2 ? 'interactive' : 'background' },
      ),
    ),
  )
  expect((await read.select().from(flags))[0]?.name).toHaveLength(101)
})

test('the log is emptied by a checkpoint, from inside a write it is refused', async () => {
  const { checkpoint, write } = await makeDatabase()
  await write((tx) => tx.insert(flags).values(row('a')))
  expect(await checkpoint()).toBe(true)
  await write(async () => {
    await expect(checkpoint()).rejects.toThrow(/inside/)
  })
})

test('a failed begin is told and the next write works', async () => {
  const file = join(await makeFolder(), 'a.sqlite')
  const own = await Connection.open(file, { mode: 'write' })
  const other = await Connection.open(file, { mode: 'write' })
  onTestFinished(() => own.close())
  onTestFinished(() => other.close())
  await own.exec(
    'create table flags (name text primary key, enabled integer not null); pragma busy_timeout = 0',
  )
  const { write } = createWriter(own, { flags })
  await other.exec('begin immediate')
  await expect(write((tx) => tx.insert(flags).values(row('a')))).rejects.toMatchObject({ code: 'busy' })
  await other.exec('rollback')
  expect((await write((tx) => tx.insert(flags).values(row('a')))).changes).toBe(1)
})
