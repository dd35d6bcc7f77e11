import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JobRow } from './job-list.ts'
import { type Progress, ProgressMeter } from './progress.ts'
import { type Failure, failuresKept, writeProgress } from './store.ts'
import type { JobContext } from './work.ts'

/** Numbers are written to the database, and windows told, this often; milliseconds. */
const flushEveryMs = 2000
/** Why a job is to stop before its end. */
export type Stop = 'cancelled' | 'paused' | 'stopping'

interface RunningNeeds {
  db: Database
  clock: Clock
  /** hints that the job's numbers changed */
  tell: () => void
}

/**
 * A job at work: its numbers live here and are written now and then. One that was paused goes on with the numbers of its row;
 * `listed` are the files it has listed as failed by then, which are not counted again.
 */
export class RunningJob {
  readonly kind: string
  readonly areaId: number | null
  readonly context: JobContext
  readonly #row: JobRow
  readonly #needs: RunningNeeds
  readonly #controller = new AbortController()
  readonly #progress: ProgressMeter
  readonly #timer: NodeJS.Timeout
  #failures: Failure[] = []
  #isChanged = false
  #counts: Readonly<Record<string, number>> | undefined
  #stopped: Stop | undefined
  #flushing: Promise<void> = Promise.resolve()
  readonly #listed: ReadonlySet<string>
  /** failures kept or about to be */
  #kept: number

  constructor(row: JobRow, listed: readonly string[], needs: RunningNeeds) {
    this.kind = row.kind
    this.areaId = row.areaId
    this.#row = row
    this.#needs = needs
    this.#listed = new Set(listed)
    this.#kept = listed.length
    this.#progress = new ProgressMeter(needs.clock, row)
    this.context = {
      signal: this.#controller.signal,
      ...(row.result && { earlier: row.result }),
      progress: (done, total, counts) => {
        this.#counts = counts ?? this.#counts
        this.#note(done, total)
      },
      fail: (path, reason) => this.#fail(path, reason),
    }
    // A failing write shows at the job's end, where it is dealt with.
    this.#timer = setInterval(() => void this.flush().catch(() => undefined), flushEveryMs)
    this.#timer.unref()
  }

  /** Why it was asked to stop, if it was. */
  get stopped(): Stop | undefined {
    return this.#stopped
  }

  /** Asks the job to stop. What counts is what was said first, but whatever is paused may still be cancelled. */
  stop(why: Stop): void {
    if (this.#stopped === undefined || (this.#stopped === 'paused' && why === 'cancelled'))
      this.#stopped = why
    this.#controller.abort(new DOMException(`The job was stopped: ${why}.`, 'AbortError'))
  }

  /** Its numbers, as of whenever they are looked at. */
  get progress(): Progress {
    return this.#progress
  }

  /** What came of it so far, as it told. */
  get counts(): Readonly<Record<string, number>> | undefined {
    return this.#counts
  }

  /** Writes numbers and failures that were not written yet. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#write())
    return this.#flushing
  }

  /** To be called when the job has ended and its last numbers are written. */
  end(): void {
    clearInterval(this.#timer)
  }

  async #write(): Promise<void> {
    if (!this.#isChanged) return
    this.#isChanged = false
    const failures = this.#failures
    this.#failures = []
    try {
      await writeProgress(this.#needs.db, this.#row, this.#progress, failures)
    } catch (error) {
      this.#failures = [...failures, ...this.#failures]
      this.#isChanged = true
      throw error
    }
    this.#needs.tell()
  }

  #note(done: number, total: number | null): void {
    const { done: earlier, total: earlierTotal } = this.#row
    // One that goes on begins to count anew; until it has caught up, it stands where it stood.
    if (total === null && done < earlier) this.#progress.set(earlier, earlierTotal)
    else this.#progress.set(done, total)
    this.#isChanged = true
  }

  #fail(path: string, reason: Reason): void {
    if (this.#listed.has(path)) return
    this.#progress.failed += 1
    this.#isChanged = true
    if (this.#kept >= failuresKept) return
    this.#kept += 1
    this.#failures.push({ path, reason })
  }
}
