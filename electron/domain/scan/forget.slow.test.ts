import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { failureOf, makeScanned, shown } from '../../../test/support/scanning.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, areas, directories, files, monthCounts, overlays, photos } from '../../db/schema.ts'
import { dueFiles } from './forget.ts'

const hour = 3_600_000
const day = 24 * hour

/** A scanned folder with films `a.mp4` and `b.mp4`, and days that pass with a scan each. */
async function makeKept(...wrap: Parameters<typeof makeScanned>) {
  const made = await makeScanned(...wrap)
  const { root, db, areaId, scan, passTime } = made
  for (const name of ['a', 'b']) await writeFile(join(root, `${name}.mp4`), `film ${name}`)
  await scan(areaId)
  const passDays = async (days: number) => {
    let dropped = 0
    for (let count = 0; count < days; count += 1) {
      passTime(day)
      dropped += (await scan(areaId)).result.dropped
    }
    return dropped
  }
  const photoOf = async (path: string) => (await shown(db, root)).get(path)?.photo.id
  return { ...made, passDays, photoOf }
}

const addPerson = (db: Database) =>
  db.write((tx) =>
    tx.insert(accounts).values({ id: 1, username: 'ann', role: 'user', passwordHash: '', createdAt: 0 }),
  )

test('a missing file is kept for 29 days online; on the 30th it is dropped with its photo and its directory', async () => {
  const { root, db, areaId, scan, passDays } = await makeKept()
  await mkdir(join(root, 'sub'))
  await rename(join(root, 'a.mp4'), join(root, 'sub', 'a.mp4'))
  await scan(areaId)
  await addPerson(db)
  const photoId = (await shown(db, root)).get('sub/a.mp4')?.photo.id ?? 0
  await db.write((tx) => tx.insert(overlays).values({ accountId: 1, photoId, favourite: true, updatedAt: 0 }))
  await rm(join(root, 'sub'), { recursive: true })
  expect((await scan(areaId)).result).toMatchObject({ missing: 1, dropped: 0 })
  expect(await passDays(29)).toBe(0)
  expect((await shown(db, root)).get('sub/a.mp4')?.photo).toMatchObject({ id: photoId, shelf: 'missing' })
  expect(await passDays(1)).toBe(1)
  expect([...(await shown(db, root)).keys()]).toEqual(['b.mp4'])
  expect(await db.read.$count(photos)).toBe(1)
  expect(await db.read.select().from(overlays)).toEqual([])
  expect((await db.read.select().from(directories)).map(({ path }) => path)).toEqual([root])
  expect(await db.read.select().from(monthCounts)).toMatchObject([{ shelf: 'shown', count: 1 }])
  expect(await passDays(2)).toBe(0)
})

test('days on which the folder is away do not count', async () => {
  const { home, root, areaId, scan, passDays, passTime, photoOf } = await makeKept()
  await rm(join(root, 'a.mp4'))
  await scan(areaId)
  expect(await passDays(20)).toBe(0)
  await rename(root, join(home, 'away'))
  for (let count = 0; count < 40; count += 1) {
    passTime(day)
    expect(await failureOf(scan(areaId))).toBe('root_missing')
  }
  await rename(join(home, 'away'), root)
  expect(await passDays(9)).toBe(0)
  expect(await photoOf('a.mp4')).toBeGreaterThan(0)
  expect(await passDays(1)).toBe(1)
  expect(await photoOf('a.mp4')).toBeUndefined()
})

test('many scans a day count once', async () => {
  const { root, areaId, scan, passTime } = await makeKept()
  await rm(join(root, 'a.mp4'))
  await scan(areaId)
  let hours = 0
  while ((await scan(areaId)).result.dropped === 0) {
    passTime(3 * hour)
    hours += 3
  }
  expect(hours).toBeGreaterThanOrEqual(30 * 24 - 4)
  expect(hours).toBeLessThanOrEqual(30 * 24)
})

test('a clock set back for years and right again drops nothing early', async () => {
  const { root, areaId, scan, passDays, passTime, photoOf } = await makeKept()
  passTime(20_000 * day)
  await scan(areaId)
  await rm(join(root, 'a.mp4'))
  await scan(areaId)
  expect(await passDays(29)).toBe(0)
  for (let count = 0; count < 5; count += 1) {
    passTime(-3000 * day)
    expect((await scan(areaId)).result.dropped).toBe(0)
    passTime(3000 * day)
    expect((await scan(areaId)).result.dropped).toBe(0)
  }
  expect(await photoOf('a.mp4')).toBeGreaterThan(0)
})

