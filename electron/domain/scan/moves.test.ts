import { copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { failureOf, makeScanned, shown, statusOf, touch } from '../../../test/support/scanning.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, overlays } from '../../db/schema.ts'
import { filesAtOnce } from './index-files.ts'

/** Photos' ids by path below `root`, those on disk only. */
async function idsOf(db: Database, root: string): Promise<Record<string, number>> {
  const rows = [...(await shown(db, root))].filter(([, { file }]) => file.presence === 'present')
  return Object.fromEntries(rows.map(([path, { photo }]) => [path, photo.id]).sort())
}

/** Large enough that its quick hash is of its ends only. */
const film = (middle: string) =>
  Buffer.concat([Buffer.alloc(70_000, 'a'), Buffer.from(middle), Buffer.alloc(70_000, 'z')])

test('a renamed file keeps its photo, with all that was added to it', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'b.jpg'), { width: 90 })
  await scan(areaId)
  const before = (await shown(db, root)).get('a.jpg')
  const photoId = before?.photo.id ?? 0
  await db.write(async (tx) => {
    const person = { username: 'ann', role: 'user', passwordHash: '', createdAt: 0 }
    await tx.insert(accounts).values({ id: 1, ...person })
    await tx.insert(overlays).values({ accountId: 1, photoId, favourite: true, caption: 'us', updatedAt: 0 })
  })
  await rename(join(root, 'a.jpg'), join(root, 'ünïcode 🏔.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0, edited: 0, missing: 0, ready: 0 })
  const all = await shown(db, root)
  expect(all.size).toBe(2)
  expect(all.get('ünïcode 🏔.jpg')?.photo).toEqual(before?.photo)
  expect(await db.read.select().from(overlays)).toMatchObject([{ photoId, favourite: true, caption: 'us' }])
  expect((await scan(areaId)).result).toMatchObject({ moved: 0, added: 0, edited: 0, missing: 0 })
})

test('files moved between directories, and a large directory moved as a whole, keep their photos', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await mkdir(join(root, 'trip'))
  for (let index = 0; index < 260; index += 1)
    await writeFile(join(root, 'trip', `${index}.mp4`), `film ${index}`)
  await makePicture(join(root, 'one', 'a.jpg'))
  await scan(areaId)
  const before = await idsOf(db, root)
  await mkdir(join(root, 'another', 'deep'), { recursive: true })
  await rename(join(root, 'trip'), join(root, 'another', 'deep', 'journey'))
  await rename(join(root, 'one', 'a.jpg'), join(root, 'a.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 261, added: 0, missing: 0 })
  const renamed = (path: string) => path.replace('trip/', 'another/deep/journey/').replace('one/', '')
  const expected = Object.entries(before).map(([path, id]) => [renamed(path), id])
  expect(await idsOf(db, root)).toEqual(Object.fromEntries(expected))
  expect(await statusOf(db, areaId)).toEqual(['online', null])
})

test('names swapped, passed on along a chain, and round in a circle follow the contents', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  const names = ['a', 'b', 'x', 'y', 'z', 'p', 'q']
  for (const [index, name] of names.entries())
    await makePicture(join(root, `${name}.jpg`), { width: 60 + index })
  await scan(areaId)
  const before = await idsOf(db, root)
  const mv = (from: string, to: string) => rename(join(root, `${from}.jpg`), join(root, `${to}.jpg`))
  for (const [from, to] of [
    ['a', 't'],
    ['b', 'a'],
    ['t', 'b'],
  ] as const)
    await mv(from, to)
  for (const [from, to] of [
    ['z', 't'],
    ['y', 'z'],
    ['x', 'y'],
    ['t', 'x'],
  ] as const)
    await mv(from, to)
  for (const [from, to] of [
    ['q', 'r'],
    ['p', 'q'],
  ] as const)
    await mv(from, to)
  expect((await scan(areaId)).result).toMatchObject({ moved: 7, added: 0, edited: 0, missing: 0 })
  expect(await idsOf(db, root)).toEqual({
    'a.jpg': before['b.jpg'],
    'b.jpg': before['a.jpg'],
    'y.jpg': before['x.jpg'],
    'z.jpg': before['y.jpg'],
    'x.jpg': before['z.jpg'],
    'q.jpg': before['p.jpg'],
    'r.jpg': before['q.jpg'],
  })
})

