import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../test/support/database.ts'
import { cameraExif, makePicture } from '../../../test/support/pictures.ts'
import { makeScanned, media, shown, touch, walk } from '../../../test/support/scanning.ts'
import type { Database } from '../../db/connect.ts'
import { areas, files, monthCounts, photos } from '../../db/schema.ts'
import { createRendering } from './rendering.ts'
import { type ScanNeeds, scanArea } from './scan-area.ts'
import { createSurroundings } from './surroundings.ts'

async function statesOf(db: Database, root: string): Promise<Record<string, string>> {
  const all = await shown(db, root)
  return Object.fromEntries([...all].map(([path, { photo }]) => [path, photo.state]))
}

test('a first scan shows every file of a known kind, with what it says of itself', async () => {
  const { root, db, areaId, scan, changes } = await makeScanned()
  await makePicture(join(root, 'a.jpg'), { width: 60, height: 40, orientation: 6, exif: cameraExif() })
  await makePicture(join(root, '2024', 'may', 'b.png'), { format: 'png', width: 30, height: 30 })
  await writeFile(join(root, 'c.heic'), 'no picture')
  await writeFile(join(root, 'd.jpg'), 'no picture either')
  await writeFile(join(root, 'notes.txt'), 'not indexed')
  const { result, failures, progress } = await scan(areaId)
  expect(await statesOf(db, root)).toEqual({
    'a.jpg': 'ready',
    '2024/may/b.png': 'ready',
    'c.heic': 'unsupported',
    'd.jpg': 'broken',
  })
  expect(result).toEqual({
    files: 4,
    added: 4,
    edited: 0,
    moved: 0,
    returned: 0,
    missing: 0,
    dropped: 0,
    ready: 2,
    unsupported: 0,
    broken: 1,
  })
  expect(failures).toEqual([{ path: join(root, 'd.jpg'), reason: 'decode_failed' }])
  expect(progress.at(-1)).toEqual([4, 4])
  const { photo, file } = (await shown(db, root)).get('a.jpg') ?? {}
  expect(photo).toMatchObject({ width: 40, height: 60, mime: 'image/jpeg', version: 1, cameraMake: 'Mantel' })
  expect(photo).toMatchObject({
    takenAt: '2024-07-06T12:13:14.000',
    takenOffset: '+02:00',
    takenSource: 'exif',
  })
  expect(photo?.thumbhash?.length).toBeGreaterThan(4)
  expect(file?.contentHash).toMatch(/^[0-9a-f]{64}$/)
  expect(file?.quickHash).toMatch(/^[0-9a-f]{64}$/)
  expect(changes).toContain(areaId)
  const [area] = await db.read.select().from(areas).where(eq(areas.id, areaId))
  expect(area?.lastScanAt).toBeGreaterThan(0)
})

test('a second scan of the same folder writes nothing to photos and files', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await writeFile(join(root, 'broken.jpg'), 'no picture')
  await writeFile(join(root, 'film.mp4'), 'no film')
  await scan(areaId)
  const before = await shown(db, root)
  // any write to these tables would fail from here on
  await db.write(async (tx) => {
    for (const table of ['photos', 'files'])
      for (const change of ['insert', 'update', 'delete'])
        await tx.run(
          `create trigger no_${change}_${table} before ${change} on ${table} begin select raise(abort, 'written'); end`,
        )
  })
  const { result, failures, progress } = await scan(areaId)
  expect(result).toMatchObject({ files: 3, added: 0, edited: 0, missing: 0, ready: 0, broken: 0 })
  expect(failures).toEqual([])
  expect(progress.at(-1)).toEqual([3, 3])
  expect(await shown(db, root)).toEqual(before)
})

