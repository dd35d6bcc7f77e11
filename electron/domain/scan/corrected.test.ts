import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cameraExif, makePicture } from '../../../test/support/pictures.ts'
import { accountPrincipal } from '../../../test/support/principal.ts'
import { makeScanned, shown, touch } from '../../../test/support/scanning.ts'
import { accounts, areas, corrections } from '../../db/schema.ts'
import { startSession } from '../accounts/sessions.ts'
import { setGrants } from '../areas/access.ts'
import { correctPhotos } from '../corrections/correct.ts'
import { planOfFiles, planOfRule } from '../corrections/plan.ts'

const ann = 1
const spot = { latitude: 48.2, longitude: 16.4, altitude: null }
const gpsOf = (degrees: number) => ({
  GPSLatitude: `${degrees}/1 0/1 0/1`,
  GPSLatitudeRef: 'N',
  GPSLongitude: `${degrees}/1 0/1 0/1`,
  GPSLongitudeRef: 'E',
})

/** A folder with one picture of 6 July 2024 at 10° N 10° E, that Ann may correct. */
async function makeCorrectable() {
  const scanned = await makeScanned()
  const { db, root, areaId, scan } = scanned
  const clock = () => 5000
  await db.write(async (tx) => {
    await tx
      .insert(accounts)
      .values({ id: ann, username: 'ann', role: 'user', passwordHash: '', createdAt: 0 })
    await setGrants(tx, ann, [{ areaId, access: 'read-write', mayShare: false }], 0)
    const session = { accountId: ann, device: 'test', address: '127.0.0.1', now: 0 }
    await startSession(tx, session)
  })
  const by = accountPrincipal({ accountId: ann, username: 'ann' })
  const picture = (name: string, taken: string, degrees: number, colour = '#7a9e7e') =>
    makePicture(join(root, name), {
      exif: { ...cameraExif({ taken }), IFD3: gpsOf(degrees) },
      colour,
    })
  await picture('a.jpg', '2024:07:06 12:13:14', 10)
  await scan(areaId)
  const photo = async (path = 'a.jpg') => (await shown(db, root)).get(path)?.photo
  const id = (await photo())?.id ?? 0
  const correct = (rule: Parameters<typeof planOfRule>[1], ids = [id]) =>
    correctPhotos({ db, clock }, by, planOfRule(ids, rule))
  const uncorrect = () => correctPhotos({ db, clock }, by, planOfFiles([id], true))
  return { ...scanned, picture, photo, id, correct, uncorrect }
}

test('a file that was edited keeps its corrections; what it says now is noted beside them', async () => {
  const { root, areaId, scan, picture, photo, correct, uncorrect, db } = await makeCorrectable()
  await correct({ takenAt: '1999-12-31T12:00:00.000', zone: '-05:00', place: spot })
  const version = (await photo())?.version ?? 0
  await picture('a.jpg', '2030:01:02 03:04:05', 20, '#112233')
  await touch(join(root, 'a.jpg'), 2_000_000_000)
  await scan(areaId)
  expect(await photo()).toMatchObject({
    takenAt: '1999-12-31T12:00:00.000',
    takenOffset: '-05:00',
    ...spot,
    version: version + 1,
    cameraMake: 'Mantel',
  })
  expect(await db.read.select().from(corrections)).toMatchObject([
    { date: true, place: true, fileTakenAt: '2030-01-02T03:04:05.000', fileLatitude: 20, fileLongitude: 20 },
  ])
  await uncorrect()
  expect(await photo()).toMatchObject({
    takenAt: '2030-01-02T03:04:05.000',
    takenOffset: '+02:00',
    latitude: 20,
    longitude: 20,
  })
})

test('parts that were not put right follow the file', async () => {
  const { root, areaId, scan, picture, photo, correct } = await makeCorrectable()
  await correct({ place: null })
  await picture('a.jpg', '2030:01:02 03:04:05', 20, '#112233')
  await touch(join(root, 'a.jpg'), 2_000_000_000)
  await scan(areaId)
  expect(await photo()).toMatchObject({ takenAt: '2030-01-02T03:04:05.000', latitude: null, longitude: null })
  await correct({ shiftMs: 1 })
  await picture('a.jpg', '2031:01:02 03:04:05', 30, '#332211')
  await touch(join(root, 'a.jpg'), 2_000_000_001)
  await scan(areaId)
  expect(await photo()).toMatchObject({ takenAt: '2030-01-02T03:04:05.001', latitude: null })
})

