import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import { type Core, createCore, operatorCaller } from '../../electron/core.ts'
import { openDatabase } from '../../electron/db/connect.ts'
import { Connection } from '../../electron/db/connection.ts'
import { migrationsFolder } from '../../electron/db/migrations-folder.ts'
import { photos } from '../../electron/db/schema.ts'
import { createLog } from '../../electron/lib/log.ts'
import { restoreDirectly } from '../../electron/maintenance.ts'
import { forkSpawner } from '../../electron/workers/spawn.ts'
import { addAlbum, addMember, addOverlays, addRest } from '../support/belongings.ts'
import { callerOf } from '../support/household.ts'
import { makePicture } from '../support/pictures.ts'

const PASSWORD = 'a long enough password'
const log = createLog(() => {})

async function makeHome() {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'mantel-restore-')))
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 3 }))
  return { home, dataDir: join(home, 'data'), pictures: join(home, 'pictures') }
}

async function open(dataDir: string) {
  const core = await createCore({ dataDir, log, spawn: forkSpawner, bcryptCost: 4 })
  onTestFinished(() => core.close())
  return core
}

async function ask<N extends ProcedureName>(core: Core, name: N, input: Input<N>, caller = operatorCaller) {
  const result = await core.dispatch(caller, name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  return result.value as Output<N> // dispatch has parsed it by this procedure's schema
}

async function logIn(core: Core, username: string): Promise<string> {
  let token = ''
  const startSession = (session: { token: string }) => {
    token = session.token
  }
  const caller = callerOf({ kind: 'anonymous' }, { effects: { ...operatorCaller.effects, startSession } })
  await ask(core, 'session.login', { username, password: PASSWORD }, caller)
  return token
}

const kindOf = async (core: Core, token: string) => (await core.authenticate(token)).kind

async function settled(core: Core): Promise<void> {
  const unfinished = async () =>
    (await ask(core, 'jobs.list', {})).jobs.filter(({ state }) => state === 'queued' || state === 'running')
  await expect.poll(unfinished, { timeout: 30_000 }).toEqual([])
}

async function backUp(core: Core): Promise<string> {
  await ask(core, 'backup.create', {})
  await settled(core)
  const { backups, last } = await ask(core, 'backup.list', {})
  expect(last).toMatchObject({ state: 'done', error: null })
  expect(backups[0]).toMatchObject({ kind: 'by-hand', checked: true, problem: null })
  return backups[0]?.name ?? ''
}

/** Two people, a picture in a folder of each and one in common. */
async function fill(core: Core, pictures: string): Promise<{ ada: number; ben: number }> {
  for (const path of ['ada/a.jpg', 'ben/b.jpg', 'both/c.jpg']) await makePicture(join(pictures, path))
  const account = (username: string, superAdmin: boolean) =>
    ask(core, 'accounts.create', {
      username,
      password: PASSWORD,
      role: superAdmin ? 'admin' : 'user',
      superAdmin,
      folders: [username, 'both'].map((name) => ({
        path: join(pictures, name),
        access: 'read-write' as const,
      })),
    })
  const ada = await account('ada', true)
  const ben = await account('ben', false)
  await settled(core)
  return { ada: ada.account.id, ben: ben.account.id }
}

/** What people add to their photos: no screen is asked, so that every table holds something. */
async function addBelongings(dataDir: string, ada: number, ben: number): Promise<void> {
  const db = await openDatabase({
    file: join(dataDir, 'mantel.sqlite'),
    migrationsFolder: migrationsFolder(),
  })
  const photoIds = (await db.read.select({ id: photos.id }).from(photos)).map(({ id }) => id)
  for (const id of [ada, ben]) await addOverlays(db, id, photoIds)
  const trips = await addAlbum(db, ada, 'Trips', { photoIds })
  await addAlbum(db, ada, 'Lisbon', { parentId: trips, photoIds: photoIds.slice(1) })
  await addMember(db, trips, ben, { sharedBy: ada, photoId: photoIds[0] })
  await addRest(db, ada, ben, photoIds[0] ?? 0)
  await db.close()
}

/** All rows of all tables but those of the work in the background. */
async function contents(file: string): Promise<Record<string, unknown[]>> {
  const connection = await Connection.open(file, { mode: 'look' })
  try {
    const tables = await connection.all(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
    )
    const found: Record<string, unknown[]> = {}
    for (const { name } of tables)
      if (name !== 'jobs' && name !== 'job_failures')
        found[String(name)] = await connection.all(`select * from "${name}" order by 1, 2`)
    return found
  } finally {
    await connection.close()
  }
}

const withoutNotes = ({
  settings = [],
  audit = [],
  ...rest
}: Record<string, unknown[]>): Record<string, unknown[]> => ({
  ...rest,
  settings: settings.filter((row) => !JSON.stringify(row).includes('backup.restored')),
  audit: audit.filter((row) => !JSON.stringify(row).includes('backup.restored')),
})

test('rehearsed: after a disaster everything is as it was, but sessions that were ended since stay ended', async () => {
  const { dataDir, pictures } = await makeHome()
  const core = await open(dataDir)
  const { ada: adasId, ben } = await fill(core, pictures)
  await addBelongings(dataDir, adasId, ben)
  // of a file that somebody sent; it lies beside the database, and a row without its file is forgotten
  await mkdir(join(dataDir, 'uploads'), { recursive: true })
  await writeFile(join(dataDir, 'uploads', 'sent 1'), 'sent')
  const kept = await logIn(core, 'ada')
  const revoked = await logIn(core, 'ben')
  const name = await backUp(core)
  const { path } = { path: join(dataDir, 'backups', `${name}.sqlite`) }
  const saved = await contents(path)
  const filled = Object.keys(saved).filter((table) => saved[table]?.length)
  expect(filled).toEqual(
    expect.arrayContaining(['overlays', 'photo_tags', 'album_photos', 'share_photos', 'share_contributions']),
  )

  await ask(core, 'accounts.update', { id: ben, password: 'another long password' })
  const later = await logIn(core, 'ada')
  await core.close()
  for (const lost of ['mantel.sqlite', 'mantel.sqlite-wal', 'mantel.sqlite-shm', 'cache'])
    await rm(join(dataDir, lost), { recursive: true, force: true })

  const done = await restoreDirectly({ dataDir, log, spawn: forkSpawner, name, key: undefined })
  expect(done).toEqual({ from: name, setAside: null })
  expect(saved.sessions).toHaveLength(2)
  const {
    sessions,
    known_devices: devices,
    ...now
  } = withoutNotes(await contents(join(dataDir, 'mantel.sqlite')))
  const { sessions: _, known_devices: __, ...before } = withoutNotes(saved)
  expect(now).toEqual(before)
  expect(sessions).toHaveLength(1)
  expect(devices).toMatchObject([{ account_id: adasId }])

  const again = await open(dataDir)
  expect(await kindOf(again, kept)).toBe('account')
  expect(await kindOf(again, revoked)).toBe('anonymous')
  expect(await kindOf(again, later)).toBe('anonymous')
  expect(await kindOf(again, await logIn(again, 'ben'))).toBe('account')
  await settled(again)
  const ada = callerOf(await again.authenticate(kept))
  const { months } = await ask(again, 'timeline.months', {}, ada)
  expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  const thumb = await again.openMedia(ada, { kind: 'thumb', id: 1, version: '1' })
  if (!thumb.ok) throw new Error(JSON.stringify(thumb.error))
  const file = await again.openFile(thumb.value)
  expect(file.size).toBeGreaterThan(0)
  await file.close()
}, 60_000)

test('restored while it runs: the state before is set aside and can be restored in its turn', async () => {
  const { dataDir, pictures } = await makeHome()
  const core = await open(dataDir)
  await fill(core, pictures)
  const token = await logIn(core, 'ada')
  const name = await backUp(core)
  let cut = 0
  // a window asks at once who sits at it: it must be answered
  let asked: Promise<string> = Promise.resolve('')
  const principal = await core.authenticate(token)
  if (principal.kind !== 'account') throw new Error(principal.kind)
  core.live.add([principal.sessionId], () => {
    cut += 1
    asked = kindOf(core, token)
    asked.catch(() => undefined)
  })
  await ask(core, 'accounts.create', { username: 'cleo', password: PASSWORD, role: 'user' })
  const names = async () => (await ask(core, 'accounts.list', {})).accounts.map(({ username }) => username)
  expect(await names()).toEqual(['ada', 'ben', 'cleo'])

  const preview = await ask(core, 'backup.preview', { name })
  expect(preview).toMatchObject({
    saved: { accounts: 2, photos: 3 },
    present: { accounts: 3, photos: 3 },
    key: 'none',
  })
  const restoring = core.dispatch(callerOf(principal), 'backup.restore', { name })
  const met: unknown[] = []
  const asking = setInterval(async () => {
    const result = await core.dispatch(operatorCaller, 'flags.get', {})
    if (!result.ok) met.push(result.error.code)
  }, 1)
  const result = await restoring
  clearInterval(asking)
  expect(result).toMatchObject({
    ok: true,
    value: { from: name, setAside: expect.stringMatching(/^set-aside-/) },
  })
  expect(new Set(met)).toEqual(new Set(met.length > 0 ? ['unavailable'] : []))
  expect([cut, await asked]).toEqual([1, 'account'])
  expect(await names()).toEqual(['ada', 'ben'])
  expect(await kindOf(core, token)).toBe('account')

  const { backups, restored } = await ask(core, 'backup.list', {})
  const setAside = backups.find(({ kind }) => kind === 'set-aside')
  expect(restored).toMatchObject({ from: name, setAside: setAside?.name })
  await ask(core, 'backup.restore', { name: setAside?.name ?? '' })
  expect(await names()).toEqual(['ada', 'ben', 'cleo'])
}, 60_000)

test('a second restore is refused while one is under way: it would take away what that one stages', async () => {
  const { dataDir, pictures } = await makeHome()
  const core = await open(dataDir)
  await fill(core, pictures)
  const name = await backUp(core)
  const answers = await Promise.all(
    [1, 2, 3].map(() => core.dispatch(operatorCaller, 'backup.restore', { name })),
  )
  // which of them is first is nobody's business
  expect(answers.map((answer) => (answer.ok ? 'done' : answer.error.reason)).sort()).toEqual([
    'done',
    'restoring',
    'restoring',
  ])
  await ask(core, 'backup.restore', { name })
}, 60_000)

test('sessions do not outlive a lost list of those that ended', async () => {
  const { dataDir, pictures } = await makeHome()
  const core = await open(dataDir)
  await fill(core, pictures)
  const token = await logIn(core, 'ada')
  const name = await backUp(core)
  await core.close()
  await rm(join(dataDir, 'ended-tokens'))
  await restoreDirectly({ dataDir, log, spawn: forkSpawner, name, key: undefined })
  const again = await open(dataDir)
  expect(await kindOf(again, token)).toBe('anonymous')
}, 60_000)
