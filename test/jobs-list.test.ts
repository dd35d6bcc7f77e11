import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import type { Input } from '../electron/contract/contract.ts'
import { jobFailures, jobs } from '../electron/db/schema.ts'
import { type AccountsHousehold, openAccountsHousehold, operator } from './support/accounts.ts'

let home: AccountsHousehold
let ids: { ada: number; ben: number; family: number; own: number }
let ada: Caller
let ben: Caller

/** Ada and Ben share a folder, each job is told by its number: the first is the oldest. */
beforeEach(async () => {
  home = await openAccountsHousehold()
  const family = await home.folder('Family')
  const own = await home.folder('Ada')
  const given = (path: string) => ({ path, access: 'read-only' as const })
  const olga = await home.addSuper('olga')
  ada = await home.as(olga)
  ids = {
    ada: olga,
    ben: await home.add('ben', { folders: [given(family)] }),
    family: 0,
    own: 0,
  }
  await home.add('kim', { folders: [given(own)] })
  const { folders } = await home.get(operator, 'folders.list', {})
  ids.family = folders.find(({ path }) => path === family)?.id ?? 0
  ids.own = folders.find(({ path }) => path === own)?.id ?? 0
  await home.idle()
  ben = await home.as(ids.ben)
  const { family: area } = ids
  await home.services.db.write(async (tx) => {
    await tx.delete(jobs)
    const done = {
      kind: 'scan',
      areaId: area,
      state: 'done',
      startedByKind: 'schedule',
      queuedAt: 1,
    } as const
    const asked = { startedBy: ids.ben, startedByKind: 'account' } as const
    await tx.insert(jobs).values([
      { ...done, id: 1 },
      { ...done, id: 2, kind: 'previews', queuedAt: 2 },
      { ...done, id: 3, ...asked, failed: 1, queuedAt: 3 },
      { ...done, id: 4, areaId: ids.own, state: 'paused', queuedAt: 4 },
      { ...done, id: 5, areaId: null, kind: 'clear-cache', queuedAt: 5 },
      { ...done, id: 6, ...asked, state: 'failed', error: 'root_missing', queuedAt: 6 },
    ])
    await tx
      .insert(jobFailures)
      .values({ jobId: 3, areaId: area, path: `${family}/2024/a.jpg`, reason: 'decode_failed' })
  })
}, 60_000)
afterEach(() => home.close())

async function listed(by: Caller, filter: Input<'jobs.list'> = {}) {
  const answer = await home.get(by, 'jobs.list', filter)
  return answer.jobs.map(({ id }) => id)
}

test('an admin is told of every job, what is to be done first, then the newest', async () => {
  expect(await listed(ada)).toEqual([4, 6, 5, 3, 2, 1])
})

test('filters choose by kind, state, folder, who started it, time and failures, and all at once', async () => {
  expect(await listed(ada, { kind: 'previews' })).toEqual([2])
  expect(await listed(ada, { state: 'done' })).toEqual([5, 3, 2, 1])
  expect(await listed(ada, { folderId: ids.own })).toEqual([4])
  expect(await listed(ada, { startedBy: ids.ben })).toEqual([6, 3])
  expect(await listed(ada, { startedBy: 'house' })).toEqual([4, 5, 2, 1])
  expect(await listed(ada, { since: 3 })).toEqual([4, 6, 5, 3])
  expect(await listed(ada, { withFailures: true })).toEqual([3])
  expect(await listed(ada, { id: 2 })).toEqual([2])
  expect(await listed(ada, { kind: 'scan', startedBy: ids.ben, state: 'failed', since: 2 })).toEqual([6])
  expect(await listed(ada, { kind: 'scan', startedBy: 'house', state: 'failed' })).toEqual([])
})

test('pages follow each other, and the last one says so', async () => {
  const page = async (offset: number) => {
    const { jobs: some, more } = await home.get(ada, 'jobs.list', { limit: 4, offset })
    return { ids: some.map(({ id }) => id), more }
  }
  expect(await page(0)).toEqual({ ids: [4, 6, 5, 3], more: true })
  expect(await page(4)).toEqual({ ids: [2, 1], more: false })
  expect(await page(2)).toEqual({ ids: [5, 3, 2, 1], more: false })
})

test('others see the jobs of their folders, whatever they filter by', async () => {
  expect(await listed(ben)).toEqual([6, 3, 2, 1])
  expect(await listed(ben, { folderId: ids.own })).toEqual([])
  expect(await listed(ben, { id: 4 })).toEqual([])
  expect(await listed(ben, { kind: 'clear-cache' })).toEqual([])
  expect(await listed(ben, { startedBy: ids.ben })).toEqual([6, 3])
})

test('whoever looks with an admin’s eyes sees the jobs of that one’s folders, as the rest is for administering', async () => {
  const family = [{ path: join(home.directory, 'pictures', 'Family'), access: 'read-only' as const }]
  const admin = await home.add('carl', { role: 'admin', folders: family })
  expect(await listed(await home.as(admin))).toEqual([4, 6, 5, 3, 2, 1])
  const viewing = await home.asViewing(ids.ada, admin)
  expect(await listed(viewing)).toEqual([6, 3, 2, 1])
  expect(await home.outcome(viewing, 'jobs.failures', { id: 4 })).toBe('not_found')
})

test('while folders are switched off they are named to admins alone, in jobs and in failures', async () => {
  const names = async (by: Caller) => {
    const [job] = (await home.get(by, 'jobs.list', { id: 3 })).jobs
    const { failures } = await home.get(by, 'jobs.failures', { id: 3 })
    return [job?.folder, failures[0]?.path]
  }
  expect(await names(ben)).toEqual(['Family', 'Family/2024/a.jpg'])
  const before = await names(ada)
  await home.get(ada, 'flags.set', { flags: { folders: false } })
  // the rights of a session are read when it calls
  ben = await home.as(ids.ben)
  ada = await home.as(ids.ada)
  expect(await names(ben)).toEqual([null, 'a.jpg'])
  expect(await names(ada)).toEqual(before)
})
