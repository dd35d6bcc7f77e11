import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import type { Database } from '../../db/connect.ts'
import { accounts, areaAccess, areas, directories, files, grants, jobs, photos } from '../../db/schema.ts'
import { createLog } from '../../lib/log.ts'
import { grantArea } from '../areas/access.ts'
import { ensureArea, setRegistered, unmakeArea } from '../areas/areas.ts'
import { createNewAreas } from './new-areas.ts'

const clock = () => 1000
/** Areas without a disk: paths are all they need here. */
const at = (path: string) => ({ path, device: '1', inode: path })

class Refused extends Error {}
const refuse = () => Promise.reject(new Refused())

/** A household whose one account holds `/p`, with a photo in each of two directories. */
async function fixture() {
  const db = await makeDatabase()
  const account = { id: 1, username: 'ann', role: 'user', passwordHash: '', createdAt: 0 }
  await db.write((tx) => tx.insert(accounts).values(account))
  const areaId = await ensureArea({ db, clock }, at('/p'))
  await db.write((tx) => grantArea(tx, 1, { areaId, access: 'read-write', mayShare: true }, 0))
  await addPhoto(db, areaId, '/p')
  await addPhoto(db, areaId, '/p/a/b')
  const lines: string[] = []
  const newAreas = createNewAreas({ db, clock, log: createLog((line) => lines.push(line)) })
  return { db, areaId, newAreas, lines }
}

async function addPhoto(db: Database, areaId: number, path: string): Promise<void> {
  const fixed = { kind: 'image', state: 'ready', takenSource: 'file', mime: 'image/jpeg' } as const
  const photo = { ...fixed, areaId, takenAt: '2024-05-01T00:00:00.000', addedAt: 0 }
  await db.write(async (tx) => {
    const [directory] = await tx.insert(directories).values({ areaId, path }).returning()
    const [made] = await tx.insert(photos).values(photo).returning()
    const file = { name: 'a.jpg', sizeBytes: 1, mtimeMs: 1, missingOnDay: 3 }
    await tx
      .insert(files)
      .values({ ...file, areaId, photoId: made?.id ?? 0, directoryId: directory?.id ?? 0 })
  })
}

/** All that areas stand in. */
const everything = async ({ read }: Database) => ({
  areas: await read.select().from(areas).orderBy(asc(areas.id)),
  access: await read.select().from(areaAccess),
  directories: await read.select().from(directories),
  files: await read.select().from(files),
  photos: await read.select().from(photos),
})

const pathsOf = async (db: Database) => (await db.read.select().from(areas)).map(({ path }) => path).sort()

test('where the grant is refused, areas and what they hold are as before', async () => {
  const { db, newAreas, lines } = await fixture()
  const before = await everything(db)
  const wanted = [at('/p/a'), at('/p/a/b'), at('/q'), at('/p'), at('/')]
  const seen: string[] = []
  const work = async () => {
    seen.push(...(await pathsOf(db)))
    throw new Refused()
  }
  await expect(newAreas.while(wanted, work)).rejects.toThrow(Refused)
  expect(seen).toEqual(['/', '/p', '/p/a', '/p/a/b', '/q'])
  expect(await everything(db)).toEqual(before)
  expect(lines).toEqual([])
})

test('where it is not, they stay', async () => {
  const { db, newAreas } = await fixture()
  expect(await newAreas.while([at('/p/a')], async (ids) => ids.length)).toBe(1)
  expect(await pathsOf(db)).toEqual(['/p', '/p/a'])
})

test('an area that was there before stays, and so does what somebody else was given meanwhile', async () => {
  const { db, newAreas } = await fixture()
  await ensureArea({ db, clock }, at('/p/a'))
  await expect(newAreas.while([at('/p/a')], refuse)).rejects.toThrow(Refused)
  const given = { access: 'read-only', mayShare: false } as const
  const busy: [string, (id: number) => Promise<unknown>][] = [
    ['/g', (areaId) => db.write((tx) => grantArea(tx, 1, { areaId, ...given }, 0))],
    ['/r', (areaId) => db.write((tx) => setRegistered(tx, areaId, true))],
    [
      '/j',
      (areaId) =>
        db.write((tx) =>
          tx
            .insert(jobs)
            .values({ kind: 'scan', areaId, startedByKind: 'system', state: 'done', queuedAt: 0 }),
        ),
    ],
    // a root of its own that was looked into: nothing else could take its photos
    ['/s', (areaId) => addPhoto(db, areaId, '/s')],
  ]
  for (const [path, happen] of busy)
    await expect(
      newAreas.while([at(path)], async ([id = 0]) => {
        await happen(id)
        throw new Refused()
      }),
    ).rejects.toThrow(Refused)
  expect(await pathsOf(db)).toEqual(['/g', '/j', '/p', '/p/a', '/r', '/s'])
  expect((await db.read.select().from(photos)).length).toBe(3)
})

test('two who want the same folder: it stays if either is given it, whoever comes first', async () => {
  const { db, newAreas } = await fixture()
  const before = await everything(db)
  const grant = (areaId: number) =>
    db.write((tx) => grantArea(tx, 1, { areaId, access: 'read-only', mayShare: false }, 0))
  for (let round = 0; round < 12; round += 1) {
    const outcomes = [round % 2 === 0, round % 3 === 0]
    const both = outcomes.map((succeeds) =>
      newAreas.while([at('/p/a')], async ([id = 0]) => {
        if (!succeeds) throw new Refused()
        await grant(id)
      }),
    )
    // a third one arrives while the refused are being cleaned up after
    const late = both[0]?.catch(() => newAreas.while([at('/p/a')], async ([id = 0]) => grant(id)))
    const settled = await Promise.allSettled(both)
    await late
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(outcomes)
    const isGiven = !outcomes[0] || outcomes.includes(true)
    expect(await pathsOf(db)).toEqual(isGiven ? ['/p', '/p/a'] : ['/p'])
    await db.write((tx) => tx.delete(grants))
    await db.write((tx) => grantArea(tx, 1, { areaId: 1, access: 'read-write', mayShare: true }, 0))
    const [made] = (await everything(db)).areas.slice(1)
    // back to how it was: nobody's any more, so that it can be wanted anew
    if (made) await unmakeArea(db, made.id)
    expect((await everything(db)).areas).toEqual(before.areas)
  }
})
