import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { accountPrincipal } from '../../../test/support/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import { accounts, areas, directories, files, photos } from '../../db/schema.ts'
import { setGrants } from '../areas/access.ts'
import { describePhoto, findPhoto } from './photo.ts'

const ADA = accountPrincipal({ accountId: 1 })
const OLGA = accountPrincipal({ accountId: 2, username: 'olga', role: 'admin' })

/** Areas by path, each the child of the one named; one photo in a directory of the first that is given to Ada. */
async function folderTold(directory: string, given: string[], by = ADA) {
  const db = await makeDatabase()
  const paths = ['/home/ada/Pictures', '/home/ada/Pictures/2024', '/home/ada/Pictures 2']
  const idOf = (path: string) => paths.indexOf(path) + 1
  const area = paths.filter((path) => directory === path || directory.startsWith(`${path}/`)).at(-1) ?? ''
  await db.write(async (tx) => {
    for (const { accountId, username, role } of [ADA, OLGA])
      await tx.insert(accounts).values({ id: accountId, username, role, passwordHash: '', createdAt: 0 })
    for (const path of paths) {
      const parentId = path.endsWith('/2024') ? 1 : null
      const identity = { device: '1', inode: path, createdAt: 0, registered: true }
      await tx.insert(areas).values({ id: idOf(path), path, parentId, ...identity })
    }
    await setGrants(
      tx,
      1,
      given.map((path) => ({ areaId: idOf(path), access: 'read-write', mayShare: true })),
      0,
    )
    const place = { areaId: idOf(area) }
    const facts = { kind: 'image', state: 'ready', takenSource: 'file', mime: 'image/jpeg' } as const
    await tx.insert(directories).values({ id: 1, path: directory, ...place })
    await tx
      .insert(photos)
      .values({ id: 1, ...place, ...facts, takenAt: '2024-05-01T00:00:00.000', addedAt: 0 })
    await tx
      .insert(files)
      .values({ photoId: 1, directoryId: 1, ...place, name: 'a.jpg', sizeBytes: 1, mtimeMs: 1 })
  })
  const scope = await reachableScope(db.read, by)
  const found = await findPhoto(db.read, scope, 1)
  return found && (await describePhoto(db.read, scope, found, by)).folder
}

test.each([
  ['in the folder itself', '/home/ada/Pictures', ['/home/ada/Pictures'], 'Pictures'],
  ['below it', '/home/ada/Pictures/Oslo/Day 1', ['/home/ada/Pictures'], 'Pictures/Oslo/Day 1'],
  [
    'in one of two, one inside the other',
    '/home/ada/Pictures/2024/May',
    ['/home/ada/Pictures', '/home/ada/Pictures/2024'],
    'Pictures/2024/May',
  ],
  [
    'in a folder inside one that is not theirs',
    '/home/ada/Pictures/2024/May',
    ['/home/ada/Pictures/2024'],
    '2024/May',
  ],
  [
    'beside a folder whose name it begins with',
    '/home/ada/Pictures 2/May',
    ['/home/ada/Pictures', '/home/ada/Pictures 2'],
    'Pictures 2/May',
  ],
  ['out of reach', '/home/ada/Pictures/2023', ['/home/ada/Pictures/2024'], undefined],
])('a user is told the path below what they were given: %s', async (_, directory, given, folder) => {
  expect(await folderTold(directory, given)).toBe(folder)
})

test('whoever administers is told the path on the host', async () => {
  expect(await folderTold('/home/ada/Pictures/Oslo', ['/home/ada/Pictures'], OLGA)).toBe(
    '/home/ada/Pictures/Oslo',
  )
})
