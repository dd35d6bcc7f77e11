import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeScanned, shown, touch } from '../../../test/support/scanning.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, areas, files, overlays, photos } from '../../db/schema.ts'

const day = 24 * 3_600_000

/** Ids of the photos on disk by path, and of those that are missing. */
async function idsOf(db: Database, root: string) {
  const rows = [...(await shown(db, root))]
  const there = rows.filter(([, { file }]) => file.presence === 'present')
  const missing = await db.read.select({ id: photos.id }).from(photos).where(eq(photos.shelf, 'missing'))
  return {
    there: Object.fromEntries(there.map(([path, { photo }]) => [path, photo.id])),
    missing: missing.map(({ id }) => id).sort(),
  }
}

/** A scanned folder with films of these names, each with a caption that says its name. */
async function makeFilms(...names: string[]) {
  const made = await makeScanned()
  const { root, db, areaId, scan } = made
  const at = (name: string) => join(root, `${name}.mp4`)
  for (const [index, name] of names.entries()) {
    await writeFile(at(name), `film ${name}`)
    // of one size, they are told apart by their time only
    await touch(at(name), 1_600_000_000 + index)
  }
  await scan(areaId)
  const { there } = await idsOf(db, root)
  const ids = Object.fromEntries(names.map((name) => [name, there[`${name}.mp4`] ?? 0]))
  await db.write(async (tx) => {
    await tx.insert(accounts).values({ id: 1, username: 'ann', role: 'user', passwordHash: '', createdAt: 0 })
    for (const [caption, photoId] of Object.entries(ids))
      await tx.insert(overlays).values({ accountId: 1, photoId, caption, updatedAt: 0 })
  })
  const mv = (from: string, to: string) => rename(at(from), at(to))
  return { ...made, at, ids, mv }
}

test('a file moved onto another one’s name is itself there; the other one is missing, with all that was added', async () => {
  const { root, db, areaId, scan, at, ids, mv, passTime } = await makeFilms('a', 'b')
  const { a = 0, b = 0 } = ids
  await mv('a', 'b')
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, missing: 1, added: 0, edited: 0 })
  expect(await idsOf(db, root)).toEqual({ there: { 'b.mp4': a }, missing: [b] })
  expect(await db.read.select().from(overlays)).toMatchObject([
    { photoId: a, caption: 'a' },
    { photoId: b, caption: 'b' },
  ])
  expect((await scan(areaId)).result).toMatchObject({
    moved: 0,
    missing: 0,
    returned: 0,
    added: 0,
    edited: 0,
  })
  // back from a backup, in another place, and then in its own
  await writeFile(at('c'), 'film b')
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0 })
  expect(await idsOf(db, root)).toEqual({ there: { 'b.mp4': a, 'c.mp4': b }, missing: [] })
  await mv('c', 'b')
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, missing: 1 })
  expect(await idsOf(db, root)).toEqual({ there: { 'b.mp4': b }, missing: [a] })
  for (let count = 0; count < 30; count += 1) {
    passTime(day)
    await scan(areaId)
  }
  expect(await idsOf(db, root)).toEqual({ there: { 'b.mp4': b }, missing: [] })
})

test('the name of a missing file is free to be moved onto', async () => {
  const { root, db, areaId, scan, ids, mv, at } = await makeFilms('a', 'b')
  await rm(at('b'))
  await scan(areaId)
  const since = async () => (await db.read.select().from(files).where(eq(files.presence, 'missing')))[0]
  const before = await since()
  await mv('a', 'b')
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, missing: 0, added: 0, edited: 0 })
  expect(await idsOf(db, root)).toEqual({ there: { 'b.mp4': ids.a }, missing: [ids.b] })
  expect(await since()).toMatchObject({
    missingSince: before?.missingSince,
    missingOnDay: before?.missingOnDay,
  })
})

test('along a chain only the last one is overwritten; what comes to a freed place is new', async () => {
  const { root, db, areaId, scan, ids, mv, at } = await makeFilms('a', 'b', 'c')
  await mv('b', 'c')
  await mv('a', 'b')
  await writeFile(at('a'), 'a film of its own')
  expect((await scan(areaId)).result).toMatchObject({ moved: 2, missing: 1, added: 1, edited: 0 })
  const { there, missing } = await idsOf(db, root)
  expect(there).toMatchObject({ 'b.mp4': ids.a, 'c.mp4': ids.b })
  expect(Object.values(ids)).not.toContain(there['a.mp4'])
  expect(missing).toEqual([ids.c])
})

test('what is copied onto a name, and what could be several, is an edit of what was there', async () => {
  const { root, db, areaId, scan, ids, at, mv } = await makeFilms('a', 'b', 'c')
  await copyFile(at('a'), at('b'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 0, missing: 0, edited: 1 })
  expect((await idsOf(db, root)).there).toEqual({ 'a.mp4': ids.a, 'b.mp4': ids.b, 'c.mp4': ids.c })
  await mv('a', 'c')
  await rm(at('b'))
  expect((await scan(areaId)).result).toMatchObject({ moved: 0, missing: 2, edited: 1 })
  expect((await idsOf(db, root)).there).toEqual({ 'c.mp4': ids.c })
})

