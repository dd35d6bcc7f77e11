import { copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import type { Caller } from '../electron/api/caller.ts'
import { importAll } from '../electron/contract/import-tally.ts'
import {
  documentText,
  exportPages,
  type ImportMode,
  splitDocument,
} from '../electron/contract/overlay-document.ts'
import { documentSchema } from '../electron/contract/overlays.ts'
import {
  accounts,
  albumPhotos,
  albums,
  audit,
  files,
  overlays,
  photos,
  photoTags,
  tags,
} from '../electron/db/schema.ts'
import { callerOf, openTestHousehold, type TestHousehold } from './support/household.ts'
import { makePicture } from './support/pictures.ts'

const operator = callerOf(OPERATOR, { address: 'command line' })
const PASSWORD = 'a quiet mantelpiece'

async function openFamily() {
  const household = await openTestHousehold()
  const { services, get } = household
  const folder = await household.folder('Family')
  await mkdir(join(folder, 'Höhe'), { recursive: true })
  await makePicture(join(folder, 'a.jpg'), { colour: 'red' })
  await makePicture(join(folder, 'b.jpg'), { colour: 'green', width: 90 })
  await makePicture(join(folder, 'Höhe', 'c.jpg'), { colour: 'blue', width: 70 })
  // twice the same bytes
  await copyFile(join(folder, 'a.jpg'), join(folder, 'Höhe', 'copy of a.jpg'))
  const add = async (
    username: string,
    role: 'admin' | 'user' | 'viewer' | 'guest',
    access = 'read-write',
  ) => {
    const folders = [{ path: folder, access: access as 'read-write' }] // of the closed set
    const superAdmin = username === 'olga'
    return (
      await get(operator, 'accounts.create', { username, role, superAdmin, password: PASSWORD, folders })
    ).id
  }
  const ids = {
    olga: await add('olga', 'admin'),
    ada: await add('ada', 'user'),
    ben: await add('ben', 'user'),
    rose: await add('rose', 'viewer'),
  }
  await household.idle()
  const rows = await services.db.read.select({ id: files.photoId, name: files.name }).from(files)
  const photo = Object.fromEntries(rows.map(({ id, name }) => [name.replace('.jpg', ''), id]))
  return { ...household, folder, ids, photo }
}
type Family = Awaited<ReturnType<typeof openFamily>>

async function exportOf({ get }: Pick<TestHousehold, 'get'>, caller: Caller): Promise<unknown> {
  let text = ''
  for await (const piece of documentText(exportPages((after) => get(caller, 'overlays.export', { after }))))
    text += piece
  return JSON.parse(text)
}

function importTo(
  { get }: Pick<TestHousehold, 'get'>,
  caller: Caller,
  document: unknown,
  { dryRun = false, mode = 'fill-gaps' as ImportMode } = {},
) {
  return importAll(splitDocument(document), (part) =>
    get(caller, 'overlays.import', { ...part, dryRun, mode }),
  )
}

/** What an account added, as the database has it, without what differs from one import to the next. */
async function heldBy({ services: { db } }: Pick<TestHousehold, 'services'>, accountId: number) {
  const { read } = db
  const { favourite, rating, caption, photoId } = overlays
  const albumOf = await read.select().from(albums).where(eq(albums.ownerId, accountId)).orderBy(albums.id)
  const titleOf = new Map(albumOf.map(({ id, title }, index) => [id, `${index} ${title}`]))
  const tagRows = await read.select().from(tags).where(eq(tags.accountId, accountId))
  const pathOf = (id: number | null): string => {
    const tag = tagRows.find((row) => row.id === id)
    return tag ? `${pathOf(tag.parentId)}/${tag.name}` : ''
  }
  const used = await read
    .select({ tagId: photoTags.tagId, photoId: photoTags.photoId })
    .from(photoTags)
    .innerJoin(tags, and(eq(tags.id, photoTags.tagId), eq(tags.accountId, accountId)))
  const members = await read
    .select({ row: albumPhotos })
    .from(albumPhotos)
    .innerJoin(albums, and(eq(albums.id, albumPhotos.albumId), eq(albums.ownerId, accountId)))
    .orderBy(albumPhotos.albumId, albumPhotos.photoId)
  return {
    overlays: await read
      .select({ photoId, favourite, rating, caption })
      .from(overlays)
      .where(eq(overlays.accountId, accountId))
      .orderBy(photoId),
    tags: used.map((row) => `${row.photoId} ${pathOf(row.tagId)}`).sort(),
    albums: albumOf.map(({ id, parentId, updatedAt: _at, ownerId: _owner, ...rest }) => ({
      ...rest,
      path: `${titleOf.get(parentId ?? 0) ?? ''} > ${titleOf.get(id)}`,
    })),
    members: members.map(({ row: { albumId, addedBy, ...rest } }) => ({
      album: titleOf.get(albumId),
      isOwn: addedBy === accountId,
      ...rest,
    })),
  }
}

async function wipe({ services: { db } }: Pick<TestHousehold, 'services'>, accountId: number) {
  await db.write(async (tx) => {
    await tx.delete(overlays).where(eq(overlays.accountId, accountId))
    await tx.delete(tags).where(eq(tags.accountId, accountId))
    await tx.delete(albums).where(eq(albums.ownerId, accountId))
  })
}

/** Gives ada a little of everything. */
async function fill({ services: { db }, photo, ids }: Family) {
  const { a = 0, b = 0, c = 0, 'copy of a': copy = 0 } = photo
  const accountId = ids.ada
  const row = { accountId, updatedAt: 1 }
  await wipe({ services: { db } as Family['services'] }, accountId)
  await db.write(async (tx) => {
    await tx.insert(overlays).values([
      { ...row, photoId: a, favourite: true, rating: 5, caption: 'Grüße 👩‍👩‍👧‍👦 "quoted" \n\t\\ ' },
      { ...row, photoId: copy, caption: 'the same bytes elsewhere' },
      { ...row, photoId: c, rating: 1 },
    ])
    const tag = async (name: string, parentId: number | null = null) => {
      const [made] = await tx.insert(tags).values({ accountId, parentId, name }).returning()
      return made?.id ?? 0
    }
    const family = await tag('Family')
    const holidays = await tag('Holidays', family)
    const other = await tag('Holidays')
    await tx.insert(photoTags).values([
      { tagId: holidays, photoId: a },
      { tagId: family, photoId: c },
      { tagId: other, photoId: c },
    ])
    const album = async (title: string, parentId: number | null, more: object = {}) => {
      const values = { ownerId: accountId, title, parentId, createdAt: 77, updatedAt: 78, ...more }
      const [made] = await tx.insert(albums).values(values).returning()
      return made?.id ?? 0
    }
    // the inner one is the older: it was moved
    const inner = await album('Summer', null, { description: 'By the sea', order: 'hand', coverPhotoId: b })
    const outer = await album('Years', null)
    await tx.update(albums).set({ parentId: outer }).where(eq(albums.id, inner))
    const twin = await album('Years', null, { description: 'another of that name' })
    await tx.insert(albumPhotos).values([
      { albumId: inner, photoId: c, addedBy: accountId, addedAt: 11, position: 2 },
      { albumId: inner, photoId: b, addedBy: accountId, addedAt: 12, position: 1 },
      { albumId: twin, photoId: copy, addedBy: accountId, addedAt: 13, position: 0 },
    ])
  })
}

let family: Family
beforeAll(async () => {
  family = await openFamily()
}, 60_000)
afterAll(() => family.close())

describe('an export', () => {
  test('is what the documentation says, and holds nothing of other accounts', async () => {
    await fill(family)
    const ada = await family.as(family.ids.ada)
    const document = documentSchema.parse(await exportOf(family, ada))
    expect(document.account).toEqual({ username: 'ada', name: '' })
    expect(document.photos.map(({ folder, directory, fileName }) => [folder, directory, fileName])).toEqual(
      expect.arrayContaining([
        ['Family', '', 'a.jpg'],
        ['Family', '', 'b.jpg'],
        ['Family', 'Höhe', 'c.jpg'],
        ['Family', 'Höhe', 'copy of a.jpg'],
      ]),
    )
    expect(document.photos.find(({ fileName }) => fileName === 'a.jpg')).toMatchObject({
      favourite: true,
      rating: 5,
      tags: [['Family', 'Holidays']],
    })
    expect(JSON.stringify(document)).not.toContain(family.directory)
    const ben = documentSchema.parse(await exportOf(family, await family.as(family.ids.ben)))
    expect([ben.photos, ben.albums, ben.albumPhotos]).toEqual([[], [], []])
  })

  test('leaves out what the account cannot see now', async () => {
    await fill(family)
    const { db } = family.services
    const { a = 0, b = 0 } = family.photo
    await db.write((tx) => tx.update(accounts).set({ role: 'viewer' }).where(eq(accounts.id, family.ids.ada)))
    await db.write((tx) => tx.update(photos).set({ private: true }).where(eq(photos.id, b)))
    const document = documentSchema.parse(await exportOf(family, await family.as(family.ids.ada)))
    await db.write((tx) => tx.update(photos).set({ private: false }).where(eq(photos.id, b)))
    await db.write((tx) => tx.update(accounts).set({ role: 'user' }).where(eq(accounts.id, family.ids.ada)))
    expect(document.photos.map(({ id }) => id)).toContain(a)
    expect(document.photos.map(({ id }) => id)).not.toContain(b)
    // the album is there, without it and without it as a cover
    expect(document.albums.map(({ cover }) => cover)).toEqual([null, null, null])
    expect(document.albumPhotos.map(({ photo }) => photo)).not.toContain(b)
  })

  test('is noted, once for all its pages and once an hour', async () => {
    await fill(family)
    const { db } = family.services
    await db.write((tx) => tx.delete(audit).where(eq(audit.action, 'overlays.exported')))
    const count = () => db.read.$count(audit, eq(audit.action, 'overlays.exported'))
    const before = await count()
    await exportOf(family, await family.as(family.ids.ada))
    expect(await count()).toBe(before + 1)
    for (let more = 0; more < 3; more += 1) await exportOf(family, await family.as(family.ids.ada))
    expect(await count()).toBe(before + 1)
    await exportOf(family, await family.as(family.ids.ben))
    expect(await count()).toBe(before + 2)
    const hour = 60 * 60_000
    await db.write((tx) => tx.update(audit).set({ at: sql`${audit.at} - ${hour + 1}` }))
    await exportOf(family, await family.as(family.ids.ada))
    expect(await count()).toBe(before + 3)
  })
})

describe('the way there and back', () => {
  test.each<ImportMode>(['fill-gaps', 'keep-mine', 'take-theirs'])(
    '%s: wiped and imported, everything is equal; once more changes nothing',
    async (mode) => {
      await fill(family)
      const { ada: id } = family.ids
      const ada = await family.as(id)
      const before = await heldBy(family, id)
      const document = await exportOf(family, ada)
      await wipe(family, id)
      const dry = await importTo(family, ada, document, { dryRun: true, mode })
      expect((await heldBy(family, id)).overlays).toEqual([])
      const done = await importTo(family, ada, document, { mode })
      expect(done).toMatchObject({ photos: 4, matched: 4, changed: 3, notFound: [], ambiguous: [] })
      expect(done.albums).toEqual({ new: 3, merged: 0, photosAdded: 3, photosNotFound: 0 })
      expect(dry).toEqual(done)
      const after = await heldBy(family, id)
      expect(sorted(after)).toEqual(sorted(before))
      const again = await importTo(family, ada, document, { mode })
      expect(again).toMatchObject({ changed: 0, albums: { new: 0, merged: 3, photosAdded: 0 } })
      expect(await heldBy(family, id)).toEqual(after)
      expect(sorted(documentSchema.parse(await exportOf(family, ada)))).toMatchObject({
        photos: documentSchema.parse(document).photos.map(({ tags: _tags, ...rest }) => rest),
      })
    },
  )

  test('an import is noted once for all its parts, and not where nothing changes', async () => {
    await fill(family)
    const { ids, services } = family
    const document = await exportOf(family, await family.as(ids.ada))
    const count = () => services.db.read.$count(audit, eq(audit.action, 'overlays.imported'))
    const before = await count()
    await importTo(family, await family.as(ids.ada), document)
    expect(await count()).toBe(before)
    await wipe(family, ids.ada)
    await importTo(family, await family.as(ids.ada), document)
    expect(await count()).toBe(before + 1)
  })

  test('two accounts with one folder stay apart', async () => {
    await fill(family)
    const { ids } = family
    await wipe(family, ids.ben)
    const before = await heldBy(family, ids.ada)
    const document = await exportOf(family, await family.as(ids.ada))
    await importTo(family, await family.as(ids.ben), document)
    expect(await heldBy(family, ids.ada)).toEqual(before)
    expect(sorted(await heldBy(family, ids.ben))).toEqual(sorted(before))
    await wipe(family, ids.ben)
    expect(await heldBy(family, ids.ada)).toEqual(before)
  })

  test('a viewer gets favourites and ratings, and is told what stayed out', async () => {
    await fill(family)
    const { ids } = family
    const document = await exportOf(family, await family.as(ids.ada))
    const done = await importTo(family, await family.as(ids.rose), document)
    expect(done.leftOut).toEqual({ favourites: 0, ratings: 0, captions: 2, tags: 2, albums: 3 })
    expect(done.albums.new).toBe(0)
    const { overlays: rows, ...rest } = await heldBy(family, ids.rose)
    expect(rows.map(({ favourite, rating, caption }) => [favourite, rating, caption])).toEqual(
      expect.arrayContaining([
        [true, 5, ''],
        [false, 1, ''],
      ]),
    )
    expect(rest).toEqual({ tags: [], albums: [], members: [] })
  })
})

/** Albums in the order of their paths: an import makes outer ones first. */
function sorted<T extends object>(held: T) {
  const plain = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map((one) => JSON.stringify(one).replaceAll(/\d+ (Years|Summer)/g, '$1')).sort()
      : value
  if ('photos' in held) return held
  return Object.fromEntries(Object.entries(held).map(([key, value]) => [key, plain(value)]))
}

describe('where both sides have a value', () => {
  const outcomes: [ImportMode, object][] = [
    ['keep-mine', { favourite: false, rating: 2, caption: '', tags: ['/Mine'] }],
    ['fill-gaps', { favourite: true, rating: 2, caption: 'theirs', tags: ['/Mine', '/Theirs/Deep'] }],
    ['take-theirs', { favourite: true, rating: 4, caption: 'theirs', tags: ['/Theirs/Deep'] }],
  ]
  test.each(outcomes)('%s', async (mode, expected) => {
    const { ids, photo, services } = family
    await fill(family)
    const document = documentSchema.parse(await exportOf(family, await family.as(ids.ada)))
    const entry = document.photos.find(({ id }) => id === photo.b)
    if (!entry) throw new Error('b is in an album')
    Object.assign(entry, { favourite: true, rating: 4, caption: 'theirs', tags: [['Theirs', 'Deep']] })
    await wipe(family, ids.ben)
    await services.db.write(async (tx) => {
      await tx.insert(overlays).values({ accountId: ids.ben, photoId: photo.b ?? 0, rating: 2, updatedAt: 1 })
      const [tag] = await tx.insert(tags).values({ accountId: ids.ben, name: 'Mine' }).returning()
      await tx.insert(photoTags).values({ tagId: tag?.id ?? 0, photoId: photo.b ?? 0 })
    })
    await importTo(family, await family.as(ids.ben), document, { mode })
    const held = await heldBy(family, ids.ben)
    const of = held.overlays.find(({ photoId }) => photoId === photo.b)
    const named = held.tags.filter((tag) => tag.startsWith(`${photo.b} `)).map((tag) => tag.split(' ')[1])
    expect({ ...of, tags: named }).toEqual({ photoId: photo.b, ...expected })
  })
})

describe('what is refused names the field', () => {
  const good = { format: 'mantel-overlays', version: 1, exportedAt: '2026-11-22T10:00:00.000Z' }
  const whole = { ...good, account: { username: 'a', name: '' }, photos: [], albums: [], albumPhotos: [] }
  const wrong: [string, unknown][] = [
    ['format', 'no object'],
    ['format', { ...whole, format: 'else' }],
    ['version', { ...whole, version: 2 }],
    ['photos', { ...whole, photos: undefined }],
    ['extra', { ...whole, extra: 1 }],
    ['albumPhotos.0.photo', { ...whole, albumPhotos: [{ album: 1, photo: 1, addedAt: 1, position: 0 }] }],
    ['albums.0.parent', { ...whole, albums: [{ id: 1, parent: 2, title: 'x', cover: null }] }],
    ['albums.0.parent', { ...whole, albums: [{ id: 1, parent: 1, title: 'x', cover: null }] }],
    ['photos.0', { ...whole, photos: [[]] }],
  ]
  test.each(wrong)('%s', (field, document) => {
    expect(() => splitDocument(document)).toThrow(expect.objectContaining({ field }))
  })

  test('an entry of another shape, or of another version', async () => {
    const { ids, call } = family
    const ada = await family.as(ids.ada)
    const header = { ...good, account: { username: 'a', name: '' } }
    const part = { dryRun: true, mode: 'fill-gaps', header, photos: [{ id: 1, rating: 6 }] }
    const answer = await call(ada, 'overlays.import', part)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: { 'photos.0.rating': 'malformed' } },
    })
    const newer = { ...part, header: { ...header, version: 2 }, photos: [] }
    expect(await call(ada, 'overlays.import', newer)).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: { 'header.version': 'export_version' } },
    })
  })
})

