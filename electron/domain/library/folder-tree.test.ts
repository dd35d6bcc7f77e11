import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { ADA, BEN, makeListLibrary, OLGA, VERA } from '../../../test/support/list-library.ts'
import { accountPrincipal } from '../../../test/support/principal.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { View } from '../../contract/photos.ts'
import type { Database } from '../../db/connect.ts'
import { areaAccess, directories, photos } from '../../db/schema.ts'
import { flagsWith } from '../settings/flags.ts'
import { createFolderTallies } from './folder-tallies.ts'
import { readTrail } from './folder-trail.ts'
import { readTree } from './folder-tree.ts'

/** Names with their counts: of photos in the folder itself, and of all below it; `>` where there are folders in it. */
async function tree(db: Database, by: AccountPrincipal, parentId: number | null = null, view?: View) {
  const needs = { db: db.read, tallies: createFolderTallies(db.read) }
  const told = await readTree(needs, by, { parentId, view })
  return told.map(
    ({ name, count, deepCount, hasChildren }) => `${name} ${count} ${deepCount}${hasChildren ? ' >' : ''}`,
  )
}

test('the outermost folders come first, each with what lies in it and below it', async () => {
  const db = await makeListLibrary()
  expect(await tree(db, ADA)).toEqual(['Drive 1 1', 'Family 1 7 >'])
  expect(await tree(db, BEN)).toEqual(
    ['Ben 1 1', 'Drive 1 1', 'Family 1 7 >'].filter((name) => !name.startsWith('Drive')),
  )
  expect(await tree(db, OLGA)).toEqual([])
  expect(await tree(db, OLGA, null, 'everyone')).toEqual(['Ben 1 1', 'Drive 1 1', 'Family 1 7 >'])
  expect(await tree(db, OLGA, null, { accountId: ADA.accountId })).toEqual(['Drive 1 1', 'Family 1 7 >'])
})

test('inside a folder are those directly in it, also where another area begins there', async () => {
  const db = await makeListLibrary()
  expect(await tree(db, ADA, 1)).toEqual(['2020 2 4 >', '2020 too 1 1', '2020! 1 1'])
  expect(await tree(db, ADA, 2)).toEqual(['Oslo 1 1', 'Rome 1 1'])
  expect(await tree(db, ADA, 3)).toEqual([])
})

test('a folder that one does not have is like none, and what lies in it is not counted', async () => {
  const db = await makeListLibrary()
  for (const [by, id] of [
    [ADA, 5],
    [BEN, 4],
    [OLGA, 1],
    [ADA, 999],
  ] as const)
    await expect(tree(db, by, id)).rejects.toMatchObject({ code: 'not_found' })
  await db.write((tx) => tx.delete(areaAccess))
  const given = { accountId: 3, access: 'read-only', mayShare: false } as const
  await db.write((tx) => tx.insert(areaAccess).values({ ...given, areaId: 1 }))
  expect(await tree(db, VERA)).toEqual(['Family 1 6 >'])
  expect(await tree(db, VERA, 2)).toEqual(['Rome 1 1'])
  await db.write((tx) => tx.delete(areaAccess))
  await db.write((tx) => tx.insert(areaAccess).values({ ...given, areaId: 3 }))
  expect(await tree(db, VERA)).toEqual(['Oslo 1 1'])
})

test('folders of which nothing is shown are not there', async () => {
  const db = await makeListLibrary()
  await db.write((tx) => tx.update(photos).set({ private: true }))
  expect(await tree(db, ADA)).toEqual([])
  await db.write((tx) => tx.update(photos).set({ private: false, kind: 'video' }))
  expect(await tree(db, { ...ADA, flags: flagsWith('{"videos":false}') })).toEqual([])
})

test('covers are the newest that are shown, of different folders where there are enough', async () => {
  const db = await makeListLibrary()
  const needs = { db: db.read, tallies: createFolderTallies(db.read) }
  const coversOf = async (parentId: number | null, name: string) =>
    (await readTree(needs, ADA, { parentId }))
      .find((folder) => folder.name === name)
      ?.covers.map(({ id }) => id)
  expect(await coversOf(null, 'Family')).toEqual([13, 1, 3, 8])
  expect(await coversOf(1, '2020')).toEqual([13, 2, 3, 8])
  expect(await coversOf(null, 'Drive')).toEqual([4])
})

