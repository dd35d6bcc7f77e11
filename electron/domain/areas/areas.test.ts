import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, areaAccess, areas, directories, files, monthCounts, photos } from '../../db/schema.ts'
import { grantArea, revokeArea, setGrants } from './access.ts'
import { ensureArea, finishMoves, isOffered, setRegistered } from './areas.ts'

const clock = () => 1000

/** Areas without a disk: paths are all they need here. */
const ensure = (db: Database, path: string) => ensureArea({ db, clock }, { path, device: '1', inode: path })

async function addAccounts(db: Database, count: number): Promise<number[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    username: `a${index}`,
    role: 'user',
    passwordHash: '',
    createdAt: 0,
  }))
  const added = await db.write((tx) => tx.insert(accounts).values(rows).returning({ id: accounts.id }))
  return added.map(({ id }) => id)
}

/** Which paths an account reaches, and how. */
async function reachOf(db: Database, accountId: number): Promise<Record<string, string>> {
  const rows = await db.read
    .select({ path: areas.path, access: areaAccess.access })
    .from(areaAccess)
    .innerJoin(areas, eq(areas.id, areaAccess.areaId))
    .where(eq(areaAccess.accountId, accountId))
  return Object.fromEntries(rows.map(({ path, access }) => [path, access]))
}

const rw = { access: 'read-write', mayShare: true } as const
const ro = { access: 'read-only', mayShare: false } as const

/** Puts photos into an area's directory as a scan would. */
async function addPhotos(db: Database, areaId: number, path: string, count: number): Promise<void> {
  await db.write(async (tx) => {
    const [directory] = await tx.insert(directories).values({ areaId, path }).returning()
    const fixed = { kind: 'image', state: 'ready', takenSource: 'file', mime: 'image/jpeg' } as const
    const rows = Array.from({ length: count }, () => ({
      ...fixed,
      areaId,
      takenAt: '2024-05-01T00:00:00.000',
      addedAt: 0,
    }))
    const made = await tx.insert(photos).values(rows).returning({ id: photos.id })
    await tx.insert(files).values(
      made.map(({ id }) => ({
        photoId: id,
        areaId,
        directoryId: directory?.id ?? 0,
        name: `${id}.jpg`,
        sizeBytes: 1,
        mtimeMs: 1,
      })),
    )
  })
}

test('the deepest grant decides how a folder is reached', async () => {
  const db = await makeDatabase()
  const [ann = 0, ben = 0] = await addAccounts(db, 2)
  const all = await ensure(db, '/p')
  const nested = await ensure(db, '/p/ann')
  await db.write((tx) => grantArea(tx, ann, { areaId: all, ...ro }, 0))
  await db.write((tx) => grantArea(tx, ann, { areaId: nested, ...rw }, 0))
  await db.write((tx) => grantArea(tx, ben, { areaId: nested, ...ro }, 0))
  expect(await reachOf(db, ann)).toEqual({ '/p': 'read-only', '/p/ann': 'read-write' })
  expect(await reachOf(db, ben)).toEqual({ '/p/ann': 'read-only' })
  await db.write((tx) => revokeArea(tx, ann, nested))
  expect(await reachOf(db, ann)).toEqual({ '/p': 'read-only', '/p/ann': 'read-only' })
  await db.write((tx) => setGrants(tx, ann, [{ areaId: nested, ...rw }], 0))
  expect(await reachOf(db, ann)).toEqual({ '/p/ann': 'read-write' })
  await db.write((tx) => setGrants(tx, ann, [], 0))
  expect(await reachOf(db, ann)).toEqual({})
  expect(await reachOf(db, ben)).toEqual({ '/p/ann': 'read-only' })
})

test('an area between two others takes its place in the tree, and nobody reaches more or less', async () => {
  const db = await makeDatabase()
  const [ann = 0, ben = 0] = await addAccounts(db, 2)
  const top = await ensure(db, '/p')
  const bottom = await ensure(db, '/p/a/b/c')
  await db.write((tx) => grantArea(tx, ann, { areaId: top, ...rw }, 0))
  await db.write((tx) => grantArea(tx, ben, { areaId: bottom, ...ro }, 0))
  const middle = await ensure(db, '/p/a/b')
  const tree = await db.read.select({ path: areas.path, parentId: areas.parentId }).from(areas)
  expect(Object.fromEntries(tree.map(({ path, parentId }) => [path, parentId]))).toEqual({
    '/p': null,
    '/p/a/b': top,
    '/p/a/b/c': middle,
  })
  expect(await reachOf(db, ann)).toEqual({
    '/p': 'read-write',
    '/p/a/b': 'read-write',
    '/p/a/b/c': 'read-write',
  })
  expect(await reachOf(db, ben)).toEqual({ '/p/a/b/c': 'read-only' })
})

