import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { jobs } from '../electron/db/schema.ts'
import { type AccountsHousehold, openAccountsHousehold, operator } from './support/accounts.ts'

/** A folder that Ben reads only and Kim has too, and a scan of it in any state and of any starter. */
let home: AccountsHousehold
let ids: { ada: number; ben: number; kim: number; folder: number }
let ben: Caller
beforeEach(async () => {
  home = await openAccountsHousehold()
  const folders = [{ path: await home.folder('Family'), access: 'read-only' as const }]
  const ada = await home.addSuper('ada')
  ids = {
    ada,
    ben: await home.add('ben', { folders }),
    kim: await home.add('kim', { folders }),
    folder: 0,
  }
  const { folders: listed } = await home.get(operator, 'folders.list', {})
  ids.folder = listed[0]?.id ?? 0
  await home.idle()
  await home.services.db.write((tx) => tx.delete(jobs))
  ben = await home.as(ids.ben)
}, 60_000)
afterEach(() => home.close())

type Starter = { kind: 'account'; accountId: number } | { kind: 'operator' | 'system' | 'schedule' | 'watch' }

async function scanOf(by: Starter, state: 'paused' | 'failed') {
  const startedBy = by.kind === 'account' ? by.accountId : null
  const row = { kind: 'scan', areaId: ids.folder, startedBy, startedByKind: by.kind, state, queuedAt: 1 }
  const { db } = home.services
  const [made] = await db.write((tx) => tx.insert(jobs).values(row).returning({ id: jobs.id }))
  return made?.id ?? 0
}

async function rowOf(id: number) {
  const [row] = await home.services.db.read.select().from(jobs).where(eq(jobs.id, id))
  return row
}

const mayOf = async (caller: Caller, id: number) =>
  (await home.get(caller, 'jobs.list', {})).jobs.find((job) => job.id === id)?.may

const NONE = { pause: false, resume: false, cancel: false, retry: false }

describe.each([
  ['the house', () => ({ kind: 'schedule' }) as const],
  ['an admin', () => ({ kind: 'account', accountId: ids.ada }) as const],
  ['another user', () => ({ kind: 'account', accountId: ids.kim }) as const],
])('a scan that %s started', (_, starter) => {
  test('is seen by those who have its folder, who stop it no more than they run it again', async () => {
    const paused = await scanOf(starter(), 'paused')
    expect(await mayOf(ben, paused)).toEqual(NONE)
    for (const name of ['jobs.pause', 'jobs.resume', 'jobs.cancel', 'jobs.retry'])
      expect([name, await home.outcome(ben, name, { id: paused })]).toEqual([
        name,
        'forbidden job_of_another',
      ])
    expect(await home.outcome(ben, 'jobs.failures', { id: paused })).toBe('ok')
    expect((await rowOf(paused))?.state).toBe('paused')
  })

  test('is stopped and run again by admins and on the command line', async () => {
    const failed = await scanOf(starter(), 'failed')
    for (const who of [await home.as(ids.ada), operator]) {
      expect(await mayOf(who, failed)).toEqual({ ...NONE, retry: true })
      expect(await home.outcome(who, 'jobs.retry', { id: failed })).toBe('ok')
      await home.idle()
    }
  })
})

test("one's own scan may be stopped and run again", async () => {
  const own = { kind: 'account', accountId: ids.ben } as const
  const paused = await scanOf(own, 'paused')
  expect(await mayOf(ben, paused)).toEqual({ ...NONE, resume: true, cancel: true })
  expect(await home.outcome(ben, 'jobs.cancel', { id: paused })).toBe('ok')
  expect(await mayOf(ben, paused)).toEqual({ ...NONE, retry: true })
  expect(await home.outcome(ben, 'jobs.retry', { id: paused })).toBe('ok')
})

test('usernames of others are told to admins alone', async () => {
  const failed = await scanOf({ kind: 'account', accountId: ids.ada }, 'failed')
  const starter = async (caller: Caller) =>
    (await home.get(caller, 'jobs.list', {})).jobs.find(({ id }) => id === failed)?.startedBy
  expect(await starter(ben)).toBeNull()
  expect(await starter(operator)).toBe('ada')
  await home.get(operator, 'accounts.update', { id: ids.ada, name: 'Ada Lovelace' })
  expect(await starter(ben)).toBe('Ada Lovelace')
})

test('a folder that is named twice is scanned once, and no more are named than a household has', async () => {
  const twice = { folderIds: [ids.folder, ids.folder, ids.folder] }
  expect((await home.get(ben, 'jobs.scan', twice)).jobIds).toHaveLength(1)
  const many = { folderIds: Array(1001).fill(ids.folder) }
  expect(await home.outcome(ben, 'jobs.scan', many)).toBe('invalid folderIds malformed')
})

describe("a scan that was paused, of a user's own", () => {
  const own = () => ({ kind: 'account', accountId: ids.ben }) as const

  test.each([
    ['the house', () => home.services.jobs.scan(ids.folder, { kind: 'watch' })],
    ['another user', async () => scanAs(await home.as(ids.kim))],
    ['an admin', async () => scanAs(await home.as(ids.ada))],
  ])('goes on when %s wants the folder scanned, and is not theirs to stop any more', async (_, ask) => {
    const paused = await scanOf(own(), 'paused')
    expect(await ask()).toBe(paused)
    await home.idle()
    expect((await rowOf(paused))?.state).toBe('done')
    expect(await home.outcome(ben, 'jobs.retry', { id: paused })).toBe('forbidden job_of_another')
  })

  test('goes on when that user starts a scan again', async () => {
    const paused = await scanOf(own(), 'paused')
    expect(await scanAs(ben)).toBe(paused)
    await home.idle()
    expect(await rowOf(paused)).toMatchObject({ state: 'done', startedBy: ids.ben })
  })
})

test.each([
  ['the house', () => ({ kind: 'schedule' }) as const],
  ['an admin', () => ({ kind: 'account', accountId: ids.ada }) as const],
])('a scan of %s that was paused stays so when a user starts one', async (_, starter) => {
  const paused = await scanOf(starter(), 'paused')
  expect(await scanAs(ben)).toBe(paused)
  const failed = await scanOf({ kind: 'account', accountId: ids.ben }, 'failed')
  expect(await home.outcome(ben, 'jobs.retry', { id: failed })).toBe('ok')
  await home.idle()
  expect((await rowOf(paused))?.state).toBe('paused')
})

const scanAs = async (caller: Caller) =>
  (await home.get(caller, 'jobs.scan', { folderIds: [ids.folder] })).jobIds[0]
