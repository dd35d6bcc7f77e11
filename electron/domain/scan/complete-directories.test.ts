import { join } from 'node:path'
import { asc, like } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { makeScanned } from '../../../test/support/scanning.ts'
import type { Database } from '../../db/connect.ts'
import { areas, directories } from '../../db/schema.ts'

const known = async (db: Database, root: string) =>
  (await db.read.select().from(directories).orderBy(asc(directories.path))).map(
    ({ path, areaId }) => `${path.slice(root.length)} ${areaId}`,
  )

test('after a scan every directory on the way to a photo is known, in the area it belongs to', async () => {
  const { root, db, areaId, areaOf, scan, changes } = await makeScanned()
  await makePicture(join(root, '2024', 'May', 'Day 1', 'a.jpg'))
  await makePicture(join(root, '2024', 'June', 'b.jpg'))
  await makePicture(join(root, '2024 too', 'c.jpg'))
  await scan(areaId)
  const expected = ['', '/2024', '/2024 too', '/2024/June', '/2024/May', '/2024/May/Day 1']
  expect(await known(db, root)).toEqual(expected.map((path) => `${path} ${areaId}`))
  const inner = await areaOf(join(root, '2024', 'May'))
  await scan(inner)
  await scan(areaId)
  const areaOfPath = (path: string) => (path.startsWith('/2024/May') ? inner : areaId)
  expect(await known(db, root)).toEqual(expected.map((path) => `${path} ${areaOfPath(path)}`))

  // a library of before: the next scan puts in what is missing and tells of it, the one after has nothing to do
  await db.write((tx) => tx.delete(directories).where(like(directories.path, `${root}/2024`)))
  changes.length = 0
  await scan(areaId)
  expect(await known(db, root)).toEqual(expected.map((path) => `${path} ${areaOfPath(path)}`))
  expect(changes).toContain(areaId)
  changes.length = 0
  await scan(areaId)
  expect(changes).toEqual([])
  expect(await db.read.$count(areas)).toBe(2)
})
