import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { files, photos } from '../electron/db/schema.ts'
import { operator } from './support/accounts.ts'
import { openTestHousehold } from './support/household.ts'
import { makePicture } from './support/pictures.ts'

/** A household whose folder holds these pictures and a file that is none, scanned, with its previews made. */
async function open(...names: string[]) {
  const household = await openTestHousehold()
  onTestFinished(() => household.close())
  const path = await household.folder('Family')
  for (const [index, name] of names.entries())
    await makePicture(join(path, name), { width: 600 + index, height: 400 })
  await writeFile(join(path, 'broken.jpg'), 'no picture at all')
  const { folder } = await household.get(operator, 'folders.add', { path })
  await household.get(operator, 'jobs.scan', {})
  await household.idle()
  const cache = join(household.directory, 'data', 'cache')
  const made = async (kind: 'thumb' | 'preview') =>
    (await readdir(cache, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.parentPath.includes(`${kind}-`))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  const { db } = household.services
  const rows = () => db.read.select().from(photos).orderBy(photos.id)
  const rebuild = async (
    what: 'retry-failed' | 'rebuild-thumbnails' | 'rebuild-previews',
    folderIds?: number[],
  ) => {
    const { jobIds } = await household.get(operator, 'jobs.rebuild', {
      what,
      ...(folderIds && { folderIds }),
    })
    await household.idle()
    const { jobs } = await household.get(operator, 'jobs.list', { kind: what })
    return { jobIds, job: jobs[0] }
  }
  return { ...household, path, folderId: folder.id, cache, made, rows, rebuild }
}

test.each(['rebuild-thumbnails', 'rebuild-previews'] as const)(
  '%s makes each picture once more, and windows ask for it anew',
  async (what) => {
    const { made, rows, rebuild } = await open('a.jpg', 'b.jpg')
    const paths = await made(what === 'rebuild-thumbnails' ? 'thumb' : 'preview')
    expect(paths).toHaveLength(2)
    const good = await Promise.all(paths.map((path) => readFile(path)))
    for (const path of paths) await writeFile(path, 'spoilt')
    const before = await rows()
    const { jobIds, job } = await rebuild(what)
    expect(jobIds).toEqual([job?.id])
    expect(job).toMatchObject({ state: 'done', done: 2, total: 2, result: { ready: 2, broken: 0 } })
    expect(await Promise.all(paths.map((path) => readFile(path)))).toEqual(good)
    const after = await rows()
    for (const [index, { state, version }] of after.entries())
      expect([state, version]).toEqual([
        before[index]?.state,
        (before[index]?.version ?? 0) + (state === 'ready' ? 1 : 0),
      ])
    expect(after.filter(({ state, hasPreview }) => state === 'ready' && !hasPreview)).toEqual([])
  },
)

test('what cannot be read any more keeps the picture there is until its file is known to be broken', async () => {
  const { path, made, rebuild, rows } = await open('a.jpg')
  const thumbs = await made('thumb')
  await rename(path, `${path}-away`)
  expect((await rebuild('rebuild-thumbnails')).job).toMatchObject({ state: 'failed', error: 'root_missing' })
  expect(await made('thumb')).toEqual(thumbs)
  expect((await rows()).map(({ state }) => state).sort()).toEqual(['broken', 'ready'])
})

test('failed files are tried again, also by what failed on them before', async () => {
  const { path, rebuild, rows, services } = await open('a.jpg')
  const broken = await readFile(join(path, 'a.jpg'))
  // the same file by size and time, so that no scan would look at it: what it was read as was wrong
  const target = join(path, 'broken.jpg')
  await writeFile(target, broken)
  await utimes(target, 1_700_000_000, 1_700_000_000)
  const { size, mtimeMs } = await stat(target)
  await services.db.write((tx) =>
    tx.update(files).set({ sizeBytes: size, mtimeMs, contentHash: null }).where(eq(files.name, 'broken.jpg')),
  )
  const { job } = await rebuild('retry-failed')
  expect(job).toMatchObject({ state: 'done', done: 1, result: { ready: 1, broken: 0 } })
  expect((await rows()).map(({ state }) => state)).toEqual(['ready', 'ready'])
  // now there is nothing to try, and no job for it
  expect((await rebuild('retry-failed')).jobIds).toEqual([])
})

test('a folder that is not the household’s is not found', async () => {
  const { call } = await open()
  expect(await call(operator, 'jobs.rebuild', { what: 'rebuild-previews', folderIds: [99] })).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('clearing up removes pictures without a file that are older than a day, and nothing else', async () => {
  const { get, idle, made, cache, path, scanAll } = await open('a.jpg', 'b.jpg')
  const before = [...(await made('thumb')), ...(await made('preview'))]
  const old = new Date(Date.now() - 3 * 24 * 3600_000)
  for (const picture of before) await utimes(picture, old, old)
  const orphan = join(before[0] ?? '', '..', `${'0'.repeat(64)}.webp`)
  const young = join(before[0] ?? '', '..', `${'1'.repeat(64)}.webp`)
  const strange = join(cache, 'notes.webp')
  for (const file of [orphan, young, strange]) await writeFile(file, 'twelve bytes')
  for (const file of [orphan, strange]) await utimes(file, old, old)
  // one whose photo is missing may come back: its picture stays
  await rm(join(path, 'b.jpg'))
  await scanAll(operator)

  const { jobIds } = await get(operator, 'jobs.clearCache', {})
  await idle()
  const { jobs } = await get(operator, 'jobs.list', { kind: 'clear-cache' })
  expect(jobs).toMatchObject([
    { id: jobIds[0], folder: null, state: 'done', result: { removed: 1, bytes: 12 } },
  ])
  expect([...(await made('thumb')), ...(await made('preview'))].sort()).toEqual([...before, young].sort())
  expect(await readFile(strange, 'utf8')).toBe('twelve bytes')
})
