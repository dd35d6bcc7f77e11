import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { JobInfo, Jobs, StartedBy } from '../jobs/jobs.ts'

interface LookAgainNeeds {
  jobs: Pick<Jobs, 'list' | 'scan'>
  clock: Clock
  log: Log
  /** changes come in bursts, so a scan waits for so long without one; milliseconds */
  quietMs?: number
  /** but no longer than this after the first */
  longestMs?: number
  /** how often an area is asked about whose scan is under way */
  againMs?: number
}

/** Queues scans of areas that may have changed, each when it makes sense. Forgotten when the program stops. */
export interface LookAgain {
  /** Something was noticed below this area: scans it when it is quiet there, and never for more than a tenth of the time. */
  soon(areaId: number, by?: StartedBy): void
  /** Scans these areas without waiting, but where a scan is under way that may know nothing of it, after that one. */
  now(areaIds: readonly number[], by: StartedBy): Promise<void>
  /** Forgets what was wanted of all areas but these: the household has no others any more. */
  keepTo(areaIds: readonly number[]): void
  close(): void
}

/** An area that is to be scanned. */
interface Wanted {
  by: StartedBy
  isUrgent: boolean
  since: number
  timer: NodeJS.Timeout | undefined
}

/** Of all time, scanning for changes noticed in an area may take one part in so many. */
const restPerWork = 9
/** What a new or edited file costs a scan, counted in files that are as they were: it is read, decoded and written down. */
const costOfWork = 100
const longestRestMs = 3_600_000

/** The only place that queues scans which nobody asked for by name. See {@link LookAgain}. */
export function createLookAgain(needs: LookAgainNeeds): LookAgain {
  const { jobs, clock, log, quietMs = 3000, longestMs = 30_000, againMs = 2000 } = needs
  const wanted = new Map<number, Wanted>()

  const wait = (areaId: number, want: Wanted, ms: number) => {
    clearTimeout(want.timer)
    want.timer = setTimeout(() => void go(areaId, want), ms)
    want.timer.unref()
  }

  async function go(areaId: number, want: Wanted): Promise<void> {
    clearTimeout(want.timer)
    want.timer = undefined
    try {
      const last = (await jobs.list({ areaIds: [areaId], limit: 20 })).find(({ kind }) => kind === 'scan')
      if (wanted.get(areaId) !== want) return
      // what waits will see all there is by then; what runs may have passed by
      if (last?.state === 'running') return wait(areaId, want, againMs)
      const rest = want.isUrgent || !last ? 0 : restLeft(last, clock())
      if (rest > 0) return wait(areaId, want, rest)
      wanted.delete(areaId)
      if (last?.state !== 'queued') await jobs.scan(areaId, want.by)
    } catch (error) {
      if (wanted.get(areaId) === want) wanted.delete(areaId)
      log.error(`a scan of area ${areaId} could not be queued`, error)
    }
  }

  const want = (areaId: number, by: StartedBy): Wanted => {
    const present = wanted.get(areaId)
    if (present) return present
    const made: Wanted = { by, isUrgent: false, since: clock(), timer: undefined }
    wanted.set(areaId, made)
    return made
  }

  return {
    soon(areaId, by = { kind: 'watch' }) {
      const isWaiting = wanted.has(areaId)
      const one = want(areaId, by)
      const waited = clock() - one.since
      // without a timer it is being looked into; beyond the longest wait it rests, or a scan is under way
      if (isWaiting && (one.timer === undefined || one.isUrgent || waited >= longestMs || waited < 0)) return
      wait(areaId, one, Math.min(quietMs, longestMs - waited))
    },
    async now(areaIds, by) {
      await Promise.all(
        areaIds.map((areaId) => {
          const one = want(areaId, by)
          one.isUrgent = true
          one.by = by
          return go(areaId, one)
        }),
      )
    },
    keepTo(areaIds) {
      for (const [areaId, { timer }] of wanted) {
        if (areaIds.includes(areaId)) continue
        clearTimeout(timer)
        wanted.delete(areaId)
      }
    },
    close() {
      for (const { timer } of wanted.values()) clearTimeout(timer)
      wanted.clear()
    },
  }
}

/**
 * How long an area is still left alone after its last scan, milliseconds. Counted is only what looking costs, not what the scan
 * did with new files: that had to be done once, and a first scan of hours says nothing of the next.
 */
export function restLeft(last: Pick<JobInfo, 'startedAt' | 'finishedAt' | 'result'>, now: number): number {
  const { startedAt, finishedAt, result } = last
  if (startedAt === null || finishedAt === null) return 0
  const { files = 0, ...work } = result ?? {}
  const worked = Object.values(work).reduce((sum, count) => sum + count, 0)
  const share = files === 0 ? 1 : files / (files + costOfWork * worked)
  const rest = Math.min(longestRestMs, restPerWork * share * Math.max(0, finishedAt - startedAt))
  // a clock that was set back makes nobody wait for longer
  return Math.min(rest, Math.max(0, finishedAt + rest - now))
}