test('a copy is a photo of its own, and so is a hard link', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await scan(areaId)
  const before = await idsOf(db, root)
  await copyFile(join(root, 'a.jpg'), join(root, 'copy.jpg'))
  await link(join(root, 'a.jpg'), join(root, 'link.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 0, added: 2, missing: 0 })
  const after = await idsOf(db, root)
  expect(after['a.jpg']).toBe(before['a.jpg'])
  expect(new Set(Object.values(after)).size).toBe(3)
  // of three alike one is moved: the others are where they were, so there is nothing to guess
  await rename(join(root, 'copy.jpg'), join(root, 'elsewhere.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0, missing: 0 })
  expect((await idsOf(db, root))['elsewhere.jpg']).toBe(after['copy.jpg'])
})

test('a file moved and edited is a new one, and what was put in its place is not taken for it', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'b.jpg'), { width: 90 })
  await scan(areaId)
  const before = await idsOf(db, root)
  await rm(join(root, 'a.jpg'))
  await makePicture(join(root, 'moved.jpg'), { width: 61 })
  await rename(join(root, 'b.jpg'), join(root, 'kept.jpg'))
  await makePicture(join(root, 'b.jpg'), { width: 62 })
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 2, edited: 0, missing: 1 })
  const after = await idsOf(db, root)
  expect(after['kept.jpg']).toBe(before['b.jpg'])
  expect(Object.values(before)).not.toContain(after['moved.jpg'])
  expect(Object.values(before)).not.toContain(after['b.jpg'])
  const all = await shown(db, root)
  expect(all.get('a.jpg')?.photo.shelf).toBe('missing')
  expect(all.get('b.jpg')?.photo).toMatchObject({ width: 62, state: 'ready' })
})

test('several candidates on either side: nothing is guessed', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  for (const name of ['a', 'b']) await writeFile(join(root, `${name}.mp4`), 'twins')
  await writeFile(join(root, 'c.mp4'), 'single')
  for (const name of ['e', 'f']) await writeFile(join(root, `${name}.mp4`), '')
  await scan(areaId)
  const before = Object.values(await idsOf(db, root))
  for (const name of ['a', 'b']) await rename(join(root, `${name}.mp4`), join(root, `${name}2.mp4`))
  await copyFile(join(root, 'c.mp4'), join(root, 'c2.mp4'))
  await rename(join(root, 'c.mp4'), join(root, 'c3.mp4'))
  await rm(join(root, 'e.mp4'))
  await rename(join(root, 'f.mp4'), join(root, 'f2.mp4'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 0, added: 5, missing: 5 })
  for (const id of Object.values(await idsOf(db, root))) expect(before).not.toContain(id)
})

test('a missing file is known again in another place, whatever its time', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'b.jpg'), { width: 90 })
  await scan(areaId)
  const before = await idsOf(db, root)
  await rename(join(root, 'a.jpg'), join(home, 'a.jpg'))
  expect((await scan(areaId)).result.missing).toBe(1)
  await mkdir(join(root, 'new'))
  await rename(join(home, 'a.jpg'), join(root, 'new', 'back.jpg'))
  await touch(join(root, 'new', 'back.jpg'), 1_000_000_000)
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0 })
  const after = (await shown(db, root)).get('new/back.jpg')
  expect(after?.photo).toMatchObject({ id: before['a.jpg'], shelf: 'shown', state: 'ready', version: 1 })
  expect(after?.file).toMatchObject({ presence: 'present', missingSince: null, mtimeMs: 1e12 })
})

test('a move between two folders is seen whichever is scanned first; one that is away keeps its own', async () => {
  const { home, root, db, areaId, areaOf, scan } = await makeScanned()
  await mkdir(join(home, 'other'))
  await makePicture(join(home, 'other', 'stays.jpg'), { width: 99 })
  for (const [index, name] of ['a', 'b', 'c'].entries())
    await makePicture(join(root, `${name}.jpg`), { width: 60 + index })
  const other = await areaOf(join(home, 'other'))
  for (const id of [areaId, other]) await scan(id)
  const before = await idsOf(db, root)
  await rename(join(root, 'a.jpg'), join(home, 'other', 'a.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ missing: 1 })
  expect((await scan(other)).result).toMatchObject({ moved: 1, added: 0 })
  await rename(join(root, 'b.jpg'), join(home, 'other', 'b.jpg'))
  expect((await scan(other)).result).toMatchObject({ moved: 1, added: 0 })
  expect((await scan(areaId)).result).toMatchObject({ missing: 0 })
  const after = await shown(db, home)
  for (const name of ['a.jpg', 'b.jpg']) {
    const { photo, file } = after.get(`other/${name}`) ?? {}
    expect(photo).toMatchObject({ id: before[name], areaId: other, shelf: 'shown' })
    expect(file).toMatchObject({ areaId: other, presence: 'present' })
  }

  await copyFile(join(root, 'c.jpg'), join(home, 'other', 'c.jpg'))
  await rename(root, join(home, 'unplugged'))
  expect((await scan(other)).result).toMatchObject({ moved: 0, added: 1 })
  expect(await failureOf(scan(areaId))).toBe('root_missing')
  expect((await shown(db, root)).get('c.jpg')?.photo).toMatchObject({ id: before['c.jpg'], shelf: 'shown' })
})

test('names that change in case or Unicode form only are renames', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'Trip', 'IMG.JPG'))
  await makePicture(join(root, 'caf\u00e9.jpg'), { width: 90 })
  await scan(areaId)
  const before = await idsOf(db, root)
  await rename(join(root, 'Trip', 'IMG.JPG'), join(root, 'Trip', 'img.jpg'))
  await rename(join(root, 'Trip'), join(root, 'trip'))
  await rename(join(root, 'caf\u00e9.jpg'), join(root, 'cafe\u0301.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 2, added: 0, edited: 0, missing: 0 })
  const after = await idsOf(db, root)
  expect(after).toEqual({ 'trip/img.jpg': before['Trip/IMG.JPG'], 'cafe\u0301.jpg': before['caf\u00e9.jpg'] })
})

test('where file names ignore case, the old name still leads to the file, and it is a rename all the same', async () => {
  const { root, db, areaId, scan } = await makeScanned((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      // such a file system's answer, on one that tells names apart
      stat: (paths) => needs.walk.stat(paths.map((path) => path.replace('IMG.JPG', 'img.jpg'))),
    },
  }))
  await makePicture(join(root, 'IMG.JPG'))
  await makePicture(join(root, 'b.jpg'), { width: 90 })
  await scan(areaId)
  const before = await idsOf(db, root)
  await rename(join(root, 'IMG.JPG'), join(root, 'img.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0, missing: 0 })
  expect((await idsOf(db, root))['img.jpg']).toBe(before['IMG.JPG'])
})

test('another extension on the way is read anew, as the same photo', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.heic'))
  await makePicture(join(root, 'b.jpg'), { width: 90 })
  await scan(areaId)
  const before = await idsOf(db, root)
  await writeFile(join(root, 'film.mp4'), film('x'))
  await rename(join(root, 'a.heic'), join(root, 'a.jpg'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, edited: 1, added: 1, missing: 0 })
  expect((await shown(db, root)).get('a.jpg')?.photo).toMatchObject({ id: before['a.heic'], state: 'ready' })
})

