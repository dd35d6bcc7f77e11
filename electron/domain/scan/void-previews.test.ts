import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { areas, photos } from '../../db/schema.ts'
import { hasVoidPreviews, markVoidPreviews, voidPreviews } from './void-previews.ts'

const NEVER = new AbortController().signal

/** Two areas, the first with so many photos whose previews are made and one that is broken. */
async function setUp(count: number) {
  const db = await makeDatabase()
  await db.write(async (tx) => {
    for (const path of ['/one', '/two'])
      await tx.insert(areas).values({ path, device: '1', inode: path, createdAt: 0 })
    for (const areaId of [1, 2])
      await tx.run(sql`
        with recursive n (i) as (select 1 union all select i + 1 from n where i < ${areaId === 1 ? count : 3})
        insert into photos (area_id, kind, state, taken_at, taken_source, mime, added_at, has_preview)
        select ${areaId}, 'image', case i when 2 then 'broken' else 'ready' end, '2026-01-01T00:00:00.000', 'exif',
          'image/jpeg', 0, 1 from n`)
  })
  const marked = async (areaId: number) =>
    (await db.read.select().from(photos).where(eq(photos.areaId, areaId))).filter(
      ({ hasPreview }) => !hasPreview,
    ).length
  return { db, marked }
}

test('marks an area in writes of 500, each area for itself, and then no more', async () => {
  const { db, marked } = await setUp(1201)
  await markVoidPreviews(db, 1, NEVER)
  expect(await marked(1)).toBe(0)
  await db.write((tx) => voidPreviews(tx))
  expect(await marked(1)).toBe(0)
  await markVoidPreviews(db, 1, NEVER)
  // all but the broken one
  expect([await marked(1), await marked(2)]).toEqual([1200, 0])
  expect([await hasVoidPreviews(db.read, 1), await hasVoidPreviews(db.read, 2)]).toEqual([false, true])

  // one made since is not marked again
  await db.write((tx) => tx.update(photos).set({ hasPreview: true }).where(eq(photos.id, 7)))
  await markVoidPreviews(db, 1, NEVER)
  expect(await marked(1)).toBe(1199)
  await markVoidPreviews(db, 2, NEVER)
  expect(await marked(2)).toBe(2)
})

test('a stop loses nothing: the next time goes on behind what was marked', async () => {
  const { db, marked } = await setUp(1201)
  await db.write((tx) => voidPreviews(tx))
  const stop = new AbortController()
  const marking = markVoidPreviews(db, 1, stop.signal)
  await expect.poll(() => marked(1), { interval: 1 }).toBeGreaterThanOrEqual(500)
  stop.abort(new Error('stopped'))
  await marking.catch((error: unknown) => expect(String(error)).toContain('stopped'))
  await db.write((tx) => tx.update(photos).set({ hasPreview: true }).where(eq(photos.id, 1)))
  await markVoidPreviews(db, 1, NEVER)
  // the first was made anew in between, and stays so
  expect(await marked(1)).toBe(1199)
})
