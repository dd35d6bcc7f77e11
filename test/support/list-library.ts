import type { AccountPrincipal } from '../../electron/access/principal.ts'
import type { Database } from '../../electron/db/connect.ts'
import {
  accounts,
  areaAccess,
  areas,
  directories,
  files,
  overlays,
  photos,
} from '../../electron/db/schema.ts'
import { makeDatabase } from './database.ts'
import { accountPrincipal } from './principal.ts'

export const ADA = accountPrincipal({ accountId: 1 })
export const BEN = accountPrincipal({ accountId: 2, username: 'ben' })
export const VERA = accountPrincipal({ accountId: 3, username: 'vera', role: 'viewer' })
export const OLGA = accountPrincipal({ accountId: 4, username: 'olga', role: 'admin' })
export const DAY = 86_400_000
export const NOW = Date.UTC(2026, 5, 30, 12)

/** Area 1 is everybody's but Olga's, 2 is Ada's and offline, 3 lies in area 1, 4 is nobody's but Ben's. */
const AREAS = ['/p/Family', '/p/Drive', '/p/Family/2020/Oslo', '/p/Ben']
const HELD: Record<number, number[]> = { 1: [1, 2, 3], 2: [1, 3, 4], 3: [1, 3] }

/** Directories by id. The last ones of area 1 begin like others and are none of them. */
const DIRECTORIES: [path: string, areaId: number][] = [
  ['/p/Family', 1],
  ['/p/Family/2020', 1],
  ['/p/Family/2020/Oslo', 3],
  ['/p/Drive', 2],
  ['/p/Ben', 4],
  ['/p/Family/2020 too', 1],
  ['/p/Family/2020!', 1],
  ['/p/Family/2020/Rome', 1],
]

type Facts = Partial<typeof photos.$inferInsert> & { in: number }

/** Photos by id, with the directory that each lies in. */
export const PHOTOS: Facts[] = [
  { in: 1, takenAt: '2020-06-30T10:00:00.000' }, // 1
  { in: 2, takenAt: '2021-06-30T23:59:59.999', addedAt: NOW - DAY }, // 2
  { in: 3, takenAt: '2019-07-01T00:00:00.000', addedAt: NOW - 29 * DAY }, // 3
  { in: 4, takenAt: '2020-06-30T10:00:00.000' }, // 4
  { in: 5, takenAt: '2020-06-30T10:00:00.000', addedAt: NOW }, // 5
  { in: 6, takenAt: '2018-01-01T10:00:00.000', state: 'broken' }, // 6
  { in: 7, takenAt: '2018-01-02T10:00:00.000', state: 'unsupported', kind: 'video' }, // 7
  { in: 8, takenAt: '2018-01-03T10:00:00.000' }, // 8
  { in: 1, takenAt: '2022-06-30T10:00:00.000', private: true, addedAt: NOW, state: 'broken' }, // 9
  { in: 1, takenAt: '2022-06-30T10:00:00.000', archived: true, addedAt: NOW, state: 'broken' }, // 10
  { in: 2, takenAt: '2022-06-30T10:00:00.000', trashedAt: 1, addedAt: NOW, state: 'broken' }, // 11
  { in: 2, takenAt: '2022-06-30T10:00:00.000', missingAt: 1, addedAt: NOW, state: 'broken' }, // 12
  { in: 2, takenAt: '2022-06-29T10:00:00.000' }, // 13
]
/** Those that no list of what is shown may hold. */
export const HIDDEN = [9, 10, 11, 12]

/** A household of four accounts and these photos. */
export async function makeListLibrary() {
  const db = await makeDatabase()
  await db.write(async (tx) => {
    for (const { accountId: id, username, role } of [ADA, BEN, VERA, OLGA])
      await tx.insert(accounts).values({ id, username, role, passwordHash: '', createdAt: 0 })
    for (const [index, path] of AREAS.entries()) {
      const offline = path === '/p/Drive' && ({ status: 'offline', statusReason: 'root_missing' } as const)
      const identity = { device: '1', inode: path, createdAt: 0, registered: true, ...offline }
      const parentId = path.endsWith('/Oslo') ? 1 : null
      await tx.insert(areas).values({ id: index + 1, path, parentId, ...identity })
    }
    for (const [accountId, held] of Object.entries(HELD))
      for (const areaId of held)
        await tx
          .insert(areaAccess)
          .values({ accountId: Number(accountId), areaId, access: 'read-write', mayShare: true })
    for (const [path, areaId] of DIRECTORIES) await tx.insert(directories).values({ path, areaId })
    for (const [index, { in: directoryId, ...facts }] of PHOTOS.entries()) {
      const areaId = DIRECTORIES[directoryId - 1]?.[1] ?? 0
      const fixed = {
        kind: 'image',
        state: 'ready',
        takenSource: 'exif',
        mime: 'image/jpeg',
        addedAt: 0,
      } as const
      const photo = { takenAt: '', ...fixed, ...facts, areaId }
      await tx.insert(photos).values(photo)
      const name = `${index + 1}.jpg`
      await tx
        .insert(files)
        .values({ photoId: index + 1, areaId, directoryId, name, sizeBytes: 1, mtimeMs: 1 })
    }
  })
  return db
}

/** Every photo there is, as this account's favourite with five stars. */
export const markAll = (
  db: Database,
  { accountId }: AccountPrincipal,
  ids = PHOTOS.map((_, index) => index + 1),
) =>
  db.write((tx) =>
    tx
      .insert(overlays)
      .values(ids.map((photoId) => ({ accountId, photoId, favourite: true, rating: 5, updatedAt: 1 }))),
  )