test('between two folders it is seen whichever is scanned first', async () => {
  for (const isFromFirst of [true, false]) {
    const { root, db, areaId, areaOf, scan, ids, at } = await makeFilms('a', 'stays')
    await mkdir(join(root, 'other'))
    await writeFile(join(root, 'other', 'b.mp4'), 'film b')
    const other = await areaOf(join(root, 'other'))
    await scan(other)
    const b = (await idsOf(db, root)).there['other/b.mp4'] ?? 0
    await rename(at('a'), join(root, 'other', 'b.mp4'))
    for (const id of isFromFirst ? [areaId, other] : [other, areaId]) await scan(id)
    const expected = { there: { 'stays.mp4': ids.stays, 'other/b.mp4': ids.a }, missing: [b] }
    expect(await idsOf(db, root)).toEqual(expected)
    for (const id of [areaId, other]) await scan(id)
    expect(await idsOf(db, root)).toEqual(expected)
  }
})

test('stopped between its writes, a long chain and a long circle come to the same end', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `${index}`)
  for (const isCircle of [true, false]) {
    const stopping = new AbortController()
    let writes = 0
    const made = await makeFilms(...names)
    const { root, db, areaId, at, ids, mv } = made
    const last = names.length - 1
    if (isCircle) await rename(at(`${last}`), join(root, 'aside.txt'))
    for (let index = last - 1; index >= 0; index -= 1) await mv(`${index}`, `${index + 1}`)
    if (isCircle) await rename(join(root, 'aside.txt'), at('0'))
    const { write } = db
    db.write = (work, options) => {
      const isStopped = options?.priority === 'background' && writes++ === 1
      if (isStopped) stopping.abort(new Error('enough'))
      return write(work, options)
    }
    await expect(made.scan(areaId, stopping.signal)).rejects.toThrow('enough')
    db.write = write
    const moved = (await idsOf(db, root)).there
    expect(moved['150.mp4'] === ids['149'] && moved['1.mp4'] === ids['0']).toBe(false)
    await made.scan(areaId)
    const expected = names.map((name, index) => [
      `${name}.mp4`,
      ids[`${index - 1}`] ?? (isCircle ? ids[last] : 0),
    ])
    const { there, missing } = await idsOf(db, root)
    expect(there).toEqual(Object.fromEntries(isCircle ? expected : expected.slice(1)))
    expect(missing).toEqual(isCircle ? [] : [ids[last]])
  }
})

test('however files of different content are moved, overwritten, deleted and put back, each stays the same photo', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'x/a', 'x/d')
  const step = fc.oneof(
    fc.record({ does: fc.constant('move' as const), from: name, to: name }),
    fc.record({ does: fc.constant('swap' as const), from: name, to: name }),
    fc.record({ does: fc.constant('remove' as const), from: name }),
    fc.record({ does: fc.constant('put back' as const), to: name }),
    fc.record({ does: fc.constant('scan' as const), stopAfter: fc.option(fc.nat(6)) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const { root, db, areaId, scan } = await makeScanned()
      const at = (path: string) => join(root, `${path}.mp4`)
      await mkdir(join(root, 'x'))
      await writeFile(join(root, 'notes.txt'), 'never empty')
      const contents = ['a', 'b', 'c', 'x/a', 'x/d'].map(
        (path, index) => [path, 'film'.repeat(index + 1)] as const,
      )
      for (const [path, content] of contents) await writeFile(at(path), content)
      await scan(areaId)
      const onDisk = async () => {
        const found = new Map<string, string>()
        for (const file of await readdir(root, { recursive: true }))
          if (file.endsWith('.mp4')) found.set(await readFile(join(root, file), 'utf8'), file)
        return found
      }
      const start = (await idsOf(db, root)).there
      const idOf = new Map([...(await onDisk())].map(([content, path]) => [content, start[path]]))
      for (const action of [...steps, { does: 'scan', stopAfter: null } as const]) {
        const there = await onDisk()
        const held = new Set(there.values())
        if (action.does === 'move' && held.has(`${action.from}.mp4`))
          await rename(at(action.from), at(action.to))
        if (action.does === 'remove') await rm(at(action.from), { force: true })
        if (
          action.does === 'swap' &&
          action.from !== action.to &&
          held.has(`${action.from}.mp4`) &&
          held.has(`${action.to}.mp4`)
        ) {
          await rename(at(action.from), join(root, 'swap'))
          await rename(at(action.to), at(action.from))
          await rename(join(root, 'swap'), at(action.to))
        }
        const lost = contents.find(([, content]) => !there.has(content))
        if (action.does === 'put back' && lost) await writeFile(at(action.to), lost[1])
        if (action.does !== 'scan') continue
        if (action.stopAfter !== null) {
          const stopping = new AbortController()
          let writes = 0
          const { write } = db
          db.write = async (...args) => {
            const result = await write(...args)
            if (writes++ === action.stopAfter) stopping.abort(new Error('enough'))
            return result
          }
          await scan(areaId, stopping.signal).catch(() => undefined)
          db.write = write
          continue
        }
        await scan(areaId)
        const expected = [...(await onDisk())].map(([content, path]) => [path, idOf.get(content)])
        expect((await idsOf(db, root)).there).toEqual(Object.fromEntries(expected))
        expect(await db.read.$count(photos)).toBe(contents.length)
      }
      expect((await db.read.select().from(areas))[0]?.status).toBe('online')
    }),
    { numRuns: 20 },
  )
}, 120_000)
