import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { jobs } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { countDeletedDays, readDue } from './purge-due.ts'

interface ScheduleNeeds {
  db: Database
  jobs: Pick<Jobs, 'purge'>
  clock: Clock
  log: Log
}

/** Often enough that a host which sleeps at night has its days counted; most looks read two small tables and find nothing. */
const everyMs = 60 * 60_000

/** Looks at once, then every hour, whether something is to be purged. A look under way is waited for when it is closed. */
export function createPurgeSchedule(needs: ScheduleNeeds): { start(): void; close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  const look = () => {
    looking = lookForPurge(needs).catch((error: unknown) => {
      needs.log.error('deleted accounts stay for now', error)
    })
  }
  return {
    start() {
      look()
      timer = setInterval(look, everyMs).unref()
    },
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}

/** Counts the day, and queues a purge where something is due and none is queued, running or paused. */
export async function lookForPurge({ db, jobs: queue, clock }: Omit<ScheduleNeeds, 'log'>): Promise<void> {
  await countDeletedDays(db, clock())
  if ((await readDue(db.read, clock())).length === 0) return
  const isUnfinished = and(eq(jobs.kind, 'purge'), inArray(jobs.state, ['queued', 'running', 'paused']))
  if ((await db.read.$count(jobs, isUnfinished)) === 0) await queue.purge({ kind: 'schedule' })
}