test('while directories on the way are not known yet, those below stand for them', async () => {
  const db = await makeListLibrary()
  const at = (path: string) =>
    db.write((tx) => tx.insert(directories).values({ path, areaId: 4 }).returning())
  const [deep] = await at('/p/Ben/2001/May/Day 1')
  await db.write((tx) => tx.update(photos).set({ areaId: 4 }))
  await db.write((tx) => tx.run(`update files set area_id = 4, directory_id = ${deep?.id}`))
  expect(await tree(db, BEN)).toEqual(['Ben 0 9 >'])
  expect(await tree(db, BEN, 5)).toEqual(['2001/May/Day 1 9 9'])
  await db.write((tx) => tx.run('delete from directories where id = 5'))
  expect(await tree(db, BEN)).toEqual(['Ben/2001/May/Day 1 9 9'])
})

test('counts are kept, and taken anew for the folders that something is announced of', async () => {
  const db = await makeListLibrary()
  const tallies = createFolderTallies(db.read)
  const counts = async (by = ADA) =>
    (await readTree({ db: db.read, tallies }, by, {})).map(({ name, deepCount }) => `${name} ${deepCount}`)
  expect(await counts()).toEqual(['Drive 1', 'Family 7'])
  await db.write((tx) => tx.update(photos).set({ archived: true }))
  tallies.touch({ topic: 'overlay' })
  tallies.touch({ topic: 'library', areas: [4] })
  expect(await counts()).toEqual(['Drive 1', 'Family 7'])
  tallies.touch({ topic: 'library', areas: [1, 3] })
  expect(await counts()).toEqual(['Drive 1'])
  // what one account asked for tells another nothing that it does not have
  expect(await counts(accountPrincipal({ accountId: 4, username: 'olga' }))).toEqual([])
  tallies.touch({ topic: 'folders' })
  expect(await counts()).toEqual([])
})

test('while folders are switched off there is no tree', async () => {
  const db = await makeListLibrary()
  const off = { ...ADA, flags: flagsWith('{"folders":false}') }
  await expect(tree(db, off)).rejects.toMatchObject({
    code: 'forbidden',
    details: { reason: 'switched_off' },
  })
})

test('the way to a folder begins with the outermost one that somebody has, and is for nobody else', async () => {
  const db = await makeListLibrary()
  const way = async (by: AccountPrincipal, folderId: number, view?: View) =>
    (await readTrail(db.read, by, { folderId, view })).map(({ name }) => name)
  expect(await way(ADA, 1)).toEqual(['Family'])
  const [oslo] = (
    await readTree({ db: db.read, tallies: createFolderTallies(db.read) }, ADA, { parentId: 2 })
  ).filter(({ name }) => name === 'Oslo')
  expect(await way(ADA, oslo?.id ?? 0)).toEqual(['Family', '2020', 'Oslo'])
  for (const [by, id] of [
    [ADA, 5],
    [OLGA, 1],
    [ADA, 999],
  ] as const)
    await expect(way(by, id)).rejects.toMatchObject({ code: 'not_found' })
  // somebody who has the innermost one alone is not told what it lies in
  await db.write((tx) => tx.delete(areaAccess))
  await db.write((tx) =>
    tx.insert(areaAccess).values({ accountId: 3, access: 'read-only', mayShare: false, areaId: 3 }),
  )
  expect(await way(VERA, oslo?.id ?? 0)).toEqual(['Oslo'])
  await expect(way(VERA, 1)).rejects.toMatchObject({ code: 'not_found' })
})

test('each folder on the way is told with whether it may be shared', async () => {
  const db = await makeListLibrary()
  const shareable = async (by: AccountPrincipal) =>
    (await readTrail(db.read, by, { folderId: 3 })).map(({ name, may }) => `${name} ${may.share}`)
  const grant = (areaId: number, mayShare: boolean) =>
    db.write((tx) =>
      tx
        .update(areaAccess)
        .set({ mayShare })
        .where(and(eq(areaAccess.accountId, ADA.accountId), eq(areaAccess.areaId, areaId))),
    )
  await grant(1, true)
  await grant(3, false)
  expect(await shareable(ADA)).toEqual(['Family true', '2020 true', 'Oslo false'])
  await grant(1, false)
  await grant(3, true)
  expect(await shareable(ADA)).toEqual(['Family false', '2020 false', 'Oslo true'])
  expect(await shareable({ ...ADA, mayShare: false })).toEqual(['Family false', '2020 false', 'Oslo false'])
  expect(await shareable({ ...ADA, viewed: true })).toEqual(['Family false', '2020 false', 'Oslo false'])
})
