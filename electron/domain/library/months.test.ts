import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { accountPrincipal } from '../../../test/support/principal.ts'
import { accounts, areaAccess, areas, photos } from '../../db/schema.ts'
import { findList } from './lists.ts'
import { countMonths, readMonth } from './months.ts'

const ada = accountPrincipal()

type Row = Partial<typeof photos.$inferInsert> & { takenAt: string }

/** A household with one account that sees area 1 and not area 2, and these photos. */
async function makeLibrary(rows: Row[]) {
  const db = await makeDatabase()
  const fixed = {
    kind: 'image',
    state: 'ready',
    takenSource: 'exif',
    mime: 'image/jpeg',
    addedAt: 0,
  } as const
  await db.write(async (tx) => {
    await tx.insert(accounts).values({ id: 1, username: 'ada', role: 'user', passwordHash: '', createdAt: 0 })
    for (const id of [1, 2])
      await tx.insert(areas).values({ id, path: `/${id}`, device: '1', inode: `${id}`, createdAt: 0 })
    await tx.insert(areaAccess).values({ accountId: 1, areaId: 1, access: 'read-write', mayShare: true })
    await tx.insert(photos).values(rows.map((row) => ({ areaId: 1, ...fixed, ...row })))
  })
  return { db, list: await findList(db.read, ada, {}, 0) }
}

test('a month is told newest first, equal moments by id, with what every photo needs to be drawn', async () => {
  const { db, list } = await makeLibrary([
    { takenAt: '2024-05-01T00:00:00.000', width: 400, height: 300, thumbhash: Buffer.from([1, 2, 250]) },
    { takenAt: '2024-05-31T23:59:59.999', state: 'broken', version: 3 },
    { takenAt: '2024-05-01T00:00:00.000', width: 0, height: 300, kind: 'video' },
    { takenAt: '2024-06-01T00:00:00.000' },
    { takenAt: '2024-05-09T00:00:00.000', areaId: 2 },
    { takenAt: '2024-05-09T00:00:00.000', archived: true },
  ])
  expect(await readMonth(db.read, list, { month: '2024-05', limit: 10 })).toEqual({
    ids: [2, 3, 1],
    versions: [3, 1, 1],
    takenAt: ['2024-05-31T23:59:59.999', '2024-05-01T00:00:00.000', '2024-05-01T00:00:00.000'],
    ratios: [1, 1, 1.3333],
    thumbhashes: [null, null, '0102FA'],
    states: ['broken', 'ready', 'ready'],
    kinds: ['image', 'video', 'image'],
    may: [expect.objectContaining({ download: true, edit: true })],
    mayOf: null,
    favourites: [],
  })
  expect(await countMonths(db.read, list)).toEqual([
    { month: '2024-06', count: 1 },
    { month: '2024-05', count: 3 },
  ])
})

test('the pages of a month make the whole of it, also where moments are equal', async () => {
  const takenAt = (index: number) => `2024-05-${String(10 + (index % 3)).padStart(2, '0')}T12:00:00.000`
  const { db, list } = await makeLibrary(
    Array.from({ length: 11 }, (_, index) => ({ takenAt: takenAt(index) })),
  )
  const { ids: whole } = await readMonth(db.read, list, { month: '2024-05', limit: 100 })
  const ids: number[] = []
  for (let after: { takenAt: string; id: number } | undefined; ; ) {
    const page = await readMonth(db.read, list, { month: '2024-05', after, limit: 4 })
    ids.push(...page.ids)
    if (page.ids.length < 4) break
    after = { takenAt: page.takenAt.at(-1) ?? '', id: page.ids.at(-1) ?? 0 }
  }
  expect(whole).toHaveLength(11)
  expect(ids).toEqual(whole)
})

test('a month without photos, or without folders, is empty', async () => {
  const { db, list } = await makeLibrary([{ takenAt: '2024-05-01T00:00:00.000' }])
  expect((await readMonth(db.read, list, { month: '1999-01', limit: 5 })).ids).toEqual([])
  const stranger = await findList(db.read, { ...ada, accountId: 9 }, {}, 0)
  expect((await readMonth(db.read, stranger, { month: '2024-05', limit: 5 })).ids).toEqual([])
})
