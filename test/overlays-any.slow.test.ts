import { and, eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import type { Caller } from '../electron/api/caller.ts'
import { importAll } from '../electron/contract/import-tally.ts'
import { documentText, exportPages, splitDocument } from '../electron/contract/overlay-document.ts'
import { documentSchema } from '../electron/contract/overlays.ts'
import { albums, areas, directories, files, overlays, photos, tags } from '../electron/db/schema.ts'
import { callerOf, openTestHousehold, type TestHousehold } from './support/household.ts'
import { makePicture } from './support/pictures.ts'

// Whatever an account may have added survives the way out and in, in whatever pieces it goes.

type Document = ReturnType<typeof documentSchema.parse>

const operator = callerOf(OPERATOR, { address: 'command line' })
/** More than several pages and parts hold. */
const PHOTOS = 1203

let household: TestHousehold
let accountId: number
let photoIds: number[]

beforeAll(async () => {
  household = await openTestHousehold()
  const folder = await household.folder('Many')
  await makePicture(`${folder}/first.jpg`)
  const made = await household.get(operator, 'accounts.create', {
    username: 'ada',
    role: 'admin',
    superAdmin: true,
    password: 'a quiet mantelpiece',
    folders: [{ path: folder, access: 'read-write' }],
  })
  accountId = made.id
  await household.idle()
  photoIds = await addPhotos()
}, 60_000)
afterAll(() => household.close())

/** Rows as a scan would make them, of files that lie on another disk. */
async function addPhotos(): Promise<number[]> {
  const { db } = household.services
  const [area] = await db.read.select().from(areas)
  const [directory] = await db.read.select().from(directories)
  const [photo] = await db.read.select().from(photos)
  const [file] = await db.read.select().from(files)
  if (!area || !directory || !photo || !file) throw new Error('one picture was scanned')
  const { month: _month, shelf: _shelf, id: _id, ...row } = photo
  const ids: number[] = []
  for (let from = 0; from < PHOTOS; from += 100)
    await db.write(async (tx) => {
      const numbers = Array.from({ length: Math.min(100, PHOTOS - from) }, (_, n) => from + n)
      const rows = await tx
        .insert(photos)
        .values(numbers.map(() => row))
        .returning({ id: photos.id })
      ids.push(...rows.map(({ id }) => id))
      await tx.insert(files).values(
        rows.map(({ id: photoId }, n) => ({
          ...{ photoId, areaId: area.id, directoryId: directory.id, name: `IMG ${from + n}.jpg` },
          ...{ sizeBytes: 1000 + ((from + n) % 7), mtimeMs: 1 },
          // most are known by their hash, some not yet
          contentHash: (from + n) % 5 === 0 ? null : (from + n).toString(16).padStart(64, '0'),
        })),
      )
    })
  return ids
}

const text = (max: number) =>
  fc.string({ unit: 'binary', maxLength: max }).map((one) => one.replaceAll('\0', ' '))
const name = text(12).filter((one) => one !== '')
const overlay = fc.record({
  favourite: fc.boolean(),
  rating: fc.integer({ min: 0, max: 5 }),
  caption: text(60),
  tags: fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 3 }), {
    maxLength: 4,
    selector: (path) => path.join('\0'),
  }),
})
const album = fc.record({
  title: fc.oneof(fc.constant('Same'), text(20)),
  description: text(30),
  order: fc.constantFrom('date' as const, 'hand' as const),
  createdAt: fc.integer({ min: 0, max: 2 ** 45 }),
  parent: fc.integer({ min: 0, max: 5 }),
  cover: fc.option(fc.nat(20)),
  photos: fc.uniqueArray(fc.nat(20), { maxLength: 6 }),
})

/** A document about photos of this household, made of what a generator drew. */
async function documentOf(
  drawn: readonly { favourite: boolean; rating: number; caption: string; tags: string[][] }[],
  list: readonly AlbumDrawn[],
): Promise<Document> {
  const rows = await household.services.db.read
    .select()
    .from(files)
    .where(inArray(files.photoId, photoIds.slice(0, drawn.length)))
    .orderBy(files.photoId)
  const idOf = (n: number) => rows[n % rows.length]?.photoId ?? 0
  return documentSchema.parse({
    format: 'mantel-overlays',
    version: 1,
    exportedAt: '2026-11-22T10:00:00Z',
    account: { username: 'ada', name: '' },
    photos: rows.map(({ photoId: id, contentHash, quickHash, sizeBytes, name: fileName }, n) => ({
      ...{ id, contentHash, quickHash, sizeBytes, fileName, folder: 'Many', directory: '', takenAt: '' },
      ...drawn[n],
    })),
    albums: list.map(({ photos: _photos, cover, parent, ...rest }, n) => ({
      ...{ ...rest, id: n + 1 },
      // those before it only, so that there is no ring
      parent: parent > 0 && parent <= n ? parent : null,
      cover: cover === null ? null : idOf(cover),
    })),
    albumPhotos: list.flatMap(({ photos: held }, n) =>
      [...new Set(held.map(idOf))].map((photo, position) => ({ album: n + 1, photo, addedAt: 7, position })),
    ),
  })
}
type AlbumDrawn = typeof album extends fc.Arbitrary<infer T> ? T : never