test('a folder above known ones becomes their parent', async () => {
  const db = await makeDatabase()
  const [ann = 0] = await addAccounts(db, 1)
  const child = await ensure(db, '/p/a')
  const parent = await ensure(db, '/p')
  await ensure(db, '/pa')
  await db.write((tx) => grantArea(tx, ann, { areaId: parent, ...rw }, 0))
  expect(await reachOf(db, ann)).toEqual({ '/p': 'read-write', '/p/a': 'read-write' })
  const [row] = await db.read.select().from(areas).where(eq(areas.id, child))
  expect(row?.parentId).toBe(parent)
})

test('areas inside one another made at the same time each get what is theirs, in whichever order', async () => {
  for (const order of [
    ['/p/a', '/p/a/b', '/p/a/b/c'],
    ['/p/a/b/c', '/p/a/b', '/p/a'],
    ['/p/a/b', '/p/a', '/p/a/b/c'],
  ]) {
    const db = await makeDatabase()
    const top = await ensure(db, '/p')
    for (const folder of ['/p', '/p/a', '/p/a/b', '/p/a/b/c'])
      for (let index = 0; index < 45; index += 1) await addPhotos(db, top, `${folder}/${index}`, 3)
    const made = await Promise.all(
      order.map(async (path) => {
        const id = await ensure(db, path)
        // all of it has moved when the folder is about to be granted
        return { path, id, count: await countBelow(db, path, id) }
      }),
    )
    for (const { path, id, count } of made) {
      const own = { '/p/a': 45, '/p/a/b': 45, '/p/a/b/c': 45 }[path]
      expect([order, path, count]).toEqual([order, path, own])
      const inPhotos = await db.read.select({ id: photos.id }).from(photos).where(eq(photos.areaId, id))
      expect(inPhotos.length).toBe(45 * 3)
    }
  }
})

/** How many directories below a path, but not in a deeper area of these tests, are an area's. */
async function countBelow(db: Database, path: string, areaId: number): Promise<number> {
  const rows = await db.read
    .select({ path: directories.path })
    .from(directories)
    .where(eq(directories.areaId, areaId))
  return rows.filter((row) => new RegExp(`^${path}/\\d+$`).test(row.path)).length
}

test('splitting an area moves its rows, keeps their ids, and leaves the rest', async () => {
  const db = await makeDatabase()
  const top = await ensure(db, '/p')
  for (const path of ['/p', '/p/ann', '/p/ann/2024', '/p/anna']) await addPhotos(db, top, path, 230)
  const before = await db.read.select({ id: photos.id }).from(photos).orderBy(photos.id)
  const ann = await ensure(db, '/p/ann')
  const byArea = await db.read
    .select({ path: directories.path, areaId: directories.areaId })
    .from(directories)
    .orderBy(directories.path)
  expect(byArea).toEqual([
    { path: '/p', areaId: top },
    { path: '/p/ann', areaId: ann },
    { path: '/p/ann/2024', areaId: ann },
    { path: '/p/anna', areaId: top },
  ])
  const counts = await db.read.select().from(monthCounts).orderBy(monthCounts.areaId)
  expect(counts.map(({ areaId, count }) => ({ areaId, count }))).toEqual([
    { areaId: top, count: 460 },
    { areaId: ann, count: 460 },
  ])
  expect(await db.read.$count(files, eq(files.areaId, ann))).toBe(460)
  expect(await db.read.select({ id: photos.id }).from(photos).orderBy(photos.id)).toEqual(before)
})

test('no write of a split touches more than 500 rows, and people come first in between', async () => {
  const db = await makeDatabase()
  const top = await ensure(db, '/p')
  await addPhotos(db, top, '/p/ann', 1500)
  let person: Promise<number> | undefined
  const sizes: number[] = []
  const watched: Database = {
    ...db,
    write: async (work, options) => {
      if (options?.priority !== 'background') return db.write(work, options)
      const before = await db.read.$count(photos, eq(photos.areaId, top))
      const result = await db.write(work, options)
      sizes.push(before - (await db.read.$count(photos, eq(photos.areaId, top))))
      // asked while the move is under way, a person's write sees part of it done
      person ??= db.write((tx) => tx.$count(photos, eq(photos.areaId, top)))
      return result
    },
  }
  await ensure(watched, '/p/ann')
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1500)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
  const seen = await person
  expect(seen).toBeGreaterThan(0)
  expect(seen).toBeLessThan(1500)
})

