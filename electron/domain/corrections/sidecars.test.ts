import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../../test/access-matrix/world.ts'
import { cameraExif, makePicture } from '../../../test/support/pictures.ts'
import type { Input } from '../../contract/contract.ts'
import { files, overlays, photos, photoTags, sharedCaptions, tags } from '../../db/schema.ts'

let world: World
let dated: number
beforeAll(async () => {
  world = await makeWorld()
  await makePicture(join(world.folders.own, 'dated.jpg'), { exif: cameraExif() })
  await world.scanAll(world.callers.operator)
  const [row] = await world.services.db.read.select().from(files).where(eq(files.name, 'dated.jpg'))
  dated = row?.photoId ?? 0
}, 60_000)
afterAll(() => world.close())

const write = (input: Input<'photos.writeSidecars'>) =>
  world.get(world.callers.user, 'photos.writeSidecars', input)
const path = (name: string) => join(world.folders.own, `${name}.jpg.xmp`)
const sidecar = (name: string) => readFileSync(path(name), 'utf8')

test('what counts is written; of a file’s own time and an unknown place nothing', async () => {
  const { own } = world.photo
  expect(await write({ ids: [own, dated, own] })).toEqual({ written: [own, dated], failed: [] })
  expect(sidecar('own')).not.toMatch(/DateTimeOriginal|GPS/)
  expect(sidecar('dated')).toContain('<exif:DateTimeOriginal>2024-07-06T12:13:14+02:00<')
  const place = { latitude: 38.7, longitude: -9.1 }
  await world.get(world.callers.user, 'photos.correct', {
    ids: [own, dated],
    takenAt: '1999-12-31T23:59:59.250',
    zone: 'Asia/Kathmandu',
    place,
  })
  await write({ ids: [own, dated] })
  for (const name of ['own', 'dated']) {
    expect(sidecar(name)).toContain('<exif:DateTimeOriginal>1999-12-31T23:59:59.250+05:45<')
    expect(sidecar(name)).toContain('<exif:GPSLatitude>38,42.000000N<')
  }
  await world.get(world.callers.user, 'photos.correct', { ids: [own], place: null })
  await write({ ids: [own] })
  expect(sidecar('own')).not.toContain('GPS')
  await world.get(world.callers.user, 'photos.uncorrect', { ids: [own, dated] })
})

test('a scan loses nothing by a sidecar, nor takes it for a photo', async () => {
  const { db } = world.services
  const before = await db.read.select().from(photos).orderBy(photos.id)
  await write({ ids: [dated] })
  await world.scanAll(world.callers.operator)
  expect(await db.read.select().from(photos).orderBy(photos.id)).toEqual(before)
})

test('own words are written on wish alone, and those for everyone with them; nobody else’s', async () => {
  const { db } = world.services
  const [me, other] = [world.idOf('user'), world.idOf('admin')]
  await db.write(async (tx) => {
    const row = { photoId: dated, updatedAt: 0 }
    await tx.insert(overlays).values([
      { ...row, accountId: me, rating: 4 },
      { ...row, accountId: other, rating: 1, caption: 'theirs' },
    ])
    await tx.insert(sharedCaptions).values({ ...row, caption: 'for <everyone>' })
    await tx.insert(tags).values([
      { id: 1, accountId: me, name: 'Places' },
      { id: 2, accountId: me, parentId: 1, name: 'Lisbon' },
      { id: 3, accountId: other, name: 'secret' },
      { id: 4, accountId: null, name: 'family' },
    ])
    await tx.insert(photoTags).values([2, 3, 4].map((tagId) => ({ tagId, photoId: dated })))
  })
  rmSync(path('dated'), { force: true })
  await write({ ids: [dated] })
  expect(sidecar('dated')).not.toMatch(/Rating|everyone|Lisbon|family|secret|theirs/)
  await write({ ids: [dated], own: true })
  const text = sidecar('dated')
  expect(text).toContain('<xmp:Rating>4<')
  expect(text).toContain('for &lt;everyone&gt;')
  expect(text).toContain('Places|Lisbon')
  expect(text).toContain('family')
  expect(text).not.toMatch(/secret|theirs/)
})

test('each that fails is told and stays; the others are written', async () => {
  const { own, offline } = world.photo
  writeFileSync(path('own'), 'not XMP')
  const answer = await write({ ids: [own, offline, dated] })
  expect(answer.written).toEqual([dated])
  expect(answer.failed).toEqual([
    { id: own, reason: 'sidecar_unknown' },
    { id: offline, reason: 'root_missing' },
  ])
  expect(sidecar('own')).toBe('not XMP')
  rmSync(path('own'))
})

test('nothing is written where any of them may not be corrected', async () => {
  rmSync(path('own'), { force: true })
  for (const [id, code] of [
    [world.photo.shared, 'forbidden'],
    [world.photo.foreign, 'not_found'],
  ] as const)
    expect(
      await world.call(world.callers.user, 'photos.writeSidecars', { ids: [world.photo.own, id] }),
    ).toMatchObject({ ok: false, error: { code } })
  expect(readdirSync(world.folders.own)).not.toContain('own.jpg.xmp')
})
