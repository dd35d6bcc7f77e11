import { mkdir, realpath, rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '../../../test/support/database.ts'
import { OPERATOR } from '../../access/principal.ts'
import { accounts, areaAccess, areas, grants } from '../../db/schema.ts'
import { createLog } from '../../lib/log.ts'
import { Refusal } from '../../lib/refusal.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { createWalkClient } from '../../workers/walk-client.ts'
import { createFolders } from './folder-service.ts'
import type { PrepareOptions, WantedFolder } from './folders.ts'

const walk = createWalkClient({ spawner: forkSpawner, processes: 1 })
afterAll(() => walk.close())

const anywhere = { mayName: true }
const among = { mayName: false }

/** A household with one account and a tree `pictures/{ann,ben}` beside `private`. */
async function makeHousehold() {
  const home = await realpath(await makeFolder())
  const at = (...parts: string[]) => join(home, ...parts)
  for (const path of [at('data'), at('pictures', 'ann'), at('pictures', 'ben'), at('private')])
    await mkdir(path, { recursive: true })
  const db = await makeDatabase()
  const row = { id: 1, username: 'ann', role: 'user', passwordHash: '', createdAt: 0 }
  await db.write((tx) => tx.insert(accounts).values(row))
  const scanned: number[] = []
  const hints: unknown[] = []
  const lines: string[] = []
  const folders = createFolders({
    db,
    clock: () => 1000,
    log: createLog((line) => lines.push(line)),
    dataDir: at('data'),
    walk,
    jobs: { scan: async (areaId) => scanned.push(areaId) },
    announce: (hint) => hints.push(hint),
  })
  type Asked = [wanted: readonly WantedFolder[], options: PrepareOptions]
  /** As far as the grant, which is left to the test. */
  const prepare = (...asked: Asked) => folders.prepare(...asked, async (grants) => grants)
  const grant = (...asked: Asked) =>
    folders.prepare(...asked, (grants) => db.write((tx) => folders.setGrants(tx, 1, grants)))
  const paths = async () => (await db.read.select({ path: areas.path }).from(areas)).map(({ path }) => path)
  return { at, db, folders, prepare, grant, paths, scanned, hints, lines }
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  if (!(error instanceof Refusal)) throw error
  return error.details.fields ?? error.details.reason
}

test('preparing makes areas, and only the grant lets anybody in', async () => {
  const { at, db, folders, paths, prepare } = await makeHousehold()
  const prepared = await prepare([{ path: at('pictures'), access: 'read-write' }], anywhere)
  expect(await paths()).toEqual([at('pictures')])
  expect(await db.read.select().from(areaAccess)).toEqual([])
  const concerned = await db.write((tx) => folders.setGrants(tx, 1, prepared))
  expect(concerned).toEqual(prepared.map(({ areaId }) => areaId))
  expect(await db.read.select().from(areaAccess)).toMatchObject([{ access: 'read-write', mayShare: true }])
})

test('sharing on is the default for read-write folders only', async () => {
  const { at, prepare } = await makeHousehold()
  const wanted = [
    { path: at('pictures', 'ann'), access: 'read-write' as const },
    { path: at('pictures', 'ben'), access: 'read-only' as const },
    { path: at('private'), access: 'read-only' as const, mayShare: true },
  ]
  expect((await prepare(wanted, anywhere)).map(({ mayShare }) => mayShare)).toEqual([true, false, true])
})

test('one wrong folder is told by its field, and none of the others is made', async () => {
  const { at, paths, prepare } = await makeHousehold()
  const wanted = [{ path: at('pictures') }, { path: at('none') }].map((folder) => ({
    ...folder,
    access: 'read-only' as const,
  }))
  expect(await refusalOf(prepare(wanted, anywhere))).toEqual({ 'folders.1.path': 'folder_missing' })
  const named = prepare(wanted.slice(1), { ...anywhere, field: () => 'folder' })
  expect(await refusalOf(named)).toEqual({ folder: 'folder_missing' })
  expect(await paths()).toEqual([])
})

test('a folder named twice is refused, by a link too', async () => {
  const { at, prepare } = await makeHousehold()
  await symlink(at('pictures'), at('link'))
  const wanted = [at('pictures'), at('link')].map((path) => ({ path, access: 'read-only' as const }))
  expect(await refusalOf(prepare(wanted, anywhere))).toEqual({ 'folders.1.path': 'folder_twice' })
})

test("elsewhere than on the host, only the household's folders can be named, and nothing else is told", async () => {
  const { at, folders, grant, prepare } = await makeHousehold()
  await folders.register(at('pictures'), OPERATOR)
  await symlink(at('private'), at('pictures', 'out'))
  const wanted = (path: string) => [{ path, access: 'read-only' as const }]
  const notOffered = { 'folders.0.path': 'folder_not_offered' }
  expect(await refusalOf(prepare(wanted(at('private')), among))).toEqual(notOffered)
  // whether it exists is not told either
  expect(await refusalOf(prepare(wanted(at('none')), among))).toEqual(notOffered)
  expect(await refusalOf(prepare(wanted(at('pictures', 'out')), among))).toEqual(notOffered)
  expect(await refusalOf(prepare(wanted(at('pictures', '..', 'private')), among))).toEqual(notOffered)
  expect(await prepare(wanted(at('pictures', 'ann')), among)).toHaveLength(1)
  expect(await grant(wanted(at('pictures', 'ann')), among)).toHaveLength(1)
})

test('what was on offer when it was asked for, and is no more when it is given, is refused', async () => {
  const { at, db, folders, paths, grant } = await makeHousehold()
  const root = await folders.register(at('pictures'), OPERATOR)
  const wanted = [{ path: at('pictures', 'ann'), access: 'read-only' as const }]
  const give = (options: PrepareOptions) =>
    folders.prepare(wanted, options, async (grants) => {
      await folders.unregister(root, OPERATOR)
      return db.write((tx) => folders.setGrants(tx, 1, grants))
    })
  expect(await refusalOf(give(among))).toEqual({ 'folders.0.path': 'folder_not_offered' })
  expect(await paths()).toEqual([at('pictures')])
  // what the account has is not asked for again, and who may name any folder needs no offer
  await grant(wanted, anywhere)
  expect(await give({ ...among, accountId: 1 })).toHaveLength(1)
  await grant([], among)
  expect(await give(anywhere)).toHaveLength(1)
})

test('a folder that an account has already stays although its drive is away', async () => {
  const { at, grant, db } = await makeHousehold()
  const wanted = [{ path: at('pictures'), access: 'read-write' as const }]
  await grant(wanted, anywhere)
  await rename(at('pictures'), at('unplugged'))
  expect(await refusalOf(grant(wanted, anywhere))).toEqual({ 'folders.0.path': 'folder_missing' })
  const kept = wanted.map((folder) => ({ ...folder, access: 'read-only' as const }))
  await grant(kept, { ...anywhere, accountId: 1 })
  expect(await db.read.select({ access: grants.access }).from(grants)).toEqual([{ access: 'read-only' }])
})

test('new areas are scanned after the grant; what a scan came by is not scanned again', async () => {
  const { at, db, grant, folders, scanned, hints } = await makeHousehold()
  const areaIds = await grant([{ path: at('pictures'), access: 'read-only' }], anywhere)
  folders.grantsChanged(areaIds, 1)
  await expect.poll(() => scanned).toEqual(areaIds)
  expect(hints).toEqual([{ topic: 'folders' }, { topic: 'library', accounts: [1] }])
  await db.write((tx) => tx.update(areas).set({ lastScanAt: 5 }))
  const more = await grant([{ path: at('private'), access: 'read-only' }], anywhere)
  expect(more).toHaveLength(2)
  folders.grantsChanged(more, 1)
  await expect.poll(() => scanned).toHaveLength(2)
  expect(scanned[1]).not.toBe(scanned[0])
})

test('a root is registered and scanned, and forgotten only when nobody has it', async () => {
  const { at, db, folders, grant, scanned } = await makeHousehold()
  const areaId = await folders.register(at('pictures'), OPERATOR)
  expect(scanned).toEqual([areaId])
  expect(await folders.register(at('pictures'), OPERATOR)).toBe(areaId)
  expect(await refusalOf(folders.register(at('data'), OPERATOR))).toEqual({
    path: 'folder_in_data_directory',
  })
  await grant([{ path: at('pictures'), access: 'read-only' }], anywhere)
  expect(await refusalOf(folders.unregister(areaId, OPERATOR))).toBe('folder_in_use')
  await db.write((tx) => folders.setGrants(tx, 1, []))
  await folders.unregister(areaId, OPERATOR)
  expect(await folders.browse(undefined)).toMatchObject({ directories: [] })
  await expect(folders.unregister(999, OPERATOR)).rejects.toMatchObject({ code: 'not_found' })
})

test('a deleted account holds no folder back', async () => {
  const { at, db, folders, grant } = await makeHousehold()
  const areaId = await folders.register(at('pictures'), OPERATOR)
  await grant([{ path: at('pictures'), access: 'read-only' }], anywhere)
  await db.write((tx) => tx.update(accounts).set({ deletedAt: 1000 }))
  await folders.unregister(areaId, OPERATOR)
  expect(await folders.browse(undefined)).toMatchObject({ directories: [] })
})

test('the chooser begins at the topmost folders and never leaves them', async () => {
  const { at, folders } = await makeHousehold()
  await folders.register(at('pictures'), OPERATOR)
  await folders.register(at('pictures', 'ann'), OPERATOR)
  await symlink(at('private'), at('pictures', 'out'))
  expect(await folders.browse(undefined)).toEqual({
    path: null,
    parent: null,
    directories: [{ name: at('pictures'), path: at('pictures') }],
  })
  expect(await folders.browse(at('pictures'))).toEqual({
    path: at('pictures'),
    parent: null,
    directories: [
      { name: 'ann', path: at('pictures', 'ann') },
      { name: 'ben', path: at('pictures', 'ben') },
    ],
  })
  expect(await folders.browse(at('pictures', 'ann'))).toMatchObject({
    parent: at('pictures'),
    directories: [],
  })
  for (const path of [at('private'), at(), at('pictures', '..'), at('pictures', 'out')])
    expect(await refusalOf(folders.browse(path))).toEqual({ path: 'folder_not_offered' })
  expect(await refusalOf(folders.browse(at('pictures', 'none')))).toEqual({ path: 'folder_missing' })
})

test('a braked folder takes an admin at their word; others wait for no decision', async () => {
  const { at, db, folders, scanned } = await makeHousehold()
  const areaId = await folders.register(at('pictures'), OPERATOR)
  const operator = { kind: 'operator' } as const
  expect(await refusalOf(folders.accept(areaId, OPERATOR, operator))).toBe('folder_not_braked')
  const braked = { status: 'offline', statusReason: 'many_vanished', vanishedCount: 60 } as const
  await db.write((tx) => tx.update(areas).set(braked))
  await folders.accept(areaId, OPERATOR, operator)
  expect(await db.read.select().from(areas)).toMatchObject([{ status: 'offline', acceptedVanished: 60 }])
  expect(scanned).toEqual([areaId, areaId])
  await expect(folders.accept(99, OPERATOR, operator)).rejects.toMatchObject({ code: 'not_found' })
})