test('a move that was interrupted is finished later', async () => {
  const db = await makeDatabase()
  const top = await ensure(db, '/p')
  await addPhotos(db, top, '/p/ann', 900)
  let writes = 0
  const failing: Database = {
    ...db,
    write: async (work, options) => {
      writes += 1
      if (writes === 4) throw new Error('stopped')
      return db.write(work, options)
    },
  }
  await expect(ensure(failing, '/p/ann')).rejects.toThrow('stopped')
  const left = await db.read.$count(photos, eq(photos.areaId, top))
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(900)
  await finishMoves(db)
  expect(await db.read.$count(photos, eq(photos.areaId, top))).toBe(0)
  expect(await db.read.$count(directories, eq(directories.areaId, top))).toBe(0)
})

test('an area granted to nobody but a deleted account is in use no more', async () => {
  const db = await makeDatabase()
  const [ann = 0, ben = 0] = await addAccounts(db, 2)
  const shared = await ensure(db, '/shared')
  for (const account of [ann, ben])
    await db.write((tx) => grantArea(tx, account, { areaId: shared, ...ro }, 0))
  const remove = (id: number) =>
    db.write((tx) => tx.update(accounts).set({ deletedAt: 1 }).where(eq(accounts.id, id)))
  await remove(ann)
  expect(await readAreasInUse(db.read)).toHaveLength(1)
  await remove(ben)
  expect(await readAreasInUse(db.read)).toEqual([])
  expect(await isOffered(db.read, '/shared')).toBe(false)
})

test('areas in use are those registered or granted, and what lies in them', async () => {
  const db = await makeDatabase()
  const [ann = 0] = await addAccounts(db, 1)
  const registered = await ensure(db, '/r')
  await ensure(db, '/r/x')
  const granted = await ensure(db, '/g')
  await ensure(db, '/idle')
  await db.write((tx) => setRegistered(tx, registered, true))
  await db.write((tx) => grantArea(tx, ann, { areaId: granted, ...ro }, 0))
  expect((await readAreasInUse(db.read)).map(({ path }) => path)).toEqual(['/g', '/r', '/r/x'])
  expect(await isOffered(db.read, '/g/deep')).toBe(true)
  expect(await isOffered(db.read, '/gg')).toBe(false)
  expect(await isOffered(db.read, '/idle')).toBe(false)
  await db.write((tx) => revokeArea(tx, ann, granted))
  expect((await readAreasInUse(db.read)).map(({ path }) => path)).toEqual(['/r', '/r/x'])
})

const folder = fc.constantFrom('/p', '/p/a', '/p/a/b', '/p/ab', '/p/a/b/c', '/q', '/q/a')

test('after any series of grants, the nearest grant above decides for every account and area', async () => {
  const db = await makeDatabase()
  const people = await addAccounts(db, 2)
  const step = fc.record({
    path: folder,
    who: fc.nat(1),
    access: fc.constantFrom('read-write', 'read-only', null),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await db.write((tx) => tx.delete(areas))
      const granted = new Map<string, string>()
      for (const { path, who, access } of steps) {
        const areaId = await ensure(db, path)
        const account = people[who] ?? 0
        if (access === null) await db.write((tx) => revokeArea(tx, account, areaId))
        else await db.write((tx) => grantArea(tx, account, { areaId, access, mayShare: false }, 0))
        if (access === null) granted.delete(`${account}${path}`)
        else granted.set(`${account}${path}`, access)
      }
      const paths = (await db.read.select({ path: areas.path }).from(areas)).map(({ path }) => path)
      for (const account of people) {
        const expected: Record<string, string> = {}
        for (const path of paths) {
          const parts = path.split('/')
          const above = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
          const nearest = above.map((at) => granted.get(`${account}${at}`)).find((access) => access)
          if (nearest) expected[path] = nearest
        }
        expect(await reachOf(db, account)).toEqual(expected)
      }
    }),
    { numRuns: 40 },
  )
})
