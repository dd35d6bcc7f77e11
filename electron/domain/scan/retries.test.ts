import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { makeScanned, media, shown, touch, walk } from '../../../test/support/scanning.ts'
import { areas, photos } from '../../db/schema.ts'
import { createRendering } from './rendering.ts'
import { createRetries } from './retries.ts'
import { type ScanNeeds, scanArea } from './scan-area.ts'
import { createSurroundings } from './surroundings.ts'

const heic = Buffer.from('0000001866747970686569630000000068656963', 'hex')

/** A folder with damaged pictures, scanned once, and how to scan it as Mantel does after its next start. */
async function makeDamaged() {
  const household = await makeScanned()
  const { root, db, dataDir, areaId } = household
  await makePicture(join(root, 'good.jpg'))
  await writeFile(join(root, 'damaged.jpg'), 'no picture')
  await writeFile(join(root, 'empty.png'), '')
  await writeFile(join(root, 'film.jpg'), heic)
  const first = await household.scan(areaId)

  /** `decoder`: another one than today's. */
  function start({ decoder = media.decoder }: { decoder?: () => Promise<string> } = {}) {
    const decoded: string[] = []
    const watched = {
      decoder,
      render: (file, ...rest) => {
        decoded.push(file.path.slice(root.length + 1))
        return media.render(file, ...rest)
      },
    } satisfies Pick<typeof media, 'render' | 'decoder'>
    const nothing = () => undefined
    const cacheDirectory = join(dataDir, 'cache')
    const surroundings = createSurroundings({ db, walk, statusChanged: nothing })
    const rendering = createRendering({ db, media: watched, surroundings, cacheDirectory, changed: nothing })
    onTestFinished(() => rendering.idle())
    const hints = { changed: nothing, statusChanged: nothing }
    const needs: ScanNeeds = {
      db,
      walk,
      media,
      rendering,
      surroundings,
      clock: Date.now,
      dataDir,
      atOnce: () => 1,
      ...hints,
    }
    async function scan() {
      decoded.length = 0
      const failures: string[] = []
      const progress: [number, number | null][] = []
      const { ready, unsupported, broken } = await scanArea(needs, areaId, {
        signal: new AbortController().signal,
        fail: (path, reason) => failures.push(`${path.slice(root.length + 1)} ${reason}`),
        progress: (done, total) => progress.push([done, total]),
      })
      return {
        decoded: decoded.toSorted(),
        failures: failures.toSorted(),
        counts: { ready, unsupported, broken },
        progress: progress.at(-1),
      }
    }
    return { scan, rendering, decoded }
  }
  const named = async (name: string) => (await shown(db, root)).get(name)?.photo
  return { ...household, first, start, named }
}

const bothFailed = ['damaged.jpg decode_failed', 'empty.png empty_file']

test('what failed is listed once and noted with what tried; no later scan by the same tries it or says so again', async () => {
  const { first, start, named } = await makeDamaged()
  expect(first.failures.map(({ reason }) => reason).sort()).toEqual(['decode_failed', 'empty_file'])
  const decoder = await media.decoder()
  expect(decoder).toMatch(/^mantel \d+\.\d+\.\d+, sharp \d+\.\d+\.\d+, libvips \d+\.\d+\.\d+$/)
  expect(await named('damaged.jpg')).toMatchObject({ state: 'broken', stateReason: 'decode_failed', decoder })
  expect(await named('empty.png')).toMatchObject({ state: 'broken', stateReason: 'empty_file', decoder })
  expect(await named('good.jpg')).toMatchObject({ state: 'ready', decoder: null })

  const { scan } = start()
  for (let time = 0; time < 2; time += 1)
    expect(await scan()).toEqual({
      decoded: [],
      failures: [],
      counts: { ready: 0, unsupported: 0, broken: 0 },
      progress: [4, 4],
    })
})

test('another decoder tries once, and is noted then', async () => {
  const { start, named, db } = await makeDamaged()
  const decoder = async () => 'mantel 99.0.0'
  // a kind that is decoded by now but was not by then, though its file says nothing new
  await db.write((tx) =>
    tx
      .update(photos)
      .set({ state: 'unsupported', mime: 'image/avif', decoder: null })
      .where(eq(photos.state, 'ready')),
  )
  const next = start({ decoder })
  expect(await next.scan()).toEqual({
    decoded: ['damaged.jpg', 'empty.png', 'good.jpg'],
    failures: bothFailed,
    counts: { ready: 1, unsupported: 0, broken: 2 },
    progress: [4, 4],
  })
  expect(await named('damaged.jpg')).toMatchObject({ state: 'broken', decoder: 'mantel 99.0.0' })
  // what no version decodes yet was left alone
  expect(await named('film.jpg')).toMatchObject({ state: 'unsupported', decoder: null })
  expect((await next.scan()).decoded).toEqual([])
  expect((await start({ decoder }).scan()).decoded).toEqual([])
  // back to the older version, which is another one again
  expect((await start().scan()).decoded).toEqual(['damaged.jpg', 'empty.png'])
})

test('a file that changed is tried again by the same decoder', async () => {
  const { start, root, named } = await makeDamaged()
  await makePicture(join(root, 'damaged.jpg'))
  await touch(join(root, 'damaged.jpg'), 5000)
  expect((await start().scan()).decoded).toEqual(['damaged.jpg'])
  expect(await named('damaged.jpg')).toMatchObject({ state: 'ready', decoder: null })
})

test('whoever asks for its picture does not have it decoded again either', async () => {
  const { start, named } = await makeDamaged()
  const { rendering, decoded } = start()
  const id = (await named('damaged.jpg'))?.id ?? 0
  const asked = await rendering.ensureRendered(id, 'thumb', { priority: 'urgent' })
  expect(asked).toMatchObject({ state: 'broken', reason: 'decode_failed' })
  expect(decoded).toEqual([])
  await start({ decoder: async () => 'mantel 99.0.0' }).rendering.ensureRendered(id, 'thumb')
  expect(await named('damaged.jpg')).toMatchObject({ decoder: 'mantel 99.0.0' })
})

test('more photos than fit one write are all taken up, once a run of the program', async () => {
  const db = await makeDatabase()
  const fixed = { areaId: 1, kind: 'image', mime: 'image/jpeg', takenSource: 'file', addedAt: 0 } as const
  const photo = { ...fixed, state: 'broken', decoder: 'older', takenAt: '2024-05-01T00:00:00.000' } as const
  await db.write((tx) =>
    tx.insert(areas).values({ id: 1, path: '/1', device: '1', inode: '1', createdAt: 0 }),
  )
  for (let batch = 0; batch < 3; batch += 1)
    await db.write((tx) => tx.insert(photos).values(Array.from({ length: 400 }, () => photo)))
  const retries = createRetries({ db, media: { decoder: async () => 'newer' } })
  const { signal } = new AbortController()
  expect(await retries.takeUp(1, signal)).toBe(1200)
  expect(await db.read.$count(photos, eq(photos.state, 'pending'))).toBe(1200)
  await db.write((tx) => tx.update(photos).set({ state: 'broken' }))
  expect(await retries.takeUp(1, signal)).toBe(0)
})