describe('finding a photo again', () => {
  test('elsewhere: by its hash, by its path, by its ends; of several nothing is guessed', async () => {
    const { ids, photo } = family
    await fill(family)
    const document = documentSchema.parse(await exportOf(family, await family.as(ids.ada)))
    const entryOf = (name: string) => {
      const entry = document.photos.find(({ id }) => id === photo[name])
      if (!entry) throw new Error(`no ${name}`)
      return entry
    }
    const ben = await family.as(ids.ben)
    const found = async (change: object, name = 'c') => {
      const photosIn = [{ ...entryOf(name), favourite: true, ...change }]
      const { matched, notFound, ambiguous } = await importTo(
        family,
        ben,
        { ...document, photos: photosIn, albums: [], albumPhotos: [] },
        { dryRun: true },
      )
      return [matched, notFound.length, ambiguous.length]
    }
    const elsewhere = { folder: 'Other', directory: 'x/y', fileName: 'z.jpg' }
    expect(entryOf('c').contentHash).not.toBeNull()
    expect(await found(elsewhere)).toEqual([1, 0, 0])
    expect(await found({ contentHash: null, quickHash: null })).toEqual([1, 0, 0])
    expect(await found({ contentHash: null, quickHash: null, directory: 'Ho\u0308he' })).toEqual([1, 0, 0])
    expect(await found({ contentHash: null, quickHash: null, folder: 'Other' })).toEqual([1, 0, 0])
    expect(await found({ ...elsewhere, contentHash: null })).toEqual([1, 0, 0])
    expect(await found({ ...elsewhere, contentHash: null, quickHash: null })).toEqual([0, 1, 0])
    // another file at the same path
    expect(await found({ contentHash: 'a'.repeat(64), quickHash: null })).toEqual([0, 1, 0])
    // two with the same bytes: the path tells them apart, nothing else does
    expect(await found({}, 'a')).toEqual([1, 0, 0])
    expect(await found(elsewhere, 'a')).toEqual([0, 0, 1])
    expect(await found({ ...elsewhere, contentHash: null }, 'a')).toEqual([0, 0, 1])
  })

  test('in another household, with the pictures in another place', async () => {
    await fill(family)
    const document = await exportOf(family, await family.as(family.ids.ada))
    const other = await openTestHousehold()
    try {
      const folder = await other.folder('Anywhere')
      await mkdir(join(folder, 'deep'), { recursive: true })
      for (const name of ['a.jpg', 'b.jpg', join('Höhe', 'c.jpg')])
        await copyFile(join(family.folder, name), join(folder, 'deep', `new ${name.replace('/', ' ')}`))
      const { id } = await other.get(operator, 'accounts.create', {
        username: 'ada2',
        role: 'admin',
        superAdmin: true,
        password: PASSWORD,
        folders: [{ path: folder, access: 'read-only' }],
      })
      await other.idle()
      const done = await importTo(other, await other.as(id), document)
      // both copies of a are the one that is here
      expect(done).toMatchObject({ photos: 4, matched: 4, notFound: [], ambiguous: [] })
      const held = await heldBy(other, id)
      expect(held.overlays.map(({ rating }) => rating).sort()).toEqual([1, 5])
      expect(held.albums.map(({ title }) => title).sort()).toEqual(['Summer', 'Years', 'Years'])
      expect(await importTo(other, await other.as(id), document)).toMatchObject({ changed: 0 })
    } finally {
      await other.close()
    }
  }, 30_000)
})