test('what is back on the last day is as it was, and its days start anew', async () => {
  const { home, root, db, areaId, scan, passDays, photoOf } = await makeKept()
  await addPerson(db)
  const ids = [(await photoOf('a.mp4')) ?? 0, (await photoOf('b.mp4')) ?? 0]
  await db.write((tx) =>
    tx.insert(overlays).values(ids.map((photoId) => ({ accountId: 1, photoId, rating: 4, updatedAt: 0 }))),
  )
  await writeFile(join(root, 'c.mp4'), 'film c')
  for (const name of ['a.mp4', 'b.mp4']) await rename(join(root, name), join(home, name))
  await scan(areaId)
  expect(await passDays(29)).toBe(0)
  await rename(join(home, 'a.mp4'), join(root, 'a.mp4'))
  await rename(join(home, 'b.mp4'), join(root, 'moved.mp4'))
  expect(await passDays(1)).toBe(0)
  expect([await photoOf('a.mp4'), await photoOf('moved.mp4')]).toEqual(ids)
  expect(await db.read.$count(overlays, eq(overlays.rating, 4))).toBe(2)
  for (const name of ['a.mp4', 'moved.mp4']) await rm(join(root, name))
  expect(await passDays(30)).toBe(0)
  expect(await passDays(1)).toBe(2)
})

test('a braked folder drops nothing, and its days stand still', async () => {
  const { home, root, areaId, scan, passDays, passTime, photoOf } = await makeKept()
  await mkdir(join(root, 'trip'))
  for (let index = 0; index < 60; index += 1) await writeFile(join(root, 'trip', `${index}.mp4`), `${index}`)
  await scan(areaId)
  await rm(join(root, 'a.mp4'))
  await scan(areaId)
  expect(await passDays(29)).toBe(0)
  await rename(join(root, 'trip'), join(home, 'trip'))
  for (let count = 0; count < 3; count += 1) {
    passTime(day)
    expect(await failureOf(scan(areaId))).toBe('many_vanished')
  }
  expect(await photoOf('a.mp4')).toBeGreaterThan(0)
  await rename(join(home, 'trip'), join(root, 'trip'))
  expect(await passDays(1)).toBe(1)
})

test('stopped half-way, each dropped file is dropped whole and the rest is kept; the next scan goes on', async () => {
  const stopping = new AbortController()
  let looks = 0
  const { root, db, areaId, scan, passDays, passTime } = await makeKept((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      stat: (paths) => {
        looks += paths.every((path) => path.includes('gone')) ? 1 : 0
        if (looks === 2) stopping.abort(new Error('enough'))
        return needs.walk.stat(paths)
      },
    },
  }))
  await mkdir(join(root, 'gone'))
  for (let index = 0; index < 200; index += 1) {
    await writeFile(join(root, `${index}.mp4`), `film ${index}`)
    await writeFile(join(root, 'gone', `${index}.mp4`), `film ${index}`)
  }
  await scan(areaId)
  await addPerson(db)
  const before = await shown(db, root)
  await db.write(async (tx) => {
    for (const [path, { photo }] of before)
      if (path.startsWith('gone'))
        await tx.insert(overlays).values({ accountId: 1, photoId: photo.id, caption: path, updatedAt: 0 })
  })
  await rm(join(root, 'gone'), { recursive: true })
  await db.write((tx) => tx.update(areas).set({ acceptedVanished: 200 }))
  expect((await scan(areaId)).result.missing).toBe(200)
  expect(await passDays(29)).toBe(0)
  looks = 0
  passTime(day)
  await expect(scan(areaId, stopping.signal)).rejects.toThrow('enough')
  const left = await db.read.$count(files, eq(files.presence, 'missing'))
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(200)
  const check = async () => {
    const after = await shown(db, root)
    const said = await db.read.select().from(overlays)
    expect(said).toHaveLength(200)
    for (const { photoId, caption } of said) {
      const isThere = after.get(caption)?.photo.id === photoId
      expect(isThere || after.get(caption.replace('gone/', ''))?.photo.id === photoId).toBe(true)
    }
    expect(await db.read.$count(photos)).toBe(after.size)
  }
  await check()
  expect((await scan(areaId)).result.dropped).toBe(left)
  await check()
  expect(await db.read.$count(files)).toBe(202)
})

