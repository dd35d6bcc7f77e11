import { mkdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../../test/support/database.ts'
import { lookOf } from '../../../test/support/enclosed.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { createMediaClient } from '../../workers/media-client.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { createRendering } from '../scan/rendering.ts'
import { createPictures } from './pictures.ts'

const media = createMediaClient({ spawner: forkSpawner, processes: 1 })
afterAll(() => media.close())

/** One photo whose file is `name`; nothing of it was made yet. */
async function makePhoto(name: string) {
  const home = await realpath(await makeFolder())
  const root = join(home, 'pictures')
  const cacheDirectory = join(home, 'cache')
  await mkdir(root)
  const db = await makeDatabase()
  const photo = {
    id: 1,
    areaId: 1,
    kind: 'image',
    state: 'pending',
    takenAt: '2024-05-01T00:00:00.000',
    takenSource: 'file',
    mime: 'image/jpeg',
    addedAt: 0,
  } as const
  await db.write(async (tx) => {
    await tx.insert(areas).values({ id: 1, path: root, device: '1', inode: '1', createdAt: 0 })
    await tx.insert(directories).values({ id: 1, areaId: 1, path: root })
    await tx.insert(photos).values(photo)
    const place = { areaId: 1, directoryId: 1, photoId: 1 }
    await tx.insert(files).values({ ...place, name, sizeBytes: 1, mtimeMs: 1 })
  })
  let decoded = 0
  const render: typeof media.render = (file, ...rest) => {
    decoded += 1
    return media.render({ ...file, ...lookOf(file.path) }, ...rest)
  }
  const rendering = createRendering({
    db,
    media: { ...media, render },
    cacheDirectory,
    changed: () => undefined,
  })
  const pictures = createPictures({ db, cacheDirectory, rendering })
  return { path: join(root, name), cacheDirectory, pictures, decoded: () => decoded }
}

test('a picture that is missing is made once, however many ask, and then served from the cache', async () => {
  const { path, pictures, decoded } = await makePhoto('a.jpg')
  await makePicture(path, { width: 900, height: 600 })
  const kinds = ['thumb', 'preview', 'thumb'] as const
  const [thumb, preview, again] = await Promise.all(kinds.map((kind) => pictures.rendered(1, kind)))
  expect(decoded()).toBe(2)
  expect(again).toEqual(thumb)
  expect(thumb).toMatchObject({ mime: 'image/webp', fileName: 'a.jpg.webp' })
  expect(preview?.mime).toBe('image/jpeg')
  expect(thumb?.etag).not.toBe(preview?.etag)
  expect(thumb?.etag).toMatch(/^[\w.-]+$/)
  expect(await sharp(await readFile(thumb?.path ?? '')).metadata()).toMatchObject({
    format: 'webp',
    width: 512,
  })
  await pictures.rendered(1, 'preview')
  expect(decoded()).toBe(2)
})

test('a cache that was deleted comes back', async () => {
  const { path, cacheDirectory, pictures, decoded } = await makePhoto('a.png')
  await makePicture(path, { format: 'png', colour: '#ff000080' })
  const before = await pictures.rendered(1, 'preview')
  expect(before.mime).toBe('image/webp')
  await rm(cacheDirectory, { recursive: true })
  expect(await pictures.rendered(1, 'preview')).toEqual(before)
  expect((await readFile(before.path)).length).toBeGreaterThan(0)
  expect(decoded()).toBe(2)
})

test('what has no picture is not found; what cannot be had now is unavailable, with the reason', async () => {
  const damaged = await makePhoto('a.jpg')
  await writeFile(damaged.path, 'no picture')
  await expect(damaged.pictures.rendered(1, 'thumb')).rejects.toMatchObject({ code: 'not_found' })
  await expect(damaged.pictures.rendered(2, 'thumb')).rejects.toMatchObject({ code: 'not_found' })
  await expect(damaged.pictures.original(2)).rejects.toMatchObject({ code: 'not_found' })
  const gone = await makePhoto('b.jpg')
  const missing = { code: 'unavailable', details: { reason: 'file_missing' } }
  await expect(gone.pictures.rendered(1, 'thumb')).rejects.toMatchObject(missing)
  await expect(gone.pictures.original(1)).rejects.toMatchObject(missing)
})

test('an original is its own file, and another edit has another tag', async () => {
  const { path, pictures } = await makePhoto('a.jpg')
  await makePicture(path)
  const original = await pictures.original(1)
  expect(original).toMatchObject({ path, mime: 'image/jpeg', fileName: 'a.jpg' })
  await makePicture(path, { width: 300 })
  expect((await pictures.original(1)).etag).not.toBe(original.etag)
})

test('no link that a directory has become leads to a file outside the folder', async () => {
  const { path, pictures } = await makePhoto(join('trip', 'a.jpg'))
  const trip = dirname(path)
  await mkdir(trip)
  await makePicture(path)
  expect((await pictures.original(1)).path).toBe(path)
  const outside = join(dirname(dirname(trip)), 'private')
  await rename(trip, outside)
  await symlink(outside, trip, 'junction')
  await expect(pictures.original(1)).rejects.toMatchObject({ details: { reason: 'file_missing' } })
})