test('the operator exports and imports for an account; a dry run without one looks at every folder', async () => {
  await fill(family)
  const { ids, get } = family
  const before = await heldBy(family, ids.ada)
  let text = ''
  const ask = exportPages((after) => get(operator, 'overlays.export', { accountId: ids.ada, after }))
  for await (const piece of documentText(ask)) text += piece
  await wipe(family, ids.ada)
  const parts = splitDocument(JSON.parse(text))
  const nobody = await importAll(parts, (part) =>
    get(operator, 'overlays.import', { ...part, dryRun: true, mode: 'fill-gaps' }),
  )
  expect(nobody).toMatchObject({ matched: 4, changed: 3, albums: { new: 3 } })
  await importAll(parts, (part) =>
    get(operator, 'overlays.import', { ...part, accountId: ids.ada, dryRun: false, mode: 'fill-gaps' }),
  )
  expect(sorted(await heldBy(family, ids.ada))).toEqual(sorted(before))
  const [entry] = await family.services.db.read
    .select()
    .from(audit)
    .where(eq(audit.action, 'overlays.imported'))
    .orderBy(sql`${audit.id} desc`)
    .limit(1)
  expect(entry).toMatchObject({ actorName: 'operator', objectId: ids.ada, objectName: 'ada' })
})

test('a folder whose drive is away keeps what was added, and takes it in', async () => {
  await fill(family)
  const { ids, folder } = family
  const away = `${folder} away`
  await rename(folder, away)
  await family.scanAll(operator)
  const document = documentSchema.parse(await exportOf(family, await family.as(ids.ada)))
  expect(document.photos).toHaveLength(4)
  await rename(away, folder)
  await family.scanAll(operator)
})
