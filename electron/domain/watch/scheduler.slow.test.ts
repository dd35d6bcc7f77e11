import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { OPERATOR } from '../../access/principal.ts'
import type { LibrarySettings } from '../../contract/library-settings.ts'
import { accounts, areas, jobs } from '../../db/schema.ts'
import { createLog } from '../../lib/log.ts'
import { writeLibrarySettings } from '../settings/library-settings.ts'
import type { ProbeState } from './probe.ts'
import { createScheduler } from './scheduler.ts'

const minute = 60_000
const hour = 60 * minute

/** A household with one area scanned at the start of a day, and a clock that only the test moves. */
async function make(rescan: LibrarySettings['rescan'] = { every: 'hours', hours: 6 }) {
  const db = await makeDatabase()
  let now = new Date(2026, 6, 1, 12, 0).getTime()
  const area = { path: '/a', device: '1', inode: '1', registered: true, createdAt: 0, lastScanAt: now }
  await db.write((tx) => tx.insert(areas).values(area))
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { rescan })
  let next: { ms: number; work: () => void } | undefined
  const scans: number[] = []
  const probes: number[] = []
  let state: ProbeState = 'away'
  const lines: string[] = []
  const scheduler = createScheduler({
    db,
    clock: () => now,
    log: createLog((line) => lines.push(line)),
    probe: async () => {
      probes.push(now)
      return state
    },
    jobs: {
      // as a scan that fails at once: nothing but its row says that it was tried
      scan: async (areaId, by) => {
        scans.push(now)
        const row = { kind: 'scan', areaId, startedByKind: by.kind, state: 'failed', queuedAt: now } as const
        await db.write((tx) => tx.insert(jobs).values(row))
        return scans.length
      },
    },
    after: (ms, work) => {
      next = { ms, work }
      return () => {
        next = undefined
      }
    },
  })
  onTestFinished(() => scheduler.close())
  const settled = () => expect.poll(() => next).toBeDefined()
  return {
    db,
    scheduler,
    scans,
    probes,
    lines,
    looks: (value: ProbeState) => {
      state = value
    },
    setArea: (values: Partial<typeof areas.$inferInsert>) => db.write((tx) => tx.update(areas).set(values)),
    now: () => now,
    start: async () => {
      scheduler.start()
      await settled()
    },
    /** The clock goes on by so much, which may be more than the sleep that was asked for; then it wakes. */
    pass: async (ms: number) => {
      now += ms
      const due = next
      next = undefined
      expect(due?.ms).toBeLessThanOrEqual(minute)
      due?.work()
      await settled()
    },
    isWaiting: () => next !== undefined,
  }
}

test('scans when the time has come, and once', async () => {
  const { start, pass, scans, now } = await make()
  await start()
  await pass(6 * hour - minute)
  expect(scans).toEqual([])
  await pass(minute)
  expect(scans).toEqual([now()])
  await pass(minute)
  await pass(5 * hour)
  expect(scans).toHaveLength(1)
  await pass(hour)
  expect(scans).toHaveLength(2)
})

test('what was missed while the program did not run is made up for at its start', async () => {
  const { start, scans, setArea, now } = await make({ every: 'day', at: '03:00' })
  await setArea({ lastScanAt: now() - 5 * 24 * hour })
  await start()
  expect(scans).toHaveLength(1)
})

test('a host that slept for days scans once, within a minute of waking', async () => {
  const { start, pass, scans } = await make({ every: 'day', at: '03:00' })
  await start()
  await pass(40 * 24 * hour)
  await pass(minute)
  expect(scans).toHaveLength(1)
})

test('a clock that was years ahead once stops nothing for years', async () => {
  const { start, pass, scans, setArea, now } = await make()
  await setArea({ lastScanAt: now() + 10_000 * hour })
  await start()
  expect(scans).toHaveLength(1)
  await pass(minute)
  expect(scans).toHaveLength(1)
})

test('a clock that is corrected by minutes neither scans at once nor stops scanning', async () => {
  const { start, pass, scans } = await make()
  await start()
  await pass(-5 * minute)
  expect(scans).toEqual([])
  await pass(6 * hour + 5 * minute)
  expect(scans).toHaveLength(1)
})

test('what waits, runs or is paused is not asked for again', async () => {
  const { start, pass, scans, db, now } = await make()
  await start()
  await db.write((tx) =>
    tx
      .insert(jobs)
      .values({ kind: 'scan', areaId: 1, startedByKind: 'system', state: 'paused', queuedAt: now() }),
  )
  await pass(30 * hour)
  expect(scans).toEqual([])
  await db.write((tx) => tx.update(jobs).set({ state: 'cancelled' }).where(eq(jobs.state, 'paused')))
  await pass(minute)
  expect(scans).toHaveLength(1)
})

test('what a user paused of their own holds up nothing; what an admin did holds', async () => {
  const { start, pass, scans, db, now } = await make()
  await start()
  const [user, admin] = await db.write((tx) =>
    tx
      .insert(accounts)
      .values(['user', 'admin'].map((role) => ({ username: role, role, passwordHash: '', createdAt: 0 })))
      .returning(),
  )
  const paused = { kind: 'scan', areaId: 1, startedByKind: 'account', state: 'paused' } as const
  const startedBy = admin?.id ?? 0
  await db.write((tx) => tx.insert(jobs).values({ ...paused, startedBy, queuedAt: now() }))
  await pass(30 * hour)
  expect(scans).toEqual([])
  await db.write((tx) => tx.update(jobs).set({ startedBy: user?.id ?? 0 }))
  await pass(minute)
  expect(scans).toHaveLength(1)
})

test('a changed schedule holds from the next minute on', async () => {
  const { start, pass, scans, db } = await make({ every: 'never' })
  await start()
  await pass(1000 * hour)
  expect(scans).toEqual([])
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { rescan: { every: 'hours', hours: 1 } })
  await pass(minute)
  expect(scans).toHaveLength(1)
})

test('an area that is offline is looked at every ten minutes, and scanned only when it is back', async () => {
  const { start, pass, scans, probes, looks, setArea } = await make({ every: 'hours', hours: 1 })
  await setArea({ status: 'offline', statusReason: 'root_missing' })
  await start()
  for (let minutes = 0; minutes < 85; minutes += 1) await pass(minute)
  expect(probes).toHaveLength(9)
  expect(scans).toEqual([])
  looks('back')
  await pass(10 * minute)
  expect(scans).toHaveLength(1)
})

test('one that is there, and offline for what a scan said of it, is scanned by the schedule', async () => {
  const { start, pass, scans, looks, setArea } = await make({ every: 'hours', hours: 1 })
  await setArea({ status: 'offline', statusReason: 'many_vanished' })
  looks('same')
  await start()
  for (let minutes = 0; minutes < 125; minutes += 1) await pass(minute)
  expect(scans).toHaveLength(2)
})

test('trouble is told once, and the next minute tries again', async () => {
  const { start, pass, scans, lines, setArea, db } = await make({ every: 'hours', hours: 1 })
  await start()
  await db.write(async (tx) => void (await tx.run('alter table jobs rename to jobs_away')))
  await pass(minute)
  await pass(minute)
  expect(lines).toHaveLength(1)
  await db.write(async (tx) => void (await tx.run('alter table jobs_away rename to jobs')))
  await setArea({ lastScanAt: 0 })
  await pass(minute)
  expect(scans).toHaveLength(1)
})

test('after the end nothing is looked at', async () => {
  const { start, scheduler, isWaiting } = await make()
  await start()
  scheduler.close()
  expect(isWaiting()).toBe(false)
})
