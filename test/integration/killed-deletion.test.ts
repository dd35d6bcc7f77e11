import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../electron/db/connect.ts'
import { migrationsFolder } from '../../electron/db/migrations-folder.ts'
import { Random } from '../../electron/demo/random.ts'
import { addAlbum, addMember, addOverlays, addRest, hashesOf, makePhotos } from '../support/belongings.ts'
import { makeFolder } from '../support/database.ts'
import { makePicture } from '../support/pictures.ts'
import { type RealServer, settled, startRealServer } from '../support/real-server.ts'
import { queryHousehold } from './killed/index-of.ts'

/** fewer for a quick look */
const KILLS = Number(process.env.MANTEL_KILLS ?? 15)
/** To repeat a failure: the same kills, though never at the very same moments. */
const SEED = Number(process.env.MANTEL_SEED ?? randomInt(2 ** 31))

/** In turns. A restoration is killed of an account that was deleted before. */
const ACTS = ['transfer', 'now', 'restore'] as const
type Act = (typeof ACTS)[number]
/** Longest pauses before a kill, milliseconds: changes of one transaction take some, a purge of so many overlays more. */
const LONGEST_MS: Record<Act, number> = { transfer: 200, now: 500, restore: 60 }
const ALBUMS = 100
const OVERLAYS = 4000
const PASSWORD = 'a quiet mantelpiece'

let server: RealServer | undefined
afterEach(async () => {
  await server?.kill()
  server = undefined
})

describe.skipIf(process.platform === 'win32')(`killed (MANTEL_SEED=${SEED})`, () => {
  test(`while accounts are deleted and restored, ${KILLS} times: never half, and a purge comes to its end`, {
    timeout: 900_000,
  }, async () => {
    const random = new Random(SEED)
    const home = await makeFolder()
    const options = { dataDir: join(home, 'data'), compiled: join(home, 'compiled') }
    const pictures = join(home, 'pictures')
    await makePicture(join(pictures, 'one.jpg'))
    const files = hashesOf(pictures)
    server = await startRealServer(options)
    await add(server, 'ada', { superAdmin: true, folders: [{ path: pictures, access: 'read-only' }] })
    const heir = (await add(server, 'heir')).id
    await settled(server)
    const photoIds = await withHousehold(options.dataDir, (db) => makePhotos(db, OVERLAYS))
    const seen = { done: 0, undone: 0, midPurge: 0 }

    for (let kill = 0; kill < KILLS; kill += 1) {
      const act = ACTS[kill % ACTS.length] ?? 'now'
      const { id } = await add(server, `rose${kill}`)
      await withHousehold(options.dataDir, (db) => furnish(db, id, heir, photoIds))
      if (act === 'restore') await server.operate('accounts.remove', { id })
      const doing = begin(server, act, id, heir).catch(() => undefined)
      await wait(random.between(0, LONGEST_MS[act]))
      await server.kill()
      await doing

      await expectWhole(options.dataDir, id, heir, act, seen)
      server = await startRealServer(options)
      await settled(server)
      await expectSettled(options.dataDir, id, act)
      await forget(server, id)
    }
    console.log(JSON.stringify({ seed: SEED, ...seen }))
    await settled(server)
    await server.stop()
    server = undefined
    // nothing is left of any of them but what went to the heir
    expect(await queryHousehold(options.dataDir, 'select username from accounts order by id')).toEqual([
      { username: 'ada' },
      { username: 'heir' },
    ])
    expect(await queryHousehold(options.dataDir, 'select count(*) as count from overlays')).toEqual([
      { count: 0 },
    ])
    expect(hashesOf(pictures)).toEqual(files)
  })
})

/** Asks for what is to be killed. */
function begin(to: RealServer, act: Act, id: number, heir: number): Promise<unknown> {
  if (act === 'restore') return to.call('accounts.restore', { id })
  const removal = { id, mode: act, ...(act === 'transfer' && { transferTo: heir }) }
  return to.call('accounts.remove', removal)
}

/** What the kills met: changes that had happened, that had not, and purges half-way through. */
type Seen = Record<'done' | 'undone' | 'midPurge', number>

type Folders = { path: string; access: 'read-only' }[]

const add = (to: RealServer, username: string, more: { superAdmin?: boolean; folders?: Folders } = {}) =>
  to.operate('accounts.create', {
    username,
    password: PASSWORD,
    role: more.superAdmin ? 'admin' : 'user',
    ...more,
  })

