import { mkdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../../test/support/database.ts'
import { enclosed, lookOf } from '../../../test/support/enclosed.ts'
import { canHang, mountSilence } from '../../../test/support/mounts.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { accountPrincipal } from '../../../test/support/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { createMediaClient } from '../../workers/media-client.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { createWalkClient } from '../../workers/walk-client.ts'
import type { PictureKind } from '../media/pictures.ts'
import { createRendering } from '../scan/rendering.ts'
import { createSurroundings } from '../scan/surroundings.ts'
import type { PictureFile } from './open-file.ts'
import { findPhoto } from './photo.ts'
import { createPictures } from './pictures.ts'

/** Sees every folder of the household. */
const OLGA = accountPrincipal({ role: 'admin' })

const media = createMediaClient({ spawner: forkSpawner, processes: 1 })
const walk = createWalkClient({ spawner: forkSpawner, lookMs: 1000, readMs: 1000 })
afterAll(() => {
  media.close()
  walk.close()
})

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
    await tx
      .insert(areas)
      .values({ id: 1, ...enclosed(join(root, 'a')).folder, registered: true, createdAt: 0 })
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
    surroundings: createSurroundings({ db, walk, statusChanged: () => undefined }),
    cacheDirectory,
    changed: () => undefined,
  })
  const pictures = createPictures({ cacheDirectory, rendering, walk, media })
  const photoOf = async () => {
    const found = await findPhoto(db.read, await reachableScope(db.read, OLGA), 1)
    if (!found) throw new Error('the photo is not in scope')
    return found
  }
  return {
    path: join(root, name),
    root,
    cacheDirectory,
    rendered: async (kind: PictureKind) => pictures.rendered(await photoOf(), kind),
    original: async () => pictures.original(await photoOf()),
    contentOf: async (file: PictureFile) => {
      const open = await pictures.open(file)
      return open.read(0, open.size).finally(() => open.close())
    },
    decoded: () => decoded,
  }
}

test('a picture that is missing is made once, however many ask, and then served from the cache', async () => {
  const { path, rendered, decoded } = await makePhoto('a.jpg')
  await makePicture(path, { width: 900, height: 600 })
  const kinds = ['thumb', 'preview', 'thumb'] as const
  const [thumb, preview, again] = await Promise.all(kinds.map((kind) => rendered(kind)))
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
  await rendered('preview')
  expect(decoded()).toBe(2)
})

test('a cache that was deleted comes back', async () => {
  const { path, cacheDirectory, rendered, decoded } = await makePhoto('a.png')
  await makePicture(path, { format: 'png', colour: '#ff000080' })
  const before = await rendered('preview')
  expect(before.mime).toBe('image/webp')
  await rm(cacheDirectory, { recursive: true })
  expect(await rendered('preview')).toEqual(before)
  expect((await readFile(before.path)).length).toBeGreaterThan(0)
  expect(decoded()).toBe(2)
})

test('what has no picture is not found; what cannot be had now is unavailable, with the reason', async () => {
  const damaged = await makePhoto('a.jpg')
  await writeFile(damaged.path, 'no picture')
  await expect(damaged.rendered('thumb')).rejects.toMatchObject({ code: 'not_found' })
  const gone = await makePhoto('b.jpg')
  const missing = { code: 'unavailable', details: { reason: 'file_missing' } }
  await expect(gone.rendered('thumb')).rejects.toMatchObject(missing)
  await expect(gone.original()).rejects.toMatchObject(missing)
})

test('an original is its own file, and another edit has another tag', async () => {
  const { path, original, contentOf } = await makePhoto('a.jpg')
  await makePicture(path)
  const first = await original()
  expect(first).toMatchObject({ path, mime: 'image/jpeg', fileName: 'a.jpg' })
  expect(await contentOf(first)).toEqual(new Uint8Array(await readFile(path)))
  await makePicture(path, { width: 300 })
  expect((await original()).etag).not.toBe(first.etag)
  // half of one edit and half of the next would be no picture at all
  expect(await contentOf(first)).toHaveLength(0)
})

test('no link that a directory has become leads to a file outside the folder', async () => {
  const { path, original } = await makePhoto(join('trip', 'a.jpg'))
  const trip = dirname(path)
  await mkdir(trip)
  await makePicture(path)
  expect((await original()).path).toBe(path)
  const outside = join(dirname(dirname(trip)), 'private')
  await rename(trip, outside)
  await symlink(outside, trip, 'junction')
  await expect(original()).rejects.toMatchObject({ details: { reason: 'file_is_link' } })
})

test.skipIf(!canHang)(
  `a folder that does not answer keeps nobody from the others${canHang ? '' : ' (skipped: no mounts here)'}`,
  async () => {
    const silent = await makePhoto('a.jpg')
    const other = await makePhoto('b.jpg')
    await makePicture(silent.path)
    await makePicture(other.path)
    const seen = await silent.original()
    const mount = mountSilence(silent.root)
    try {
      const asked = Array.from({ length: 40 }, () => silent.original().catch((error: unknown) => error))
      // more than the process has threads: were the disk touched here, nothing else of it would answer
      const read = silent.contentOf(seen).catch(String)
      expect(await other.contentOf(await other.original())).not.toHaveLength(0)
      for (const answer of await Promise.all(asked))
        expect(answer).toMatchObject({ code: 'unavailable', details: { reason: 'folder_timeout' } })
      expect(await read).toContain('folder_timeout')
    } finally {
      mount.end()
    }
    expect((await silent.original()).etag).toBe(seen.etag)
  },
)
