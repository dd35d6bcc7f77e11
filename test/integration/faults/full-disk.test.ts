import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../../../electron/access/principal.ts'
import { makeFolder } from '../../support/database.ts'
import { callerOf, openTestHousehold } from '../../support/household.ts'
import { makePicture } from '../../support/pictures.ts'
import { mountSmallDisk, noMounts } from '../../support/small-disk.ts'
import { expectWhole, queryHousehold } from '../killed/index-of.ts'

const operator = callerOf(OPERATOR)
const FULL = { ok: false, error: { code: 'unavailable', reason: 'storage_full' } }
/** A job's end that could not be written is tried again after five seconds, then after ten. */
const PATIENCE = { timeout: 40_000, interval: 100 }

/** A household with its database, its cache, or both on small disks; `olga` is there, and a folder for pictures. */
async function openOnSmallDisks({ databaseKib, cacheKib }: { databaseKib?: number; cacheKib: number }) {
  const home = await makeFolder()
  const dataDir = join(home, 'data')
  const database = databaseKib === undefined ? undefined : mountSmallDisk(dataDir, databaseKib)
  const cache = mountSmallDisk(join(dataDir, 'cache'), cacheKib)
  const household = await openTestHousehold({ directory: home })
  onTestFinished(() => household.stop())
  const person = { password: 'a quiet mantelpiece', role: 'admin', superAdmin: true } as const
  await household.get(operator, 'accounts.create', { ...person, username: 'olga' })
  const pictures = join(home, 'pictures')
  await mkdir(pictures)
  const jobs = async () => (await household.get(operator, 'jobs.list', {})).jobs
  return { ...household, dataDir, pictures, database, cache, jobs }
}

const indexed = (dataDir: string) =>
  queryHousehold(
    dataDir,
    "select name, state from files join photos on photos.id = photo_id where presence = 'present' order by name",
  )

describe.skipIf(noMounts !== null)(`a full disk (${noMounts ?? 'on mounts of its own'})`, () => {
  test('under the database: a person is told, nothing is half done, and all goes on when there is room', async () => {
    const { get, call, dataDir, database } = await openOnSmallDisks({ databaseKib: 8192, cacheKib: 1024 })
    database?.fill()
    const made: string[] = ['olga']
    let refused: unknown
    for (let count = 0; refused === undefined && count < 500; count += 1) {
      const username = `person-${count}`
      const input = { username, role: 'user', password: 'a quiet mantelpiece', name: 'x'.repeat(60) }
      const result = await call(operator, 'accounts.create', input)
      if (result.ok) made.push(username)
      else refused = result
    }
    expect(refused).toMatchObject(FULL)
    const names = async () =>
      (await get(operator, 'accounts.list', {})).accounts.map(({ username }) => username).sort()
    expect(await names()).toEqual(made.sort())
    database?.free()
    await get(operator, 'accounts.create', { username: 'ben', role: 'user', password: 'a quiet mantelpiece' })
    expect(await names()).toEqual([...made, 'ben'].sort())
    await expectWhole(dataDir)
  })

  test('under the database during a scan: the job says so, and the next one brings everything', async () => {
    const household = await openOnSmallDisks({ databaseKib: 8192, cacheKib: 8192 })
    const { get, dataDir, pictures, database, jobs } = household
    for (let count = 0; count < 600; count += 1)
      await writeFile(join(pictures, `${'a film '.repeat(20)}${count}.mp4`), `film ${count}`)
    await get(operator, 'folders.add', { path: pictures })
    await household.idle()
    for (let count = 0; count < 1200; count += 1)
      await writeFile(join(pictures, `${'another film '.repeat(12)}${count}.mp4`), `another ${count}`)
    // room for the job to begin, not for what it finds
    await household.services.db.checkpoint()
    database?.fill(200)
    const [jobId] = (await get(operator, 'jobs.scan', {})).jobIds
    const stateOf = async () => (await jobs()).find(({ id }) => id === jobId)
    // its end takes room too, and may have to wait for it
    const hasStopped = async () =>
      (await stateOf())?.state === 'failed' || household.lines.some((line) => line.includes('SQLITE_FULL'))
    await expect.poll(hasStopped, PATIENCE).toBe(true)
    expect((await indexed(dataDir)).length).toBeLessThan(1800)
    database?.free()
    await expect.poll(stateOf, PATIENCE).toMatchObject({ state: 'failed', error: 'storage_full' })
    await household.scanAll(operator)
    expect(await indexed(dataDir)).toHaveLength(1800)
    await expectWhole(dataDir)
  })

  test('under the cache: the job says so, photos are pending and can be looked through, later they get pictures', async () => {
    const household = await openOnSmallDisks({ cacheKib: 256 })
    const { get, dataDir, pictures, cache, jobs } = household
    for (const name of ['a', 'b', 'c']) await makePicture(join(pictures, `${name}.jpg`), { width: 300 })
    cache.fill()
    const ada = await get(operator, 'accounts.create', {
      username: 'ada',
      role: 'user',
      password: 'a quiet mantelpiece',
      folders: [{ path: pictures, access: 'read-only' }],
    })
    await household.idle()
    expect((await jobs())[0]).toMatchObject({ kind: 'scan', state: 'failed', error: 'storage_full' })
    const pending = ['a', 'b', 'c'].map((name) => ({ name: `${name}.jpg`, state: 'pending' }))
    expect(await indexed(dataDir)).toEqual(pending)

    const caller = await household.as(ada.id)
    const { months } = await get(caller, 'timeline.months', {})
    expect(months).toMatchObject([{ count: 3 }])
    const { ids, versions } = await get(caller, 'timeline.month', { month: months[0]?.month ?? '' })
    const media = (kind: string) =>
      household.call(caller, 'media.open', { kind, id: ids[0], version: String(versions[0]) })
    expect(await media('original')).toMatchObject({ ok: true })
    expect(await media('thumb')).toMatchObject(FULL)

    cache.free()
    expect(await media('thumb')).toMatchObject({ ok: true })
    await household.scanAll(operator)
    expect(await indexed(dataDir)).toEqual(pending.map((row) => ({ ...row, state: 'ready' })))
  })
})
