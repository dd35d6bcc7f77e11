import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { failureOf, makeScanned, statusOf, walk } from '../../../test/support/scanning.ts'
import { areas } from '../../db/schema.ts'
import { setAreaStatus } from '../scan/root.ts'
import { createProbe } from './probe.ts'

/** A scanned folder of 60 files in two directories, and how its probe answers. */
async function make() {
  const scanned = await makeScanned()
  const { root, db, areaId, scan } = scanned
  for (let index = 0; index < 60; index += 1) {
    const folder = join(root, index < 55 ? 'drive' : 'other')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${index}.mp4`), `${index}`)
  }
  await scan(areaId)
  const start = () => {
    const probe = createProbe({ read: db.read, walk })
    return async () => {
      const [area] = await db.read.select().from(areas).where(eq(areas.id, areaId))
      if (!area) throw new Error('no area')
      return probe(area)
    }
  }
  return { ...scanned, start, away: join(scanned.home, 'away') }
}

test('a root that was gone is back when it is there', async () => {
  const { root, away, areaId, scan, start, db } = await make()
  await rename(root, away)
  expect(await failureOf(scan(areaId))).toBe('root_missing')
  const probe = start()
  expect(await probe()).toBe('away')
  await rename(away, root)
  expect(await probe()).toBe('back')
  await scan(areaId)
  expect(await statusOf(db, areaId)).toEqual(['online', null])
})

test('a disk that was silent for a while is back every time, not only the first', async () => {
  const { areaId, scan, start, db } = await make()
  const look = start()
  for (const time of ['first', 'second']) {
    await setAreaStatus(db, areaId, 'folder_timeout')
    expect(await look(), time).toBe('back')
    expect(await look(), time).toBe('same')
    await scan(areaId)
    expect(await statusOf(db, areaId)).toEqual(['online', null])
  }
})

test('another folder at the path is scanned once and not every time; the old one at once', async () => {
  const { root, away, areaId, scan, start } = await make()
  await rename(root, away)
  await failureOf(scan(areaId))
  const probe = start()
  await probe()
  await mkdir(root)
  await writeFile(join(root, 'other.mp4'), 'x')
  expect(await probe()).toBe('back')
  expect(await failureOf(scan(areaId))).toBe('root_replaced')
  expect(await probe()).toBe('same')
  // so it is after a restart, which has forgotten what was seen
  expect(await start()()).toBe('same')
  await rm(root, { recursive: true })
  await rename(away, root)
  expect(await probe()).toBe('back')
  expect(await start()()).toBe('back')
})

test('an empty root is back when something is in it', async () => {
  const { root, away, areaId, scan, start } = await make()
  await mkdir(away)
  for (const name of ['drive', 'other']) await rename(join(root, name), join(away, name))
  expect(await failureOf(scan(areaId))).toBe('root_empty')
  const probe = start()
  expect(await probe()).toBe('same')
  for (const name of ['drive', 'other']) await rename(join(away, name), join(root, name))
  expect(await probe()).toBe('back')
  expect(await start()()).toBe('back')
})

test('a braked area is back when less of it is gone than before', async () => {
  const { root, away, areaId, scan, start } = await make()
  await rename(join(root, 'drive'), away)
  expect(await failureOf(scan(areaId))).toBe('many_vanished')
  const probe = start()
  expect(await probe()).toBe('same')
  expect(await probe()).toBe('same')
  await rename(away, join(root, 'drive'))
  expect(await probe()).toBe('back')
})
