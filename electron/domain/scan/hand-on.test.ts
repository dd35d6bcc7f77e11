import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accountPrincipal } from '../../../test/support/principal.ts'
import { makeScanned, shown } from '../../../test/support/scanning.ts'
import { reachableScope, timelineScope } from '../../access/scope.ts'
import {
  accounts,
  albumPhotos,
  albums,
  areas,
  files,
  overlays,
  photos,
  photoTags,
  sharedCaptions,
  sharePhotos,
  shares,
  tags,
} from '../../db/schema.ts'
import { setGrants } from '../areas/access.ts'
import { findPhoto } from '../library/photo.ts'
import { isSameContent } from './survivors.ts'

const ann = 1
const ben = 2
const cleo = 3
const access = { access: 'read-write', mayShare: true } as const

/**
 * Folders `one`, `two` and `three` with areas of their own; Ann reaches all, Ben `one` and `two`, Cleo `three`. `forget`
 * deletes files of `one` and lets their days pass.
 */
async function makeFolders() {
  const { root, db, areaOf, scan } = await makeScanned()
  for (const name of ['one', 'two', 'three']) await mkdir(join(root, name))
  const [one = 0, two = 0, three = 0] = [
    await areaOf(join(root, 'one')),
    await areaOf(join(root, 'two')),
    await areaOf(join(root, 'three')),
  ]
  await db.write(async (tx) => {
    for (const [id, username] of [
      [ann, 'ann'],
      [ben, 'ben'],
      [cleo, 'cleo'],
    ] as const)
      await tx.insert(accounts).values({ id, username, role: 'user', passwordHash: '', createdAt: 0 })
    const reach = { [ann]: [one, two, three], [ben]: [one, two], [cleo]: [three] }
    for (const [id, areaIds] of Object.entries(reach))
      await setGrants(
        tx,
        Number(id),
        areaIds.map((areaId) => ({ areaId, ...access })),
        0,
      )
  })
  const scanAll = async () => {
    for (const id of [one, two, three]) await scan(id)
  }
  const idOf = async (path: string) => (await shown(db, root)).get(path)?.photo.id ?? 0
  const forget = async (...names: string[]) => {
    for (const name of names) await rm(join(root, 'one', name))
    await writeFile(join(root, 'one', 'notes.txt'), 'not empty')
    await scan(one)
    const { onlineDays = 0 } = (await db.read.select().from(areas).where(eq(areas.id, one)))[0] ?? {}
    await db.write((tx) =>
      tx
        .update(areas)
        .set({ onlineDays: onlineDays + 30 })
        .where(eq(areas.id, one)),
    )
    return (await scan(one)).result.dropped
  }
  /** The same film in each of these places. */
  const place = async (content: string | Buffer, ...paths: string[]) => {
    for (const path of paths) await writeFile(join(root, path), content)
  }
  return { root, db, one, two, three, scanAll, idOf, forget, place }
}

type Overlay = typeof overlays.$inferInsert
const said = (row: Omit<Overlay, 'updatedAt'>): Overlay => ({ updatedAt: 5, ...row })

test('each account’s overlay goes to the identical file, and only gaps are filled', async () => {
  const { db, scanAll, idOf, forget, place } = await makeFolders()
  await place('film', 'one/a.mp4', 'two/copy.mp4')
  await place('another', 'two/another.mp4')
  await scanAll()
  const [from, to] = [await idOf('one/a.mp4'), await idOf('two/copy.mp4')]
  await db.write(async (tx) => {
    await tx
      .insert(overlays)
      .values([
        said({ accountId: ann, photoId: from, favourite: true, rating: 3, caption: 'old' }),
        said({ accountId: ann, photoId: to, rating: 5 }),
        said({ accountId: ben, photoId: from, rating: 2, caption: 'Ben’s' }),
      ])
    await tx.insert(tags).values([
      { id: 1, accountId: ann, name: 'sea' },
      { id: 2, accountId: ann, name: 'dog' },
      { id: 3, accountId: ben, name: 'sea' },
    ])
    await tx.insert(photoTags).values([
      { tagId: 1, photoId: from },
      { tagId: 1, photoId: to },
      { tagId: 2, photoId: from },
      { tagId: 3, photoId: from },
    ])
  })
  expect(await forget('a.mp4')).toBe(1)
  const rows = await db.read.select().from(overlays).orderBy(overlays.accountId)
  expect(rows).toEqual([
    { accountId: ann, photoId: to, favourite: true, rating: 5, caption: 'old', updatedAt: 5 },
    { accountId: ben, photoId: to, favourite: false, rating: 2, caption: 'Ben’s', updatedAt: 5 },
  ])
  const tagged = await db.read.select().from(photoTags).orderBy(photoTags.tagId)
  expect(tagged).toEqual([1, 2, 3].map((tagId) => ({ tagId, photoId: to })))
})

