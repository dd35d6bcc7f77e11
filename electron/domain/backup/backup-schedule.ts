import { and, eq, isNull, lte, max, min } from 'drizzle-orm'
import type { Database, Read } from '../../db/connect.ts'
import { accounts, jobs } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { isDue } from '../watch/schedule.ts'
import { readBackupSettings } from './backup-settings.ts'

interface ScheduleNeeds {
  db: Database
  /** queues the backup */
  enqueue(): Promise<unknown>
  clock: Clock
  log: Log
}

const minuteMs = 60_000
/** A time so little ahead is taken as now: clocks are corrected by seconds. What lies further ahead was noted by a wrong clock. */
const aheadMs = 10 * minuteMs

/** Queues the nightly backup when it is due, or was while the program did not run. Looks at once and then every minute. */
export function createBackupSchedule({ db, enqueue, clock, log }: ScheduleNeeds) {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let complaint = ''

  async function look(): Promise<void> {
    try {
      if (await isBackupDue(db.read, clock())) await enqueue()
      complaint = ''
    } catch (error) {
      // a disk that is full stays full for many minutes; once is enough for the log
      if (String(error) !== complaint && !isClosed) log.error('the nightly backup could not be queued', error)
      complaint = String(error)
    }
    if (!isClosed) timer = setTimeout(() => void look(), minuteMs).unref()
  }

  return {
    start: () => void look(),
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

/**
 * Whether the backup of last night is still to be made. One that failed is not tried again before the next night; a household that
 * never had one has been waiting since it was set up.
 */
export async function isBackupDue(read: Read, now: number): Promise<boolean> {
  const { at } = await readBackupSettings(read)
  const byTheClock = and(
    eq(jobs.kind, 'backup'),
    eq(jobs.startedByKind, 'schedule'),
    lte(jobs.queuedAt, now + aheadMs),
  )
  const [last] = await read
    .select({ at: max(jobs.queuedAt) })
    .from(jobs)
    .where(byTheClock)
  const [first] = await read
    .select({ at: min(accounts.createdAt) })
    .from(accounts)
    .where(isNull(accounts.deletedAt))
  const since = last?.at ?? first?.at ?? null
  return since !== null && isDue({ every: 'day', at }, since, now)
}
