import type { Month } from '../month.ts'
import type { MonthCount } from './geometry.ts'
import { runInSlices } from './in-slices.ts'
import { layOutMonth, type MonthLayout } from './layout.ts'
import { estimateHeight, type Metrics, metricsFor, metricsKey } from './metrics.ts'

/** A month's photos with the layout made from exactly them. */
export interface ReadyMonth {
  data: Month
  layout: MonthLayout
}

/** The months whose photos are held, each laid out for the width in force as soon as it is asked for. */
export class MonthShelf {
  #metrics: Metrics = metricsFor(0)
  readonly #latest = new Map<string, Month>()
  readonly #ready = new Map<string, ReadyMonth>()
  readonly #running = new Map<string, { data: Month; abort: AbortController }>()
  /** heights outlive the photos they were measured on */
  readonly #heights = new Map<string, { metrics: string; count: number; height: number }>()
  readonly #changed: () => void

  /** @param changed told when a layout that took longer than a moment is there */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  get metrics(): Metrics {
    return this.#metrics
  }

  /** Every month held, in no order. */
  get months(): Month[] {
    return [...this.#latest.values()]
  }

  /** Sets the sizes; layouts for others are dropped. False when nothing changes. */
  setMetrics(metrics: Metrics): boolean {
    if (metricsKey(metrics) === metricsKey(this.#metrics)) return false
    this.#metrics = metrics
    this.#ready.clear()
    for (const { abort } of this.#running.values()) abort.abort()
    this.#running.clear()
    return true
  }

  /** Takes a month's photos, at first or again; what was laid out before stays until the new layout is there. */
  put(data: Month): void {
    this.#latest.set(data.month, data)
  }

  forget(month: string): void {
    this.#running.get(month)?.abort.abort()
    this.#running.delete(month)
    this.#latest.delete(month)
    this.#ready.delete(month)
  }

  get(month: string): ReadyMonth | null {
    return this.#ready.get(month) ?? null
  }

  /** Sees to it that a held month is laid out as it is now; true when that changed what {@link get} answers. */
  prepare(month: string): boolean {
    const data = this.#latest.get(month)
    const running = this.#running.get(month)
    if (!data || running?.data === data || this.#ready.get(month)?.data === data) return false
    running?.abort.abort()
    const abort = new AbortController()
    this.#running.set(month, { data, abort })
    const layout = runInSlices(layOutMonth(data, this.#metrics), abort.signal, (late) => {
      this.#finish(data, late)
      this.#changed()
    })
    if (layout) this.#finish(data, layout)
    return layout !== null
  }

  /** How many photos a month shows: those laid out, else those counted. */
  countOf({ month, count }: MonthCount): number {
    return this.#ready.get(month)?.data.count ?? count
  }

  /** How tall a month is, measured where it ever was, else guessed. */
  heightOf({ month, count }: MonthCount): number {
    const ready = this.#ready.get(month)
    if (ready) return ready.layout.height
    const known = this.#heights.get(month)
    if (known?.metrics === metricsKey(this.#metrics) && known.count === count) return known.height
    return estimateHeight(count, this.#metrics)
  }

  #finish(data: Month, layout: MonthLayout): void {
    this.#running.delete(data.month)
    this.#ready.set(data.month, { data, layout })
    const metrics = metricsKey(layout.metrics)
    this.#heights.set(data.month, { metrics, count: data.count, height: layout.height })
  }
}
