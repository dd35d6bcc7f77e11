import { and, eq, inArray, lte, or, sql } from 'drizzle-orm'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Database, Read } from '../../db/connect.ts'
import { jobs } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Area } from '../areas/areas.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { isOfHousehold } from '../jobs/whose.ts'
import { readLibrarySettings } from '../settings/library-settings.ts'
import type { ProbeState } from './probe.ts'
import { isDue } from './schedule.ts'

/** Runs `work` once after so many milliseconds; answers what calls it off. */
type After = (ms: number, work: () => void) => () => void

interface SchedulerNeeds {
  db: Database
  jobs: Pick<Jobs, 'scan'>
  /** how an area looks that is offline */
  probe: (area: Area) => Promise<ProbeState>
  clock: Clock
  log: Log
  after?: After
}

export interface Scheduler {
  /** Looks at once, then every minute. */
  start(): void
  /** What is being looked at is not waited for: it may be a disk that does not answer. */
  close(): void
}

/** The longest sleep. Short, so that a host that slept, or whose clock was set, is noticed without being told. */
const minuteMs = 60_000
/** An area that is offline is looked at this often. */
const probeMs = 10 * minuteMs
/** A time so little ahead is taken as now: clocks are corrected by seconds. What lies further ahead was noted by a wrong clock. */
const aheadMs = 10 * minuteMs

const afterTimeout: After = (ms, work) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** Queues scans by the household's schedule, and of areas that were offline and look as if they were back. */
export function createScheduler(needs: SchedulerNeeds): Scheduler {
  const { clock, log, after = afterTimeout } = needs
  const probedAt = new Map<number, number>()
  let callOff = () => {}
  let isClosed = false
  let complaint = ''

  function look(): void {
    void lookAround(needs, probedAt)
      .then(() => {
        complaint = ''
      })
      .catch((error: unknown) => {
        // a disk that is full stays full for many minutes; once is enough for the log
        if (String(error) !== complaint && !isClosed) log.error('the schedule could not be kept', error)
        complaint = String(error)
      })
      .then(() => {
        if (!isClosed) callOff = after(minuteMs - (clock() % minuteMs), look)
      })
  }

  return {
    start: look,
    close() {
      isClosed = true
      callOff()
    },
  }
}

async function lookAround(needs: SchedulerNeeds, probedAt: Map<number, number>): Promise<void> {
  const { db, jobs: queue, clock } = needs
  const { rescan } = await readLibrarySettings(db.read)
  const tried = await readTries(db.read, clock() + aheadMs)
  for (const area of await readAreasInUse(db.read)) {
    const { isUnfinished = false, lastAt = null } = tried.get(area.id) ?? {}
    if (isUnfinished) continue
    const now = clock()
    const due = isDue(rescan, latest(lastAt, area.lastScanAt, now + aheadMs), now)
    const state = area.status === 'online' ? 'same' : await probeNow(area)
    // a scan of a folder that is away would only fail
    if (state === 'back' || (state === 'same' && due)) await queue.scan(area.id, { kind: 'schedule' })
  }

  async function probeNow(area: Area): Promise<ProbeState> {
    const since = clock() - (probedAt.get(area.id) ?? Number.NEGATIVE_INFINITY)
    if (since >= 0 && since < probeMs) return 'away'
    probedAt.set(area.id, clock())
    return needs.probe(area)
  }
}

/** The later of two moments, of those that are not ahead of `limit`; null where there is none. */
function latest(a: number | null, b: number | null, limit: number): number | null {
  const known = [a, b].filter((moment) => moment !== null && moment <= limit)
  // nulls are filtered out
  return known.length === 0 ? null : Math.max(...(known as number[]))
}

/** When a scan of each area was last asked for, whatever came of it, and whether one is under way, waits or was paused for the household. */
async function readTries(read: Read, limit: number) {
  const holds = or(
    inArray(jobs.state, ['queued', 'running']),
    and(eq(jobs.state, 'paused'), isOfHousehold(read)),
  )
  const isUnfinished = sql<number>`max(${holds})`
  const rows = await read
    .select({ areaId: jobs.areaId, lastAt: sql<number>`max(${jobs.queuedAt})`, isUnfinished })
    .from(jobs)
    .where(and(eq(jobs.kind, 'scan'), lte(jobs.queuedAt, limit)))
    .groupBy(jobs.areaId)
  return new Map(
    rows.map(({ areaId, lastAt, isUnfinished }) => [areaId, { lastAt, isUnfinished: isUnfinished === 1 }]),
  )
}
