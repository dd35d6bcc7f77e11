import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../../test/support/database.ts'
import { enclosed, lookOf } from '../../../test/support/enclosed.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { createMediaClient, type MediaClient } from '../../workers/media-client.ts'
import type { RenderReply } from '../../workers/media-messages.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { createWalkClient } from '../../workers/walk-client.ts'
import { pictureFile } from '../media/pictures.ts'
import { renderWaiting } from './render-pass.ts'
import { createRendering } from './rendering.ts'
import { createSurroundings } from './surroundings.ts'

const media = createMediaClient({ spawner: forkSpawner, processes: 1 })
const walk = createWalkClient({ spawner: forkSpawner })
afterAll(() => {
  media.close()
  walk.close()
})

/** Renders files of whose size and time the rows here know nothing. */
const renderAny: MediaClient['render'] = (file, ...rest) =>
  media.render({ ...file, ...lookOf(file.path) }, ...rest)

/** Photos of an area as a scan leaves them before it makes their pictures. */
async function makePending(
  names: string[],
  render: MediaClient['render'] = renderAny,
  options: { longestTurnMs?: number } = {},
) {
  const root = await realpath(await makeFolder())
  const cacheDirectory = join(root, 'cache')
  const db = await makeDatabase()
  const ids = await db.write(async (tx) => {
    await tx.insert(areas).values({ id: 1, ...enclosed(join(root, 'a')).folder, createdAt: 0 })
    await tx.insert(directories).values({ id: 1, areaId: 1, path: root })
    const fixed = {
      areaId: 1,
      kind: 'image',
      state: 'pending',
      takenSource: 'file',
      mime: 'image/jpeg',
    } as const
    const rows = names.map((name, index) => ({
      file: { areaId: 1, directoryId: 1, name, sizeBytes: 1, mtimeMs: 1, photoId: index + 1 },
      photo: { ...fixed, id: index + 1, takenAt: '2024-05-01T00:00:00.000', addedAt: 0 },
    }))
    await tx.insert(photos).values(rows.map(({ photo }) => photo))
    await tx.insert(files).values(rows.map(({ file }) => file))
    return rows.map(({ photo }) => photo.id)
  })
  const changes: number[] = []
  const changed = (areaId: number) => void changes.push(areaId)
  const rendering = createRendering({
    db,
    media: { ...media, render },
    surroundings: createSurroundings({ db, walk, statusChanged: changed }),
    cacheDirectory,
    changed,
    ...options,
  })
  const rows = () => db.read.select().from(photos).orderBy(photos.id)
  return { root, cacheDirectory, db, ids, rendering, changes, rows }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

test('pictures lie in the cache where the noted hash tells', async () => {
  const { root, cacheDirectory, db, rendering, rows, changes } = await makePending(['a.jpg'])
  await makePicture(join(root, 'a.jpg'), { width: 70, height: 50 })
  const outcome = await rendering.ensureRendered(1, 'preview')
  const [file] = await db.read.select().from(files)
  expect(outcome).toEqual({ state: 'ready', contentHash: file?.contentHash, hasAlpha: false })
  for (const kind of ['thumb', 'preview'] as const)
    expect(await exists(join(cacheDirectory, pictureFile(kind, file?.contentHash ?? '', false).path))).toBe(
      true,
    )
  expect(await rows()).toMatchObject([{ state: 'ready', width: 70, height: 50, version: 1 }])
  expect(changes).toEqual([1])
})

test('a thumbnail comes first, and the preview when its turn is there', async () => {
  const { root, cacheDirectory, db, rendering, rows, changes } = await makePending(['a.jpg', 'b.png'])
  await makePicture(join(root, 'a.jpg'), { width: 1600, height: 1200 })
  await makePicture(join(root, 'b.png'), { format: 'png', width: 1600, height: 1200 })
  const pass = { read: db.read, rendering, areaId: 1, atOnce: () => 2 }
  expect(await renderWaiting(pass, 'thumb', context(), () => undefined)).toMatchObject({ ready: 2 })
  // What has to be decoded whole anyway gives its preview along with its thumbnail.
  expect((await rows()).map(({ hasPreview }) => hasPreview)).toEqual([false, true])
  const [file] = await db.read.select().from(files).orderBy(files.id)
  const at = (kind: 'thumb' | 'preview') =>
    exists(join(cacheDirectory, pictureFile(kind, file?.contentHash ?? '', false).path))
  expect([await at('thumb'), await at('preview')]).toEqual([true, false])
  expect(await renderWaiting(pass, 'preview', context(), () => undefined)).toMatchObject({ ready: 1 })
  expect([await at('thumb'), await at('preview')]).toEqual([true, true])
  // nobody who looks at the library sees a difference
  expect(changes).toEqual([1, 1])
  expect(await rows()).toMatchObject([
    { hasPreview: true, width: 1600, height: 1200, version: 1 },
    { hasPreview: true, width: 1600, height: 1200, version: 1 },
  ])
})

test('however many ask at once, a photo is decoded once', async () => {
  let decoded = 0
  const { root, rendering } = await makePending(['a.jpg'], (...args) => {
    decoded += 1
    return renderAny(...args)
  })
  await makePicture(join(root, 'a.jpg'))
  const outcomes = await Promise.all(
    [1, 2, 3].map(() => rendering.ensureRendered(1, 'preview', { priority: 'urgent' })),
  )
  expect(decoded).toBe(1)
  expect(new Set(outcomes).size).toBe(1)
  await rendering.ensureRendered(1, 'preview')
  expect(decoded).toBe(2)
})

test('somebody who waits too long for the turn of a picture is told so, and it is made all the same', async () => {
  const hanging = Promise.withResolvers<RenderReply>()
  const { ids, rendering, rows } = await makePending(['a.jpg'], () => hanging.promise, { longestTurnMs: 20 })
  const scanning = rendering.ensureRendered(ids[0] ?? 0, 'thumb')
  const told = await rendering.ensureRendered(ids[0] ?? 0, 'thumb', { priority: 'urgent' })
  expect(told).toMatchObject({ state: 'trouble', reason: 'worker_busy' })
  hanging.resolve({ ok: false, reason: 'decode_failed', detail: '' })
  expect(await scanning).toMatchObject({ state: 'broken' })
  expect(await rows()).toMatchObject([{ state: 'broken' }])
})

test('a picture whose turn has come is waited for', async () => {
  const begun = Promise.withResolvers<void>()
  const hanging = Promise.withResolvers<RenderReply>()
  const { ids, rendering } = await makePending(
    ['a.jpg'],
    (_path, _cache, { onBegin }) => {
      onBegin?.()
      begun.resolve()
      return hanging.promise
    },
    { longestTurnMs: 1 },
  )
  const scanning = rendering.ensureRendered(ids[0] ?? 0, 'thumb')
  await begun.promise
  const asked = rendering.ensureRendered(ids[0] ?? 0, 'thumb', { priority: 'urgent' })
  setTimeout(() => hanging.resolve({ ok: false, reason: 'decode_failed', detail: '' }), 50)
  expect(await asked).toMatchObject({ state: 'broken' })
  expect(await scanning).toEqual(await asked)
})

test('what a scan waits for goes first as soon as somebody else asks for it too', async () => {
  const priorities: (() => string | undefined)[] = []
  const hanging = Promise.withResolvers<RenderReply>()
  const { ids, rendering } = await makePending(['a.jpg'], (_path, _cache, { priority }) => {
    priorities.push(() => priority?.())
    return hanging.promise
  })
  const scanning = rendering.ensureRendered(ids[0] ?? 0, 'thumb')
  await expect.poll(() => priorities.map((priority) => priority())).toEqual(['normal'])
  const asked = rendering.ensureRendered(ids[0] ?? 0, 'thumb', { priority: 'urgent' })
  expect(priorities.map((priority) => priority())).toEqual(['urgent'])
  hanging.resolve({ ok: false, reason: 'file_unreadable', detail: '' })
  expect(await asked).toEqual(await scanning)
})

test('a file that cannot be decoded is noted with its reason, one that cannot be read is not', async () => {
  const { root, rendering, rows } = await makePending(['damaged.jpg', 'gone.jpg', 'film.jpg'])
  await writeFile(join(root, 'damaged.jpg'), 'no picture')
  await writeFile(join(root, 'film.jpg'), Buffer.from('0000001866747970686569630000000068656963', 'hex'))
  expect(await rendering.ensureRendered(1, 'preview')).toMatchObject({
    state: 'broken',
    reason: 'decode_failed',
  })
  expect(await rendering.ensureRendered(2, 'preview')).toMatchObject({
    state: 'trouble',
    reason: 'file_missing',
  })
  expect(await rendering.ensureRendered(3, 'preview')).toMatchObject({ state: 'unsupported' })
  expect(await rendering.ensureRendered(99, 'preview')).toBeUndefined()
  expect(await rows()).toMatchObject([
    { state: 'broken', stateReason: 'decode_failed' },
    { state: 'pending', stateReason: null },
    { state: 'unsupported', stateReason: 'unsupported_kind' },
  ])
})

test('a deleted cache comes back with the next request, the photo unchanged', async () => {
  const { root, cacheDirectory, rendering, rows } = await makePending(['a.jpg'])
  await makePicture(join(root, 'a.jpg'))
  await rendering.ensureRendered(1, 'preview')
  const before = await rows()
  await rm(cacheDirectory, { recursive: true })
  const outcome = await rendering.ensureRendered(1, 'preview')
  expect(await rows()).toEqual(before)
  const hash = outcome?.state === 'ready' ? outcome.contentHash : ''
  expect(await exists(join(cacheDirectory, pictureFile('thumb', hash, false).path))).toBe(true)
})

test('of an edit that no scan has come by yet nothing is noted: the file known here may be elsewhere, or come back', async () => {
  const { root, db, rendering, rows } = await makePending(['a.jpg'], media.render)
  const path = join(root, 'a.jpg')
  await makePicture(path, { colour: '#ff0000' })
  await db.write((tx) => tx.update(files).set(lookOf(path)))
  await rename(path, join(root, 'elsewhere.jpg'))
  for (const other of ['no picture', await readFile(await makePicture(join(root, 'b.jpg'), { width: 90 }))]) {
    await writeFile(path, other)
    const outcome = await rendering.ensureRendered(1, 'preview')
    expect(outcome).toEqual({ state: 'trouble', path, reason: 'file_changed' })
  }
  expect(await rows()).toMatchObject([{ version: 1, state: 'pending', thumbhash: null }])
  await rename(join(root, 'elsewhere.jpg'), path)
  expect(await rendering.ensureRendered(1, 'preview')).toMatchObject({ state: 'ready' })
})

test('what was decoded of an older version is not noted with the newer one', async () => {
  const { root, db, rendering, rows } = await makePending(['a.jpg'], async (...args) => {
    const reply = await renderAny(...args)
    await db.write((tx) => tx.update(photos).set({ version: 5 }))
    return reply
  })
  await makePicture(join(root, 'a.jpg'))
  await rendering.ensureRendered(1, 'preview')
  expect(await rows()).toMatchObject([{ version: 5, state: 'pending', thumbhash: null }])
  expect(await db.read.select({ hash: files.contentHash }).from(files)).toEqual([{ hash: null }])
})

const context = (signal = new AbortController().signal) => {
  const failures: string[] = []
  return { signal, failures, fail: (path: string, reason: string) => void failures.push(`${path} ${reason}`) }
}

test('a file that kills its decoder is marked, and the others are made', async () => {
  const crash: RenderReply = { ok: false, reason: 'worker_crashed', detail: 'signal SIGSEGV' }
  const names = ['a.jpg', 'evil.jpg', 'c.jpg']
  const { root, db, rendering, rows } = await makePending(names, async (file, ...rest) =>
    file.path.endsWith('evil.jpg') ? crash : renderAny(file, ...rest),
  )
  for (const name of names) await makePicture(join(root, name))
  const told = context()
  const counts = await renderWaiting(
    { read: db.read, rendering, areaId: 1, atOnce: () => 2 },
    'thumb',
    told,
    () => undefined,
  )
  expect(counts).toEqual({ ready: 2, unsupported: 0, broken: 1 })
  expect((await rows()).map(({ state, stateReason }) => [state, stateReason])).toEqual([
    ['ready', null],
    ['broken', 'worker_crashed'],
    ['ready', null],
  ])
  expect(told.failures).toEqual([`${join(root, 'evil.jpg')} worker_crashed`])
})

test('a file on a bad spot of a disk that answers otherwise is listed, and does not stop the rest', async () => {
  const silent: RenderReply = { ok: false, reason: 'folder_timeout', detail: 'nothing within 20000 ms' }
  const names = ['a.jpg', 'bad.jpg', 'c.jpg']
  const { root, db, rendering, rows } = await makePending(names, async (file, ...rest) =>
    file.path.endsWith('bad.jpg') ? silent : renderAny(file, ...rest),
  )
  for (const name of names) await makePicture(join(root, name))
  await db.write((tx) => tx.update(areas).set(enclosed(join(root, 'a.jpg')).folder))
  const told = context()
  const pass = { read: db.read, rendering, areaId: 1, atOnce: () => 1 }
  expect(await renderWaiting(pass, 'thumb', told, () => undefined)).toMatchObject({ ready: 2 })
  expect((await rows()).map(({ state }) => state)).toEqual(['ready', 'pending', 'ready'])
  expect(told.failures).toEqual([`${join(root, 'bad.jpg')} file_unreadable`])
})

test('a preview that cannot be made takes nothing from a photo that has its thumbnail, and is tried once', async () => {
  let tried = 0
  const { root, db, rendering, rows } = await makePending(['a.jpg'], async (file, cache, options) => {
    if (options.picture === 'thumb') return renderAny(file, cache, options)
    tried += 1
    return { ok: false, reason: 'worker_timeout', detail: '' }
  })
  await makePicture(join(root, 'a.jpg'), { width: 1600, height: 1200 })
  await rendering.ensureRendered(1, 'thumb')
  const pass = { read: db.read, rendering, areaId: 1, atOnce: () => 1 }
  const told = context()
  expect(await renderWaiting(pass, 'preview', told, () => undefined)).toMatchObject({ broken: 1 })
  expect(told.failures).toEqual([`${join(root, 'a.jpg')} worker_timeout`])
  expect(await rows()).toMatchObject([{ state: 'ready', stateReason: null, width: 1600 }])
  expect(await renderWaiting(pass, 'preview', context(), () => undefined)).toMatchObject({ broken: 0 })
  expect(await rendering.ensureRendered(1, 'preview', { priority: 'urgent' })).toMatchObject({
    state: 'broken',
  })
  expect(tried).toBe(1)
})

test('a full disk stops the pass and leaves the rest pending', async () => {
  const full: RenderReply = { ok: false, reason: 'storage_full', detail: 'ENOSPC' }
  const { db, rendering, rows } = await makePending(['a.jpg', 'b.jpg', 'c.jpg'], async () => full)
  const pass = renderWaiting(
    { read: db.read, rendering, areaId: 1, atOnce: () => 2 },
    'thumb',
    context(),
    () => undefined,
  )
  await expect(pass).rejects.toMatchObject({ name: 'JobFailedError', reason: 'storage_full' })
  expect((await rows()).every(({ state }) => state === 'pending')).toBe(true)
})

test('a pass that is stopped does not wait for a decoder that hangs', async () => {
  const hanging = Promise.withResolvers<RenderReply>()
  const begun = Promise.withResolvers<void>()
  const { db, rendering } = await makePending(['a.jpg', 'b.jpg'], () => {
    begun.resolve()
    return hanging.promise
  })
  const stopping = new AbortController()
  const told = context(stopping.signal)
  const pass = renderWaiting(
    { read: db.read, rendering, areaId: 1, atOnce: () => 1 },
    'thumb',
    told,
    () => undefined,
  )
  await begun.promise
  stopping.abort(new Error('enough'))
  await expect(pass).rejects.toThrow('enough')
  hanging.resolve({ ok: false, reason: 'worker_timeout', detail: '' })
  await rendering.idle()
})

test('more photos than one page are all made', async () => {
  const names = Array.from({ length: 450 }, (_, index) => `${index}.jpg`)
  const broken: RenderReply = { ok: false, reason: 'decode_failed', detail: '' }
  const { db, rendering } = await makePending(names, async () => broken)
  const told = context()
  const counts = await renderWaiting(
    { read: db.read, rendering, areaId: 1, atOnce: () => 3 },
    'thumb',
    told,
    () => undefined,
  )
  expect(counts.broken).toBe(450)
  expect(new Set(told.failures).size).toBe(450)
})
