import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeDatabase } from '../../test/support/database.ts'
import type { Database, Tx } from './connect.ts'
import { areas, monthCounts, photos } from './schema.ts'

const photo = fc.record({
  id: fc.integer({ min: 1, max: 5 }),
  areaId: fc.integer({ min: 1, max: 2 }),
  takenAt: fc.constantFrom('2024-05-01T00:00:00.000', '2024-05-31T23:59:59.999', '2023-01-01T12:00:00.000'),
  private: fc.boolean(),
  archived: fc.boolean(),
  trashedAt: fc.option(fc.constant(1)),
  missingAt: fc.option(fc.constant(1)),
})

type Photo = typeof photo extends fc.Arbitrary<infer T> ? T : never

const fixed = { kind: 'image', state: 'ready', takenSource: 'exif', mime: 'image/jpeg', addedAt: 0 } as const

/** Every way a row of photos can come, change or go, conflict policies and cascades included. */
const step = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), photo }),
  fc.record({ do: fc.constant('insert or ignore' as const), photo }),
  fc.record({ do: fc.constant('insert or replace' as const), photo }),
  fc.record({ do: fc.constant('upsert' as const), photo }),
  fc.record({ do: fc.constant('update' as const), photo }),
  fc.record({ do: fc.constant('shelve' as const), photo }),
  fc.record({ do: fc.constant('date' as const), photo }),
  fc.record({ do: fc.constant('move all' as const), photo }),
  fc.record({ do: fc.constant('delete' as const), photo }),
  fc.record({ do: fc.constant('drop area' as const), photo }),
)

async function take(tx: Tx, action: string, given: Photo): Promise<void> {
  const row = { ...fixed, ...given }
  if (action === 'upsert')
    await tx.insert(photos).values(row).onConflictDoUpdate({ target: photos.id, set: row })
  else if (action === 'insert') await tx.insert(photos).values(row).onConflictDoNothing()
  else if (action.startsWith('insert or'))
    await tx.run(sql`${sql.raw(action)} into photos
      (id, area_id, kind, state, taken_at, taken_source, mime, added_at, private, archived, trashed_at, missing_at)
      values (${row.id}, ${row.areaId}, ${row.kind}, ${row.state}, ${row.takenAt}, ${row.takenSource}, ${row.mime},
        0, ${row.private}, ${row.archived}, ${row.trashedAt}, ${row.missingAt})`)
  else if (action === 'update') await tx.update(photos).set(row).where(sql`${photos.id} = ${row.id}`)
  else if (action === 'shelve') {
    const { private: hidden, archived, trashedAt, missingAt } = row
    await tx.update(photos).set({ private: hidden, archived, trashedAt, missingAt })
  } else if (action === 'date') await tx.update(photos).set({ takenAt: row.takenAt })
  else if (action === 'move all') await tx.update(photos).set({ areaId: row.areaId })
  else if (action === 'delete') await tx.delete(photos).where(sql`${photos.id} = ${row.id}`)
  else {
    await tx.delete(areas).where(sql`${areas.id} = ${row.areaId}`)
    await addArea(tx, row.areaId)
  }
}

async function addArea(tx: Tx, id: number): Promise<void> {
  await tx.insert(areas).values({ id, path: `/${id}`, device: '1', inode: `${id}`, createdAt: 0 })
}

async function clear({ write }: Database): Promise<void> {
  await write(async (tx) => {
    await tx.delete(areas)
    for (const id of [1, 2]) await addArea(tx, id)
  })
}

test('month counts equal a recount after any series of changes', async () => {
  const database = await makeDatabase()
  const { read, write } = database
  const key = sql`area_id, shelf, month`
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      await clear(database)
      for (const { do: action, photo: given } of steps)
        await write((tx) => take(tx, action, given), { priority: 'background' })
      const kept = await read.select().from(monthCounts).orderBy(key)
      const counted = await read.all(
        sql`select area_id as areaId, shelf, month, count(*) as count from photos group by ${key} order by ${key}`,
      )
      expect(kept).toEqual(counted)
    }),
    { numRuns: 60 },
  )
})

test('shelves go by the strictest reason', async () => {
  const database = await makeDatabase()
  await clear(database)
  const rows = [
    {},
    { archived: true },
    { archived: true, private: true },
    { private: true, trashedAt: 1 },
    { private: true, trashedAt: 1, missingAt: 1 },
  ]
  const added = await database.write((tx) =>
    tx
      .insert(photos)
      .values(rows.map((row) => ({ ...fixed, areaId: 1, takenAt: '2024-05-01T00:00:00.000', ...row })))
      .returning({ shelf: photos.shelf, month: photos.month }),
  )
  expect(added.map(({ shelf }) => shelf)).toEqual(['shown', 'archived', 'private', 'trashed', 'missing'])
  expect(new Set(added.map(({ month }) => month))).toEqual(new Set(['2024-05']))
})