test('a file that lost its metadata, or is damaged now, takes no correction with it', async () => {
  const { root, areaId, scan, photo, correct } = await makeCorrectable()
  await correct({ shiftMs: 3_600_000, place: spot })
  await writeFile(join(root, 'a.jpg'), 'no picture any more')
  await touch(join(root, 'a.jpg'), 1_900_000_000)
  await scan(areaId)
  expect(await photo()).toMatchObject({ takenAt: '2024-07-06T13:13:14.000', ...spot, takenSource: 'file' })
})

test('a move, also into another area and with another extension, takes the correction along', async () => {
  const { root, areaId, areaOf, scan, photo, id, correct } = await makeCorrectable()
  await correct({ takenAt: '1999-12-31T12:00:00.000', place: spot })
  await mkdir(join(root, 'deep', 'er'), { recursive: true })
  const deep = await areaOf(join(root, 'deep'))
  await rename(join(root, 'a.jpg'), join(root, 'deep', 'er', 'b.jpeg'))
  await writeFile(join(root, 'notes.txt'), 'not empty')
  await scan(deep)
  await scan(areaId)
  await scan(deep)
  expect(await photo('deep/er/b.jpeg')).toMatchObject({
    id,
    takenAt: '1999-12-31T12:00:00.000',
    ...spot,
  })
})

test('a file that was away for a while comes back corrected', async () => {
  const { home, root, areaId, scan, photo, correct } = await makeCorrectable()
  await correct({ takenAt: '1999-12-31T12:00:00.000' })
  await writeFile(join(root, 'notes.txt'), 'not empty')
  await rename(join(root, 'a.jpg'), join(home, 'a.jpg'))
  await scan(areaId)
  expect((await photo())?.missingAt).not.toBeNull()
  await rename(join(home, 'a.jpg'), join(root, 'a.jpg'))
  await scan(areaId)
  expect(await photo()).toMatchObject({ missingAt: null, takenAt: '1999-12-31T12:00:00.000' })
})

test('before a photo is forgotten its correction goes to one that holds the same, unless that was put right itself', async () => {
  const { root, db, areaId, scan, photo, correct } = await makeCorrectable()
  await writeFile(join(root, 'film.mp4'), 'film')
  await writeFile(join(root, 'other.mp4'), 'other film')
  await mkdir(join(root, 'copies'))
  await writeFile(join(root, 'copies', 'film.mp4'), 'film')
  await writeFile(join(root, 'copies', 'other.mp4'), 'other film')
  await scan(areaId)
  const idOf = async (path: string) => (await photo(path))?.id ?? 0
  await correct({ takenAt: '1999-12-31T12:00:00.000', place: spot }, [
    await idOf('film.mp4'),
    await idOf('other.mp4'),
  ])
  await correct({ takenAt: '2001-01-01T00:00:00.000' }, [await idOf('copies/other.mp4')])
  const fileSays = (await photo('copies/film.mp4'))?.takenAt ?? ''
  await rm(join(root, 'film.mp4'))
  await rm(join(root, 'other.mp4'))
  await scan(areaId)
  const { onlineDays = 0 } = (await db.read.select().from(areas).where(eq(areas.id, areaId)))[0] ?? {}
  await db.write((tx) =>
    tx
      .update(areas)
      .set({ onlineDays: onlineDays + 30 })
      .where(eq(areas.id, areaId)),
  )
  expect((await scan(areaId)).result.dropped).toBe(2)
  expect(await photo('copies/film.mp4')).toMatchObject({ takenAt: '1999-12-31T12:00:00.000', ...spot })
  expect(await photo('copies/other.mp4')).toMatchObject({ takenAt: '2001-01-01T00:00:00.000', ...spot })
  const rows = await db.read.select().from(corrections).orderBy(corrections.photoId)
  expect(rows).toMatchObject([
    { date: true, place: true, fileTakenAt: fileSays, fileLatitude: null },
    { date: true, place: true },
  ])
})
