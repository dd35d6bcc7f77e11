import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { accounts, areas, jobs, sessions, settings } from '../electron/db/schema.ts'
import { type AccountsHousehold, openAccountsHousehold, operator } from './support/accounts.ts'

/** A call whose door had looked at the account before, and whose work is written after the account lost what it was allowed by. */
let home: AccountsHousehold
let eveId: number
let folders: { used: number; idle: number; fresh: string }
let jobIds: { paused: number; failed: number }
beforeAll(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  eveId = await home.add('eve', { role: 'admin' })
  const [used, idle] = [await home.folder('Used'), await home.folder('Idle')]
  await home.get(operator, 'accounts.create', {
    username: 'ben',
    password: 'a quiet mantelpiece',
    role: 'user',
    folders: [{ path: used, access: 'read-write' }],
  })
  const { folder } = await home.get(operator, 'folders.add', { path: idle })
  const listed = await home.get(operator, 'folders.list', {})
  await home.idle()
  const usedId = listed.folders.find(({ path }) => path === used)?.id ?? 0
  folders = { used: usedId, idle: folder.id, fresh: await home.folder('Fresh') }
  const row = { kind: 'scan', startedByKind: 'operator', queuedAt: 1 } as const
  const [paused, failed] = await home.services.db.write(async (tx) => {
    await tx.update(areas).set({ vanishedCount: 3 }).where(eq(areas.id, usedId))
    return tx
      .insert(jobs)
      .values([
        { ...row, areaId: usedId, state: 'paused' },
        { ...row, areaId: folder.id, state: 'failed' },
      ])
      .returning()
  })
  jobIds = { paused: paused?.id ?? 0, failed: failed?.id ?? 0 }
}, 60_000)
afterAll(() => home.close())

const calls: [name: string, input: () => object][] = [
  ['folders.add', () => ({ path: folders.fresh })],
  ['folders.remove', () => ({ id: folders.idle })],
  ['folders.accept', () => ({ id: folders.used })],
  ['settings.setLibrary', () => ({ watch: false })],
  ['settings.set', () => ({ theme: 'dark' })],
  ['jobs.scan', () => ({ folderIds: [folders.idle] })],
  ['jobs.pause', () => ({ id: jobIds.paused })],
  ['jobs.resume', () => ({ id: jobIds.paused })],
  ['jobs.cancel', () => ({ id: jobIds.paused })],
  ['jobs.retry', () => ({ id: jobIds.failed })],
]

/** All of what these calls change. */
async function kept() {
  const { read } = home.services.db
  return {
    settings: await read.select().from(settings),
    jobs: await read.select().from(jobs).orderBy(jobs.id),
    areas: (await read.select().from(areas).orderBy(areas.id)).map((area) => [area.path, area.registered]),
    accepted: (await read.select().from(areas)).map(({ acceptedVanished }) => acceptedVanished),
  }
}

const sessionOf = ({ principal }: Caller) => ('sessionId' in principal ? principal.sessionId : 0)
const setEve = (values: Partial<typeof accounts.$inferInsert>) =>
  home.services.db.write((tx) => tx.update(accounts).set(values).where(eq(accounts.id, eveId)))

test.each<[string, (eve: Caller) => Promise<unknown>, string]>([
  ['was demoted', () => setEve({ role: 'user' }), 'unauthenticated session_over'],
  ['logged out', (eve) => home.get(eve, 'session.logout', {}), 'unauthenticated session_over'],
  [
    'was locked',
    (eve) =>
      home.services.db.write((tx) =>
        tx
          .update(sessions)
          .set({ lockedBy: 'person' })
          .where(eq(sessions.id, sessionOf(eve))),
      ),
    'unauthenticated session_locked',
  ],
])('an admin who %s meanwhile finishes nothing', async (_, happen, refused) => {
  await setEve({ role: 'admin' })
  const eve = { ...(await home.as(eveId)), hostWindow: true }
  const before = await kept()
  await happen(eve)
  const told: Record<string, string> = {}
  for (const [name, input] of calls) told[name] = await home.outcome(eve, name, input())
  expect(told).toEqual(
    Object.fromEntries(calls.map(([name]) => [name, expect.stringMatching(`^${refused}`)])),
  )
  expect(await kept()).toEqual(before)
})