test('places in albums, covers and links go along', async () => {
  const { db, scanAll, idOf, forget, place } = await makeFolders()
  await place('film', 'one/a.mp4', 'two/copy.mp4')
  await scanAll()
  const [from, to] = [await idOf('one/a.mp4'), await idOf('two/copy.mp4')]
  await db.write(async (tx) => {
    const album = { ownerId: ann, createdAt: 0, updatedAt: 0 }
    await tx.insert(albums).values([
      { id: 1, title: 'all', coverPhotoId: from, ...album },
      { id: 2, title: 'both', ...album },
    ])
    await tx.insert(albumPhotos).values([
      { albumId: 1, photoId: from, addedBy: ben, addedAt: 7, position: 4 },
      { albumId: 2, photoId: from, addedBy: ann, addedAt: 7, position: 1 },
      { albumId: 2, photoId: to, addedBy: ben, addedAt: 8, position: 9 },
    ])
    const share = {
      creatorId: ben,
      tokenHash: 'x',
      tokenSealed: 'x',
      download: 'none',
      createdAt: 0,
    } as const
    await tx.insert(shares).values({ id: 1, ...share })
    await tx.insert(sharePhotos).values({ shareId: 1, photoId: from })
  })
  expect(await forget('a.mp4')).toBe(1)
  expect(await db.read.select().from(albumPhotos).orderBy(albumPhotos.albumId)).toEqual([
    { albumId: 1, photoId: to, addedBy: ben, addedAt: 7, position: 4 },
    { albumId: 2, photoId: to, addedBy: ben, addedAt: 8, position: 9 },
  ])
  expect((await db.read.select().from(albums).where(eq(albums.id, 1)))[0]?.coverPhotoId).toBe(to)
  expect(await db.read.select().from(sharePhotos)).toEqual([{ shareId: 1, photoId: to }])
})

test('of several identical ones each account gets one it reaches; otherwise the oldest, which it does not see', async () => {
  const { root, db, scanAll, idOf, forget, place } = await makeFolders()
  await place('film', 'three/first.mp4')
  await scanAll()
  await place('film', 'two/second.mp4', 'two/third.mp4')
  await scanAll()
  await place('film', 'one/a.mp4')
  await place('lonely', 'one/b.mp4', 'three/b.mp4')
  await scanAll()
  const from = await idOf('one/a.mp4')
  const [first, second, hidden] = [
    await idOf('three/first.mp4'),
    await idOf('two/second.mp4'),
    await idOf('three/b.mp4'),
  ]
  const lonely = await idOf('one/b.mp4')
  await db.write((tx) =>
    tx
      .insert(overlays)
      .values([
        ...[ann, ben, cleo].map((accountId) => said({ accountId, photoId: from, favourite: true })),
        said({ accountId: ben, photoId: lonely, favourite: true }),
      ]),
  )
  expect(await forget('a.mp4', 'b.mp4')).toBe(2)
  const rows = await db.read.select().from(overlays)
  expect(new Set(rows.map(({ accountId, photoId }) => `${accountId} ${photoId}`))).toEqual(
    new Set([`${ann} ${first}`, `${ben} ${second}`, `${cleo} ${first}`, `${ben} ${hidden}`]),
  )
  const by = accountPrincipal({ accountId: ben, username: 'ben' })
  for (const scope of [await reachableScope(db.read, by), await timelineScope(db.read, by)]) {
    expect(await findPhoto(db.read, scope, hidden)).toBeUndefined()
    expect(await findPhoto(db.read, scope, second)).toBeDefined()
  }
  expect((await shown(db, root)).size).toBe(4)
})

test('what everybody with the folder reads is not read by more people than before', async () => {
  const { db, scanAll, idOf, forget, place } = await makeFolders()
  await place('film', 'one/a.mp4', 'three/copy.mp4')
  await place('other film', 'one/b.mp4', 'two/copy.mp4', 'three/copy2.mp4')
  await scanAll()
  const ids = [await idOf('one/a.mp4'), await idOf('one/b.mp4')]
  await db.write(async (tx) => {
    await tx.insert(tags).values({ id: 1, name: 'family' })
    for (const photoId of ids) {
      await tx.insert(sharedCaptions).values({ photoId, caption: 'ours', accountId: ann, updatedAt: 6 })
      await tx.insert(photoTags).values({ tagId: 1, photoId })
    }
  })
  const [safe, unsafe] = [await idOf('two/copy.mp4'), await idOf('three/copy.mp4')]
  expect(await forget('a.mp4', 'b.mp4')).toBe(2)
  const shared = await db.read.select().from(sharedCaptions)
  expect(shared).toEqual([{ photoId: safe, caption: 'ours', accountId: ann, updatedAt: 6 }])
  expect(await db.read.select().from(photoTags)).toEqual([{ tagId: 1, photoId: safe }])
  // Cleo reaches the other survivor and not the folder it was for: there it is Ann's alone.
  expect(await db.read.select().from(overlays)).toMatchObject([
    { accountId: ann, photoId: unsafe, caption: 'ours', favourite: false },
  ])
})

