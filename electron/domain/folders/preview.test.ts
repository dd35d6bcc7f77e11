import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../../test/support/database.ts'
import { OPERATOR } from '../../access/principal.ts'
import { accounts, areas, directories, files, grants, photos } from '../../db/schema.ts'
import { createLog } from '../../lib/log.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { createWalkClient } from '../../workers/walk-client.ts'
import { createFolders } from './folder-service.ts'

const walk = createWalkClient({ spawner: forkSpawner, processes: 1 })
afterAll(() => walk.close())

const operator = { kind: 'operator' } as const

/**
 * Ann has `all` (5 photos of its own), Ben `all/ben` (3 more, 2 of them in `all/ben/trip`); `all/carl` (1) belongs to no area of
 * its own, `other` (4) is known and nobody's, `new` was never looked at.
 */
async function makeHousehold() {
  const home = await realpath(await makeFolder())
  const at = (path: string) => join(home, path)
  const counts = {
    all: 4,
    'all/carl': 1,
    'all/carlotta': 0,
    'all/ben': 1,
    'all/ben/trip': 2,
    other: 4,
    new: 0,
  }
  for (const path of [...Object.keys(counts), 'data']) await mkdir(at(path), { recursive: true })
  const db = await makeDatabase()
  const clock = () => 1000
  const jobs = { scan: async () => 1 }
  const log = createLog(() => undefined)
  const folders = createFolders({
    db,
    clock,
    log,
    dataDir: at('data'),
    walk,
    jobs,
    announce: () => undefined,
  })
  await db.write((tx) =>
    tx.insert(accounts).values(
      ['ann', 'ben', 'eve'].map((username, index) => {
        const name = username === 'ann' ? 'Ann' : ''
        return { id: index + 1, username, name, role: 'user', passwordHash: '', createdAt: 0 }
      }),
    ),
  )
  const give = async (accountId: number, path: string) => {
    await folders.prepare([{ path: at(path), access: 'read-write' }], { mayName: true }, (grants) =>
      db.write((tx) => folders.setGrants(tx, accountId, grants)),
    )
  }
  await folders.register(at('other'), OPERATOR)
  await give(1, 'all')
  await give(2, 'all/ben')
  await db.write(async (tx) => {
    await tx.update(areas).set({ lastScanAt: 1 })
    const known = await tx.select().from(areas)
    const areaOf = (path: string) =>
      known.filter((area) => at(path).startsWith(area.path)).sort((a, b) => b.path.length - a.path.length)[0]
        ?.id ?? 0
    for (const [path, count] of Object.entries(counts)) {
      if (count === 0) continue
      const areaId = areaOf(path)
      const [directory] = await tx
        .insert(directories)
        .values({ areaId, path: at(path) })
        .returning()
      for (let index = 0; index < count; index += 1) {
        const kind = { kind: 'image', state: 'ready', takenSource: 'file', mime: 'image/jpeg' } as const
        const row = { ...kind, areaId, takenAt: '2024-05-01T00:00:00.000', addedAt: 0 }
        const [photo] = await tx.insert(photos).values(row).returning()
        const place = { areaId, directoryId: directory?.id ?? 0, photoId: photo?.id ?? 0 }
        await tx.insert(files).values({ ...place, name: `${index}.jpg`, sizeBytes: 1, mtimeMs: 1 })
      }
    }
  })
  const preview = async (accountId: number | undefined, ...paths: string[]) => {
    const wanted = paths.map((path) => ({ path: at(path), access: 'read-only' as const }))
    const options = { mayName: true, ...(accountId !== undefined && { accountId }) }
    const told = await folders.preview(wanted, options, operator)
    return {
      ...told,
      folders: told.folders.map(({ path, photoCount, alsoSeenBy, isNew }) => {
        return [path.slice(home.length + 1), photoCount, alsoSeenBy.join(), isNew] as const
      }),
    }
  }
  return { at, db, folders, preview }
}

test('for somebody new: what they would see, nested folders included and none counted twice', async () => {
  const { preview } = await makeHousehold()
  expect(await preview(undefined, 'all', 'all/ben', 'other', 'new')).toEqual({
    folders: [
      ['all', 8, 'Ann', false],
      ['all/ben', 3, 'Ann,ben', false],
      ['other', 4, '', false],
      ['new', 0, '', true],
    ],
    appear: 12,
    vanish: 0,
  })
  expect(await preview(undefined)).toEqual({ folders: [], appear: 0, vanish: 0 })
})

test('a directory inside a known folder is counted by itself, never with its namesakes', async () => {
  const { preview } = await makeHousehold()
  expect(await preview(undefined, 'all/carl', 'all/carlotta', 'all/ben/trip')).toEqual({
    folders: [
      ['all/carl', 1, 'Ann', false],
      ['all/carlotta', 0, 'Ann', false],
      ['all/ben/trip', 2, 'Ann,ben', false],
    ],
    appear: 3,
    vanish: 0,
  })
})

test('for somebody with folders: what appears and what vanishes', async () => {
  const { preview } = await makeHousehold()
  expect(await preview(1, 'all')).toMatchObject({ folders: [['all', 8, '', false]], appear: 0, vanish: 0 })
  expect(await preview(1)).toMatchObject({ appear: 0, vanish: 8 })
  expect(await preview(1, 'all/ben', 'other')).toMatchObject({ appear: 4, vanish: 5 })
  expect(await preview(2, 'all')).toMatchObject({ appear: 5, vanish: 0 })
  expect(await preview(2, 'all/carl', 'all/ben/trip')).toMatchObject({ appear: 1, vanish: 1 })
  // both in one: taking nothing away by naming a part of it besides
  expect(await preview(1, 'all', 'all/ben')).toMatchObject({ appear: 0, vanish: 0 })
})

test('it refuses what a grant would refuse, and changes nothing', async () => {
  const { at, db, folders, preview } = await makeHousehold()
  const everything = async () =>
    Promise.all([
      db.read.select().from(areas),
      db.read.select().from(grants),
      db.read.select().from(directories),
    ])
  const before = await everything()
  await preview(2, 'all/carl', 'new')
  expect(await everything()).toEqual(before)
  const wrong = (path: string, mayName = true) =>
    folders.preview([{ path, access: 'read-only' }], { mayName, field: () => 'path' }, operator)
  await expect(wrong(at('data'))).rejects.toMatchObject({
    details: { fields: { path: 'folder_in_data_directory' } },
  })
  await expect(wrong(at('gone'))).rejects.toMatchObject({ details: { fields: { path: 'folder_missing' } } })
  await expect(wrong(at('new'), false)).rejects.toMatchObject({
    details: { fields: { path: 'folder_not_offered' } },
  })
  await expect(preview(undefined, 'all', 'all')).rejects.toMatchObject({
    details: { fields: { 'folders.1.path': 'folder_twice' } },
  })
})
