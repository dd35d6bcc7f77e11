import { expect, test } from 'vitest'
import { makeDatabase } from '../../test/support/database.ts'
import type { Read, Tx } from './connect.ts'
import { remembered } from './remember.ts'
import { flags } from './schema.ts'

/** A database, and a question whose answers are counted. */
async function open() {
  const { read, write } = await makeDatabase()
  let asked = 0
  const count = (db: Read | Tx, of: unknown = 'all') =>
    remembered(db, 'flags', of, async () => {
      asked += 1
      return db.$count(flags)
    })
  const insert = (name: string) => write((tx) => tx.insert(flags).values({ name, enabled: true }))
  return { read, write, count, insert, asked: () => asked }
}

test('an answer holds until something is written, and not a moment longer', async () => {
  const { read, count, insert, asked } = await open()
  expect([await count(read), await count(read), asked()]).toEqual([0, 0, 1])
  await insert('a')
  expect([await count(read), asked()]).toEqual([1, 2])
})

test('what was begun before a write is not the answer after it', async () => {
  const { read, insert } = await open()
  const begun = Promise.withResolvers<void>()
  const slow = remembered(read, 'flags', 'all', async () => {
    const found = await read.$count(flags)
    await begun.promise
    return found
  })
  await insert('a')
  const after = remembered(read, 'flags', 'all', () => read.$count(flags))
  begun.resolve()
  expect([await slow, await after]).toEqual([0, 1])
  expect(await remembered(read, 'flags', 'all', () => read.$count(flags))).toBe(1)
})

test('inside a write it is asked, and a write that is rolled back changes nothing', async () => {
  const { read, write, count, asked } = await open()
  await count(read)
  const failing = write(async (tx) => {
    await tx.insert(flags).values({ name: 'a', enabled: true })
    expect([await count(tx), await count(tx)]).toEqual([1, 1])
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect([await count(read), asked()]).toEqual([0, 3])
})

test('each thing has its own answer, and errors are not remembered', async () => {
  const { read, count, asked } = await open()
  await count(read, 1)
  await count(read, 2)
  expect(asked()).toBe(2)
  const failing = () => remembered(read, 'flags', 3, () => Promise.reject(new Error('no')))
  await expect(failing()).rejects.toThrow('no')
  expect(await count(read, 3)).toBe(0)
})