async function wipe(): Promise<void> {
  await household.services.db.write(async (tx) => {
    await tx.delete(overlays).where(eq(overlays.accountId, accountId))
    await tx.delete(tags).where(eq(tags.accountId, accountId))
    await tx.delete(albums).where(eq(albums.ownerId, accountId))
  })
}

async function exported(ada: Caller): Promise<Document> {
  let whole = ''
  const ask = exportPages((after) => household.get(ada, 'overlays.export', { after }))
  for await (const piece of documentText(ask)) whole += piece
  return documentSchema.parse(JSON.parse(whole))
}

const importing = (ada: Caller, parts: ReturnType<typeof splitDocument>) =>
  importAll(parts, (part) =>
    household.get(ada, 'overlays.import', { ...part, dryRun: false, mode: 'fill-gaps' }),
  )

/** What a document says, whatever numbers it gives to things, of photos that anything is said of. */
function said({ photos: list, albums: all, albumPhotos: members }: Document) {
  const fileOf = new Map(list.map(({ id, fileName }) => [id, fileName]))
  const used = new Set([...members.map(({ photo }) => photo), ...all.map(({ cover }) => cover)])
  const pathOf = (id: number | null): unknown[] => {
    const found = all.find((one) => one.id === id)
    if (!found) return []
    const twins = all.filter((one) => one.parent === found.parent && one.title === found.title)
    return [...pathOf(found.parent), [found.title, twins.indexOf(found)]]
  }
  const held = (id: number) =>
    members
      .filter((one) => one.album === id)
      .map(({ photo, addedAt, position }) => [fileOf.get(photo), addedAt, position])
  const text = (values: unknown[]) => values.map((value) => JSON.stringify(value)).sort()
  return {
    photos: text(
      list
        .filter(
          (one) => one.favourite || one.rating || one.caption || one.tags.length > 0 || used.has(one.id),
        )
        .map(({ fileName, favourite, rating, caption, tags: paths }) => [
          fileName,
          favourite,
          rating,
          caption,
          text(paths),
        ]),
    ),
    albums: text(
      all.map(({ id, parent: _parent, title: _title, cover, ...rest }) => [
        ...[pathOf(id), rest, cover === null ? null : fileOf.get(cover), text(held(id))],
      ]),
    ),
  }
}

test('any overlays survive import and export', async () => {
  const ada = await household.as(accountId)
  await fc.assert(
    fc.asyncProperty(
      fc.array(overlay, { minLength: 1, maxLength: 12 }),
      fc.array(album, { maxLength: 5 }),
      async (drawn, drawnAlbums) => {
        await wipe()
        const document = await documentOf(drawn, drawnAlbums)
        await importing(ada, splitDocument(document))
        const back = await exported(ada)
        expect(said(back)).toEqual(said(document))
        expect(await importing(ada, splitDocument(back))).toMatchObject({
          changed: 0,
          albums: { new: 0, photosAdded: 0 },
          notFound: [],
          ambiguous: [],
        })
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

test('more than a thousand photos: broken off anywhere and repeated, the end is the same', async () => {
  const ada = await household.as(accountId)
  await wipe()
  const drawn = photoIds.map((_, n) => ({
    ...{ favourite: n % 2 === 0, rating: n % 6, caption: `Nr. ${n} ${'ü'.repeat(n % 400)}` },
    tags: [['Numbers', String(n % 10)], ...(n % 3 === 0 ? [['Thirds']] : [])],
  }))
  const document = await documentOf(drawn, [])
  document.albums.push({
    ...{ id: 1, parent: null, title: 'All', description: '', order: 'hand', cover: null, createdAt: 1 },
  })
  document.albumPhotos.push(...photoIds.map((photo, position) => ({ album: 1, photo, addedAt: 2, position })))
  const parts = splitDocument(document)
  expect(parts.length).toBeGreaterThan(12)
  for (const brokenOff of [1, 5, 9, parts.length - 1]) {
    await wipe()
    await importing(ada, parts.slice(0, brokenOff))
    const done = await importing(ada, parts)
    expect(done).toMatchObject({ photos: PHOTOS, matched: PHOTOS, notFound: [], ambiguous: [] })
    const back = await exported(ada)
    expect(back.photos).toHaveLength(PHOTOS)
    expect(said(back)).toEqual(said(document))
  }
  const count = await household.services.db.read.$count(
    tags,
    and(eq(tags.accountId, accountId), eq(tags.name, 'Numbers')),
  )
  expect(count).toBe(1)
}, 60_000)