test('the full hash confirms a large file: where it differs the photo has a new version', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  const path = await makePicture(join(root, 'a.png'), { format: 'png' })
  // after its end a PNG can hold anything
  const picture = await readFile(path)
  for (const name of ['a', 'b'])
    await writeFile(join(root, `${name}.png`), Buffer.concat([picture, film(name)]))
  await rm(join(root, 'b.png'))
  await scan(areaId)
  const before = (await shown(db, root)).get('a.png')
  expect(before?.photo.state).toBe('ready')
  await rm(path)
  await writeFile(join(root, 'moved.png'), Buffer.concat([picture, film('b')]))
  await touch(join(root, 'moved.png'), 1_500_000_000)
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0, missing: 0, ready: 1 })
  const after = (await shown(db, root)).get('moved.png')
  expect(after?.photo).toMatchObject({ id: before?.photo.id, state: 'ready', version: 2 })
  expect(after?.file.contentHash).not.toBe(before?.file.contentHash)

  await rename(join(root, 'moved.png'), join(root, 'again.png'))
  await touch(join(root, 'again.png'), 1_400_000_000)
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, ready: 1 })
  expect((await shown(db, root)).get('again.png')?.photo).toMatchObject({ state: 'ready', version: 2 })
})

test('a scan stopped before the moves were written finds them the next time', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  for (let index = 0; index < 10; index += 1) await writeFile(join(root, `${index}.mp4`), `film ${index}`)
  await scan(areaId)
  const before = await idsOf(db, root)
  for (let index = 0; index < 9; index += 1)
    await rename(join(root, `${index}.mp4`), join(root, `n${index}.mp4`))
  const stopping = new AbortController()
  const stopped = scan(areaId, stopping.signal)
  stopping.abort(new Error('enough'))
  await expect(stopped).rejects.toThrow('enough')
  expect((await scan(areaId)).result).toMatchObject({ moved: 9, added: 0, missing: 0 })
  expect((await idsOf(db, root))['n3.mp4']).toBe(before['3.mp4'])
})

/** A household whose scans have `meddle` called with the path (below its root) of each directory just walked through. */
function makeMeddledWith(meddle: (directory: string) => Promise<unknown>) {
  return makeScanned((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      async *walk(options, signal) {
        const walking = needs.walk.walk(options, signal)
        for (;;) {
          const next = await walking.next()
          if (next.done) return next.value
          if (next.value.complete) await meddle(relative(options.root, next.value.directory))
          yield next.value
        }
      },
    },
  }))
}

test('a file moved twice, the second time while the walk goes on, is where it came to rest', async () => {
  const household = await makeMeddledWith(async (directory) => {
    if (directory === '3' && isMoving) await rename(join(root, '2', 'a.jpg'), join(root, '4', 'a.jpg'))
  })
  const { root, db, areaId, scan } = household
  let isMoving = false
  await makePicture(join(root, '1', 'a.jpg'))
  for (const name of ['2', '3', '4']) await mkdir(join(root, name))
  await scan(areaId)
  const before = await idsOf(db, root)
  isMoving = true
  await rename(join(root, '1', 'a.jpg'), join(root, '2', 'a.jpg'))
  // more than are read at once, so that the picture has been read where it is now before it moves on
  for (let index = 0; index < filesAtOnce; index += 1)
    await writeFile(join(root, '2', `film ${index}.mp4`), `film ${index}`)
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: filesAtOnce, missing: 0 })
  expect((await idsOf(db, root))['4/a.jpg']).toBe(before['1/a.jpg'])
})