test('an edited file keeps its photo, as a new version with new pictures', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  const path = await makePicture(join(root, 'a.jpg'), { colour: '#ff0000', exif: cameraExif() })
  await scan(areaId)
  const before = (await shown(db, root)).get('a.jpg')
  await db.write((tx) => tx.update(photos).set({ archived: true }))
  await makePicture(path, { colour: '#0000ff', width: 90, height: 50 })
  await touch(path, 1_700_000_000)
  expect((await scan(areaId)).result).toMatchObject({ added: 0, edited: 1, ready: 1 })
  const after = (await shown(db, root)).get('a.jpg')
  expect(after?.photo.id).toBe(before?.photo.id)
  expect(after?.photo).toMatchObject({
    version: 2,
    state: 'ready',
    width: 90,
    cameraMake: null,
    archived: true,
  })
  expect(after?.photo.thumbhash).not.toEqual(before?.photo.thumbhash)
  expect(after?.file.contentHash).not.toBe(before?.file.contentHash)
})

test('a file of the same size but another time is looked at again', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await writeFile(join(root, 'film.mp4'), 'one')
  await touch(join(root, 'film.mp4'), 1_600_000_000)
  await scan(areaId)
  await touch(join(root, 'film.mp4'), 1_600_000_001)
  expect((await scan(areaId)).result).toMatchObject({ added: 0, edited: 1 })
  expect((await shown(db, root)).get('film.mp4')?.file.mtimeMs).toBe(1_600_000_001_000)
})

test('a broken file that was mended is shown, and one that broke says so', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await writeFile(join(root, 'a.jpg'), 'no picture')
  await writeFile(join(root, 'empty.jpg'), '')
  await makePicture(join(root, 'b.jpg'))
  await scan(areaId)
  expect((await shown(db, root)).get('empty.jpg')?.photo).toMatchObject({
    state: 'broken',
    stateReason: 'empty_file',
  })
  await makePicture(join(root, 'a.jpg'))
  await writeFile(join(root, 'b.jpg'), 'damaged')
  await scan(areaId)
  expect(await statesOf(db, root)).toMatchObject({ 'a.jpg': 'ready', 'b.jpg': 'broken' })
  expect((await shown(db, root)).get('b.jpg')?.photo.thumbhash).toBeNull()
})

test('nested folders are indexed once, each by its own area, the data directory never', async () => {
  const { home, db, root, areaOf, areaId, scan, dataDir } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'ann', 'b.jpg'))
  await makePicture(join(dataDir, 'secret.jpg'))
  const top = await areaOf(home)
  await scan(areaId)
  const nested = await areaOf(join(root, 'ann'))
  for (const id of [top, areaId, nested, top, areaId, nested]) await scan(id)
  const rows = await db.read
    .select({ name: files.name, file: files.areaId, photo: photos.areaId, version: photos.version })
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
    .orderBy(files.name)
  expect(rows).toEqual([
    { name: 'a.jpg', file: areaId, photo: areaId, version: 1 },
    { name: 'b.jpg', file: nested, photo: nested, version: 1 },
  ])
})

test('a folder split off after its scan keeps its photos, and is not read again', async () => {
  const { root, db, areaOf, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'ann', 'b.jpg'))
  await scan(areaId)
  const before = (await shown(db, root)).get('ann/b.jpg')
  const nested = await areaOf(join(root, 'ann'))
  expect((await scan(nested)).result).toMatchObject({ files: 1, added: 0, edited: 0 })
  expect((await scan(areaId)).result).toMatchObject({ files: 0, missing: 0 })
  const after = (await shown(db, root)).get('ann/b.jpg')
  expect(after?.photo).toEqual({ ...before?.photo, areaId: nested })
})

test('what a scan finds below a folder that was split off meanwhile belongs there', async () => {
  const { root, db, areaOf, areaId, scan } = await makeScanned((needs) => ({
    ...needs,
    media: {
      // the folder is granted while the scan is reading its files
      inspect: async (...args) => {
        nested ??= await areaOf(join(root, 'ann'))
        return needs.media.inspect(...args)
      },
    },
  }))
  let nested: number | undefined
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'ann', 'b.jpg'))
  await scan(areaId)
  const all = await shown(db, root)
  expect(all.get('ann/b.jpg')?.photo.areaId).toBe(nested)
  expect(all.get('a.jpg')?.photo.areaId).toBe(areaId)
})

