import type { Clock } from '../../lib/clock.ts'

/** The rate is taken over about this long: long enough to be calm, short enough to follow a disk that slows down. */
const RATE_WINDOW_MS = 15_000
const SAMPLES = 30

/** How far a job is. Counts are items; what an item is depends on the job's kind (a scan: files). */
export interface Progress {
  readonly done: number
  readonly total: number | null
  readonly failed: number
  /** items a second, lately; null until there is something to tell */
  readonly rate: number | null
  /** whole seconds at that rate; null while rate or total are not known */
  readonly secondsLeft: number | null
}

/** Counts a running job's progress, from where it stood on, and derives its rate. */
export class ProgressMeter implements Progress {
  done: number
  total: number | null
  failed: number
  readonly #clock: Clock
  #samples: { at: number; done: number }[] = []

  constructor(clock: Clock, from?: Pick<Progress, 'done' | 'total' | 'failed'>) {
    this.#clock = clock
    this.done = from?.done ?? 0
    this.total = from?.total ?? null
    this.failed = from?.failed ?? 0
  }

  /** Where it stands now; a sample for the rate is kept at most twice a second. */
  set(done: number, total: number | null): void {
    // a later pass over the same items counts anew
    if (done < this.done) this.#samples = []
    this.done = done
    this.total = total
    const at = this.#clock()
    const last = this.#samples.at(-1)
    if (last && at - last.at < RATE_WINDOW_MS / SAMPLES && at >= last.at) return
    this.#samples.push({ at, done: this.done })
    // a clock set back would make old samples look like the future
    this.#samples = this.#samples.filter((sample) => sample.at <= at && sample.at >= at - RATE_WINDOW_MS)
  }

  get rate(): number | null {
    const first = this.#samples[0]
    const seconds = first ? (this.#clock() - first.at) / 1000 : 0
    if (!first || seconds < 1) return null
    return Number(((this.done - first.done) / seconds).toFixed(1))
  }

  get secondsLeft(): number | null {
    const { rate, total, done } = this
    return rate && total !== null ? Math.ceil(Math.max(0, total - done) / rate) : null
  }
}
