import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import { settings } from '../electron/db/schema.ts'
import { callerOf, openTestHousehold } from './support/household.ts'
import { makePicture } from './support/pictures.ts'

const operator = callerOf(OPERATOR)
const DEFAULTS = { workers: 'auto', previewEdge: 2048, previewQuality: 82 }

async function open(options: { directory?: string } = {}) {
  const household = await openTestHousehold(options)
  onTestFinished(() => household.close())
  const set = (input: unknown) => household.call(operator, 'settings.setAdvanced', input)
  const look = () => household.get(operator, 'settings.advanced', {})
  return { ...household, set, look }
}

/** A household with an admin whose folder holds one picture large enough for every preview; its previews by recipe. */
async function openWithPicture() {
  const household = await open()
  const path = await household.folder('ada')
  await makePicture(join(path, 'a.jpg'), { width: 3000, height: 2000 })
  const account = {
    username: 'ada',
    password: 'a quiet mantelpiece',
    role: 'admin',
    superAdmin: true,
  } as const
  const folders = [{ path, access: 'read-write' } as const]
  const { id } = await household.get(operator, 'accounts.create', { ...account, folders })
  await household.idle()
  const ada = await household.as(id)
  const cache = join(household.directory, 'data', 'cache')
  const previews = async () => {
    const found = await readdir(cache, { recursive: true })
    const files = found.filter((name) => /^preview-.*\.jpg$/.test(name))
    return Promise.all(
      files.map(
        async (name) => `${name.split(/[\\/]/)[0]}: ${(await sharp(join(cache, name)).metadata()).width}`,
      ),
    )
  }
  return { ...household, ada, path, previews }
}

test('advanced settings are kept, each by itself', async () => {
  const { set, look } = await open()
  expect(await look()).toEqual({ ...DEFAULTS, automaticWorkers: expect.any(Number) })
  expect(await set({ workers: 3 })).toMatchObject({ ok: true, value: { ...DEFAULTS, workers: 3 } })
  await set({ previewEdge: 1440, previewQuality: 95 })
  expect(await look()).toMatchObject({ workers: 3, previewEdge: 1440, previewQuality: 95 })
  await set({ workers: 'auto' })
  expect((await look()).workers).toBe('auto')
})

test('a refusal names the field and the rule, and changes nothing', async () => {
  const { set, look } = await open()
  const fields = async (input: unknown) => {
    const result = await set(input)
    return result.ok ? 'accepted' : result.error.fields
  }
  for (const workers of [0, 9, 2.5, 'many', null])
    expect(await fields({ workers })).toEqual({ workers: 'worker_count' })
  expect(await fields({ previewEdge: 2000 })).toEqual({ previewEdge: 'preview_edge' })
  for (const previewQuality of [59, 96, 80.5, 'good', null])
    expect(await fields({ previewQuality, workers: 2 })).toEqual({ previewQuality: 'preview_quality' })
  expect(await fields({ thumbEdge: 100 })).toEqual({ thumbEdge: 'unknown_key' })
  expect(await look()).toMatchObject(DEFAULTS)
})

test('a stored value that this version does not know counts as not set, also at a start', async () => {
  const { services, look, stop, directory } = await openTestHousehold().then((household) => ({
    ...household,
    look: () => household.get(operator, 'settings.advanced', {}),
  }))
  await services.db.write((tx) =>
    tx.insert(settings).values([
      { key: 'advanced.workers', value: 64 },
      { key: 'advanced.previewEdge', value: 'huge' },
      { key: 'advanced.previewQuality', value: 60 },
    ]),
  )
  expect(await look()).toMatchObject({ ...DEFAULTS, previewQuality: 60 })
  await stop()
  const again = await open({ directory })
  expect(again.services.advanced.previewRecipe()).toEqual({ edge: 2048, quality: 60 })
  expect(again.services.advanced.workers()).toBe(again.services.advanced.automaticWorkers)
})

test('another size of previews has them made anew, in place of the old ones', async () => {
  const { ada, get, set, idle, previews } = await openWithPicture()
  expect(await previews()).toEqual(['preview-2048-82: 2048'])
  await get(ada, 'settings.setAdvanced', { previewEdge: 2880, previewQuality: 60 })
  await idle()
  expect(await previews()).toEqual(['preview-2880-60: 2880'])
  const { jobs } = await get(ada, 'jobs.list', {})
  expect(jobs[0]).toMatchObject({ kind: 'previews', startedByKind: 'account', state: 'done' })
  // the same once more, or another setting, makes nothing anew
  await set({ previewEdge: 2880 })
  await set({ workers: 1 })
  expect((await get(ada, 'jobs.list', {})).jobs).toHaveLength(jobs.length)
})

test('who looks before that is done gets one of the new size; of an offline folder the one that is there', async () => {
  const { ada, call, set, previews, path, services, idle } = await openWithPicture()
  await rename(path, `${path}-away`)
  await set({ previewEdge: 1440 })
  await idle()
  const look = () => call(ada, 'media.open', { kind: 'preview', id: 1, version: '1' })
  expect(await look()).toMatchObject({
    ok: true,
    value: { path: expect.stringContaining('preview-2048-82') },
  })
  await rename(`${path}-away`, path)
  await services.jobs.scan(1, { kind: 'operator' })
  await idle()
  expect(await look()).toMatchObject({
    ok: true,
    value: { path: expect.stringContaining('preview-1440-82') },
  })
  expect(await previews()).toEqual(['preview-1440-82: 1440'])
})