test('a cancelled scan keeps what it found, and the next one goes on from there', async () => {
  const stopping = new AbortController()
  let inspected = 0
  const { root, db, areaId, scan } = await makeScanned((needs) => ({
    ...needs,
    media: {
      inspect: async (...args) => {
        inspected += 1
        if (inspected === 160) stopping.abort(new Error('enough'))
        return needs.media.inspect(...args)
      },
    },
  }))
  for (let index = 0; index < 170; index += 1) await writeFile(join(root, `${index}.mp4`), `${index}`)
  await makePicture(join(root, 'z.jpg'))
  await expect(scan(areaId, stopping.signal)).rejects.toThrow('enough')
  expect(await db.read.$count(photos)).toBe(150)
  inspected = 1000
  expect((await scan(areaId)).result).toMatchObject({ files: 171, added: 21, ready: 1 })
  expect(await db.read.$count(photos)).toBe(171)
  const [month] = await db.read.select().from(monthCounts)
  expect(month?.count).toBe(171)
})

test('a scan that fails half-way leaves no walk hanging', async () => {
  let isFaulty = true
  const { root, areaId, scan } = await makeScanned((needs) => ({
    ...needs,
    media: {
      inspect: async (...args) => {
        if (isFaulty) throw new Error('a bug')
        return needs.media.inspect(...args)
      },
    },
  }))
  // more than one batch of files, so that the walk is still under way
  for (let folder = 0; folder < 3; folder += 1) {
    await mkdir(join(root, `${folder}`))
    for (let index = 0; index < 160; index += 1) await writeFile(join(root, `${folder}`, `${index}.mp4`), '')
  }
  // as often as there are processes, and once more
  for (let attempt = 0; attempt < 3; attempt += 1) await expect(scan(areaId)).rejects.toThrow('a bug')
  isFaulty = false
  expect((await scan(areaId)).result.added).toBe(480)
})

test('photos left pending by a stop are rendered by the next scan, newest first', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  for (const year of [2019, 2023, 2021])
    await makePicture(join(root, `${year}.jpg`), {
      width: 20 + year - 2000,
      exif: cameraExif({ taken: `${year}:01:01 00:00:00` }),
    })
  await scan(areaId)
  await db.write((tx) => tx.update(photos).set({ state: 'pending' }))
  const seen: (string | undefined)[] = []
  const next = await makeRescan(db, (path) => seen.push(path.match(/\d{4}\.jpg$/)?.[0]))
  const context = { signal: new AbortController().signal, fail: () => undefined, progress: () => undefined }
  expect(await scanArea(next, areaId, context)).toMatchObject({ added: 0, edited: 0, ready: 3 })
  expect(seen).toEqual(['2023.jpg', '2021.jpg', '2019.jpg'])
})

/** Scans one photo at a time, telling which files are decoded. */
async function makeRescan(db: Database, told: (path: string) => void): Promise<ScanNeeds> {
  const dataDir = await makeFolder()
  const watched: Pick<typeof media, 'render' | 'decoder'> = {
    decoder: media.decoder,
    render: (file, ...rest) => {
      told(file.path)
      return media.render(file, ...rest)
    },
  }
  const nothing = () => undefined
  const cacheDirectory = join(dataDir, 'cache')
  const surroundings = createSurroundings({ db, walk, statusChanged: nothing })
  const rendering = createRendering({ db, media: watched, surroundings, cacheDirectory, changed: nothing })
  const hints = { changed: nothing, statusChanged: nothing }
  return { db, walk, media, rendering, surroundings, clock: Date.now, dataDir, atOnce: () => 1, ...hints }
}