/** Works on the database beside the server that has it open. */
async function withHousehold<T>(
  dataDir: string,
  work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const db = await openDatabase({
    file: join(dataDir, 'mantel.sqlite'),
    migrationsFolder: migrationsFolder(),
  })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/** Albums below one another with photos and a member, a link, tags, and thousands of overlays. */
async function furnish(
  db: Awaited<ReturnType<typeof openDatabase>>,
  id: number,
  heir: number,
  photoIds: readonly number[],
): Promise<void> {
  await db.write((tx) => tx.run('delete from shared_captions'))
  await addRest(db, id, heir, photoIds[0] ?? 0)
  await addOverlays(db, id, photoIds)
  let parentId: number | null = null
  for (let album = 0; album < ALBUMS; album += 1) {
    const albumId: number = await addAlbum(db, id, `of ${id}`, {
      parentId,
      photoIds: photoIds.slice(album, album + 3),
    })
    if (album % 10 === 0) await addMember(db, albumId, heir, { sharedBy: id, photoId: photoIds[0] })
    parentId = album % 7 === 0 ? null : albumId
  }
}

/** What a household says of an account, in numbers. */
async function stateOf(dataDir: string, id: number, heir: number) {
  const count = async (what: string, ...params: unknown[]) =>
    Number((await queryHousehold(dataDir, `select count(*) as count from ${what}`, params))[0]?.count)
  const [row] = await queryHousehold(
    dataDir,
    'select deleted_at as deletedAt, purge_after as purgeAfter from accounts where id = ?',
    [id],
  )
  return {
    row,
    isDeleted: row?.deletedAt !== null,
    held: {
      albums: await count('albums where owner_id = ?', id),
      links: await count('shares where creator_id = ?', id),
      guestOfTheHeir: await count(
        'share_guests join shares on shares.id = share_id where account_id = ? and creator_id = ?',
        heir,
        id,
      ),
      added: await count('album_photos where added_by = ?', id),
      overlays: await count('overlays where account_id = ?', id),
    },
    appPasswords: await count('app_passwords where account_id = ?', id),
    removed: await count("audit where action = 'account.removed' and object_id = ?", id),
    restored: await count("audit where action = 'account.restored' and object_id = ?", id),
    purges: await count("jobs where kind = 'purge' and state in ('queued', 'running')"),
    handedOn: await count('albums where owner_id = ? and title like ?', heir, `of ${id}%`),
    /** albums that were handed on, within one that was not */
    strays: await count(
      'albums as inner_one join albums as outer_one on outer_one.id = inner_one.parent_id where inner_one.owner_id <> outer_one.owner_id',
    ),
  }
}

const EVERYTHING = {
  albums: ALBUMS,
  links: 1 + ALBUMS / 10,
  guestOfTheHeir: 1 + ALBUMS / 10,
  added: ALBUMS * 3,
  overlays: OVERLAYS,
}
const HANDED_ON = { albums: 0, links: 0, guestOfTheHeir: 0, added: 0, overlays: OVERLAYS }

/** Right after a kill, before anything has gone on: what was asked for happened as a whole, or not at all. Counts what it met. */
async function expectWhole(dataDir: string, id: number, heir: number, act: Act, seen: Seen): Promise<void> {
  expect(await queryHousehold(dataDir, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await queryHousehold(dataDir, 'pragma foreign_key_check')).toEqual([])
  const { row, isDeleted, held, ...found } = await stateOf(dataDir, id, heir)
  expect(found.strays).toBe(0)
  const wasDeleted = act === 'restore' ? 1 : 0
  expect(found.restored).toBe(isDeleted ? 0 : wasDeleted)
  if (!isDeleted) {
    seen[act === 'restore' ? 'done' : 'undone'] += 1
    expect({ ...held, ...row }).toEqual({ ...EVERYTHING, deletedAt: null, purgeAfter: null })
    expect([found.removed, found.appPasswords, found.handedOn]).toEqual([wasDeleted, 1 - wasDeleted, 0])
    return
  }
  expect([found.removed, found.appPasswords]).toEqual([1, 0])
  if (act === 'now') {
    // the job was made with the deletion
    if (row) expect([row.purgeAfter, found.purges > 0]).toEqual([row.deletedAt, true])
    seen[row && held.overlays < OVERLAYS ? 'midPurge' : 'done'] += 1
    return
  }
  seen[act === 'transfer' ? 'done' : 'undone'] += 1
  expect(Number(row?.purgeAfter)).toBeGreaterThan(Number(row?.deletedAt))
  expect(held).toEqual(act === 'transfer' ? HANDED_ON : EVERYTHING)
  expect(found.handedOn).toBe(act === 'transfer' ? ALBUMS : 0)
}

/** After the next start has worked off what was left: what was to be purged is gone to the last row. */
async function expectSettled(dataDir: string, id: number, act: Act): Promise<void> {
  const [row] = await queryHousehold(dataDir, 'select deleted_at as deletedAt from accounts where id = ?', [
    id,
  ])
  if (act !== 'now' || row?.deletedAt === null) return
  expect(row).toBeUndefined()
  expect(await queryHousehold(dataDir, 'select 1 from overlays where account_id = ?', [id])).toEqual([])
  expect(await queryHousehold(dataDir, 'select 1 from albums where owner_id = ?', [id])).toEqual([])
  const purged = "select count(*) as count from audit where action = 'account.purged' and object_id = ?"
  expect(await queryHousehold(dataDir, purged, [id])).toEqual([{ count: 1 }])
  expect(await queryHousehold(dataDir, 'pragma foreign_key_check')).toEqual([])
}

/** Removes what a round left, deleted or not, so that the last look finds nothing of it. */
async function forget(to: RealServer, id: number): Promise<void> {
  const result = await to.call('accounts.remove', { id, mode: 'now' })
  if (!result.ok) await to.call('accounts.purge', { id })
  await settled(to)
}