test('a survivor keeps its own marks, and nothing private comes to be shown by a public one', async () => {
  const { db, scanAll, idOf, forget, place } = await makeFolders()
  await place('private', 'one/a.mp4', 'two/a.mp4')
  await place('public', 'one/b.mp4', 'two/b.mp4')
  await scanAll()
  const at = async (path: string) => ({ photoId: await idOf(path) })
  const [a, b, a2, b2] = [
    await at('one/a.mp4'),
    await at('one/b.mp4'),
    await at('two/a.mp4'),
    await at('two/b.mp4'),
  ]
  await db.write(async (tx) => {
    for (const { photoId } of [a, b2])
      await tx.update(photos).set({ private: true }).where(eq(photos.id, photoId))
    await tx.insert(albums).values({ id: 1, ownerId: ann, title: 'all', createdAt: 0, updatedAt: 0 })
    for (const row of [a, b]) {
      await tx.insert(albumPhotos).values({ albumId: 1, addedAt: 0, addedBy: ann, ...row })
      await tx.insert(overlays).values(said({ accountId: ann, favourite: true, ...row }))
    }
  })
  expect(await forget('a.mp4', 'b.mp4')).toBe(2)
  const marks = await db.read
    .select({ id: photos.id, private: photos.private })
    .from(photos)
    .orderBy(photos.id)
  expect(marks).toEqual([
    { id: a2.photoId, private: false },
    { id: b2.photoId, private: true },
  ])
  expect(await db.read.select().from(albumPhotos)).toMatchObject([b2])
  expect(await db.read.select().from(overlays).orderBy(overlays.photoId)).toMatchObject([a2, b2])
})

test('only what certainly holds the same is identical', async () => {
  const ends = { sizeBytes: 200_000, quickHash: 'q', contentHash: null }
  const small = { sizeBytes: 128 * 1024, quickHash: 'q', contentHash: null }
  expect(isSameContent(ends, ends)).toBe(false)
  expect(isSameContent({ ...ends, contentHash: 'x' }, { ...ends, contentHash: 'x' })).toBe(true)
  expect(isSameContent({ ...ends, contentHash: 'x' }, { ...ends, contentHash: 'y' })).toBe(false)
  expect(isSameContent({ ...ends, contentHash: 'x' }, ends)).toBe(false)
  expect(isSameContent(small, { ...small, contentHash: 'x' })).toBe(true)
  expect(isSameContent({ ...small, sizeBytes: small.sizeBytes + 1 }, small)).toBe(false)
  expect(isSameContent({ ...small, sizeBytes: 0 }, { ...small, sizeBytes: 0 })).toBe(false)
  // written over since a scan looked: its hash of everything is another content's
  const stale = { sizeBytes: 9, quickHash: 'old', contentHash: 'x' }
  expect(isSameContent(stale, { ...stale, quickHash: 'new' })).toBe(false)
})

test('a large film that was never hashed as a whole, and one that is missing too, are no survivors', async () => {
  const { root, db, scanAll, idOf, forget, place } = await makeFolders()
  const large = (middle: string) =>
    Buffer.concat([Buffer.alloc(70_000, 'a'), Buffer.from(middle), Buffer.alloc(70_000, 'z')])
  await place(large('one'), 'one/a.mp4')
  await place(large('two'), 'two/a.mp4')
  await place(large('hashed'), 'one/b.mp4', 'two/b.mp4')
  await place('film', 'one/c.mp4')
  await mkdir(join(root, 'two', 'sub'))
  await copyFile(join(root, 'one', 'c.mp4'), join(root, 'two', 'sub', 'c.mp4'))
  await scanAll()
  await rm(join(root, 'two', 'sub', 'c.mp4'))
  await scanAll()
  const [a, b, c] = [await idOf('one/a.mp4'), await idOf('one/b.mp4'), await idOf('one/c.mp4')]
  const survivor = await idOf('two/b.mp4')
  await db.write(async (tx) => {
    for (const photoId of [b, survivor])
      await tx.update(files).set({ contentHash: 'hash of b' }).where(eq(files.photoId, photoId))
    for (const photoId of [a, b, c])
      await tx.insert(overlays).values(said({ accountId: ann, photoId, favourite: true }))
  })
  expect(await forget('a.mp4', 'b.mp4', 'c.mp4')).toBe(3)
  expect(await db.read.select().from(overlays)).toMatchObject([{ photoId: survivor }])
})