test('a file that scans do not come by but is on the disk is not dropped', async () => {
  let isLeftOut = true
  const { root, db, areaId, scan, passDays } = await makeKept((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      walk: (options, signal) =>
        needs.walk.walk({ ...options, skip: isLeftOut ? [join(options.root, 'sub')] : [] }, signal),
    },
  }))
  await mkdir(join(root, 'sub'))
  await rename(join(root, 'a.mp4'), join(root, 'sub', 'a.mp4'))
  const before = (await shown(db, root)).get('a.mp4')?.photo
  isLeftOut = false
  await scan(areaId)
  isLeftOut = true
  expect((await scan(areaId)).result.missing).toBe(1)
  expect(await passDays(61)).toBe(0)
  isLeftOut = false
  expect((await scan(areaId)).result.returned).toBe(1)
  expect((await shown(db, root)).get('sub/a.mp4')?.photo).toEqual(before)
})

test('a folder that goes away while it is looked for what is to be dropped has lost nothing', async () => {
  let pull = async () => undefined as unknown
  const { home, root, db, areaId, scan, passDays, passTime, photoOf } = await makeKept((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      stat: async (paths) => {
        if (paths.some((path) => path.endsWith('a.mp4'))) await pull()
        return needs.walk.stat(paths)
      },
    },
  }))
  const photoId = await photoOf('a.mp4')
  // still there, but scans do not come by it
  await writeFile(join(root, '.mantelignore'), 'a.mp4')
  expect((await scan(areaId)).result.missing).toBe(1)
  expect(await passDays(29)).toBe(0)
  pull = () => rename(root, join(home, 'away'))
  passTime(day)
  expect(await failureOf(scan(areaId))).toBe('root_missing')
  pull = async () => undefined
  await rename(join(home, 'away'), root)
  await rm(join(root, '.mantelignore'))
  expect((await scan(areaId)).result).toMatchObject({ returned: 1, dropped: 0 })
  expect(await photoOf('a.mp4')).toBe(photoId)
  expect(await db.read.$count(photos)).toBe(2)
})

test('a folder of its own takes over the days that have passed', async () => {
  const { root, db, areaId, areaOf, scan, passDays, passTime } = await makeKept()
  for (const name of ['new', 'old']) {
    await mkdir(join(root, name))
    for (const film of ['x', 'y']) await writeFile(join(root, name, `${film}.mp4`), `${name} ${film}`)
  }
  await scan(areaId)
  await rm(join(root, 'old', 'x.mp4'))
  await passDays(10)
  await rm(join(root, 'new', 'x.mp4'))
  await passDays(11)
  // of old/x.mp4 20 days have passed, of new/x.mp4 10
  const parts = [await areaOf(join(root, 'old')), await areaOf(join(root, 'new'))]
  const drops: number[][] = []
  for (let count = 1; count <= 22; count += 1) {
    passTime(day)
    for (const [index, id] of parts.entries())
      if ((await scan(id)).result.dropped > 0) drops.push([index, count])
  }
  expect(drops).toEqual([
    [0, 10],
    [1, 20],
  ])
  expect(await db.read.$count(files)).toBe(4)
})

test('files that an older version found missing are kept from the next scan on', async () => {
  const { root, db, areaId, scan, passDays } = await makeKept()
  await passDays(3)
  await rm(join(root, 'a.mp4'))
  await scan(areaId)
  await db.write((tx) => tx.update(files).set({ missingOnDay: null }))
  await passDays(1)
  const [area] = await db.read.select().from(areas)
  const [file] = await db.read.select().from(files).where(eq(files.presence, 'missing'))
  expect(file?.missingOnDay).toBe(area?.onlineDays)
  expect(await passDays(29)).toBe(0)
  expect(await passDays(1)).toBe(1)
})

test('looking for what is to be dropped reads the index of the missing', async () => {
  const { db, areaId } = await makeKept()
  const plan = await db.read.all<{ detail: string }>(
    sql`explain query plan ${dueFiles(db.read, areaId).getSQL()}`,
  )
  const steps = plan.map(({ detail }) => detail)
  expect(steps[0]).toMatch(/SEARCH files USING INDEX files_missing \(area_id=\? AND missing_on_day<\?\)/)
  expect(steps.join()).not.toContain('SCAN files')
})
