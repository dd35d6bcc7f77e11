import type { Month } from '../month.ts'
import { type Anchor, findAnchor, takeAnchor } from './anchor.ts'
import { mustRebase, ScrollWindow, shouldRebase } from './canvas.ts'
import { nearest, type Place, type Surroundings } from './focus-move.ts'
import { type Geometry, type MonthCount, monthAt, photoSpan, stackMonths } from './geometry.ts'
import { lineAt, type MonthLayout } from './layout.ts'
import { type Density, type Metrics, metricsFor } from './metrics.ts'
import { positionToVirtual, virtualToPosition } from './scrub.ts'
import { MonthShelf } from './shelf.ts'
import { firstPhotoBelow, type Slice, sameSlices, slicesOf, withPinned } from './slices.ts'

/** What is drawn, and what is needed to draw it. A new object whenever anything in it changed. */
export interface View {
  slices: readonly Slice[]
  /** months whose photos are needed, `YYYY-MM` */
  wanted: readonly string[]
  /** scrolling so quickly that pictures would be gone before they arrive */
  fast: boolean
}

/** Pixels a millisecond above which nobody looks at single pictures. */
const FAST = 6
/** Drawn beyond what is visible: this part of it, and so many pixels at least. */
const OVERSCAN = 0.75
const LEAST_OVERSCAN = 400
/** Pixels between the focused tile and the edge it was scrolled to. */
const FOCUS_MARGIN = 16

/**
 * The timeline without a screen: knows the months, lays out those whose photos it was given, and says what to draw for
 * a scroll position. Whatever changes around it – months loading, photos arriving, another width – keeps what is on
 * screen in its place.
 */
export class TimelineModel {
  readonly #shelf = new MonthShelf(() => this.#restack())
  readonly #window = new ScrollWindow()
  readonly #listeners = new Set<() => void>()
  #counts: readonly MonthCount[] = []
  #geometry: Geometry = stackMonths([], () => 0)
  #anchor: Anchor | null
  #density: Density
  #pinned: Place | null = null
  #scrolledAt = 0
  #fast = false
  #view: View = { slices: [], wanted: [], fast: false }

  /** @param anchor where an earlier visit ended */
  constructor(anchor: Anchor | null = null, density: Density = 'comfortable') {
    this.#anchor = anchor
    this.#density = density
  }

  /** Calls back after every change, scrolling included; returns the function that ends it. */
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = () => this.#view

  /** 0 to 1, see scrub.ts. */
  readonly position = () => virtualToPosition(this.#geometry, this.#window.v, this.#window.viewport)

  readonly geometry = () => this.#geometry

  get metrics(): Metrics {
    return this.#shelf.metrics
  }

  /** What keeps the place on screen; to be given to a later visit's model. */
  get anchor(): Anchor | null {
    return this.#anchor
  }

  /** Height of the scrolled element, and where the scroller has to stand in it. */
  get canvas(): { height: number; scrollTop: number } {
    return { height: this.#window.canvasHeight, scrollTop: this.#window.scrollTop }
  }

  get surroundings(): Surroundings {
    return {
      geometry: this.#geometry,
      layout: (month) => this.#ready(this.#geometry.months[month]?.month ?? '')?.layout ?? null,
      page: Math.max(1, this.#window.viewport - this.#shelf.metrics.headingHeight),
    }
  }

  /** The first photo whose line begins in sight. */
  get firstVisible(): Place | null {
    const found = firstPhotoBelow(this.#view.slices, this.#window.scrollTop)
    return found && { month: this.monthIndex(found.month), index: found.index }
  }

  /** The photo nearest to a point of the view, in pixels from its top left; null where nothing is laid out. */
  placeAt(x: number, y: number): Place | null {
    const at = this.monthUnder(y)
    return at && { month: at.month, index: nearest(at.layout, lineAt(at.layout, at.y), x) }
  }

  /** The month at a height of the view, in pixels from its top, and how far below the month's top that is; null where nothing is laid out. */
  monthUnder(y: number): { month: number; layout: MonthLayout; y: number } | null {
    const v = Math.min(Math.max(0, this.#window.v + y), Math.max(0, this.#geometry.total - 1))
    const month = monthAt(this.#geometry, v)
    const layout = this.#ready(this.#geometry.months[month]?.month ?? '')?.layout
    if (!layout || layout.heights.length === 0) return null
    return { month, layout, y: v - (this.#geometry.tops[month] ?? 0) }
  }

  monthIndex(month: string): number {
    return this.#geometry.months.findIndex((each) => each.month === month)
  }

  /** The photos of a month as they are drawn; null while they are not. */
  dataOf(month: number): Month | null {
    return this.#ready(this.#geometry.months[month]?.month ?? '')?.data ?? null
  }

  /** Months whose photos are held, those nearest to what is on screen first. */
  get held(): Month[] {
    const rank = new Map(this.#geometry.months.map(({ month }, index) => [month, index]))
    const here = monthAt(this.#geometry, this.#window.v)
    const distance = ({ month }: Month) => Math.abs((rank.get(month) ?? Number.POSITIVE_INFINITY) - here)
    return this.#shelf.months.sort((a, b) => distance(a) - distance(b))
  }

  resize(width: number, viewport: number): void {
    const changed = this.#shelf.setMetrics(metricsFor(width, this.#density))
    if (!changed && viewport === this.#window.viewport) return
    this.#window.viewport = viewport
    this.#restack()
  }

  setDensity(density: Density): void {
    this.#density = density
    if (this.#shelf.setMetrics(metricsFor(this.metrics.width, density)) && this.#window.viewport > 0)
      this.#restack()
  }

  setMonths(months: readonly MonthCount[]): void {
    if (months === this.#counts) return
    this.#counts = months
    this.#restack()
  }

  /** Takes a month's photos, at first or again after they changed. */
  setMonth(data: Month): void {
    // laid out without height it would never be in sight, nor asked for, when photos come back to it
    if (data.count === 0) {
      this.forget(data.month)
      return
    }
    this.#shelf.put(data)
    if (this.#window.viewport > 0 && this.#shelf.prepare(data.month)) this.#restack()
  }

  /** Lets go of a month's photos; its height stays known. */
  forget(month: string): void {
    this.#shelf.forget(month)
    this.#restack()
  }

  /** The scroller moved, by whatever means, at `now` (milliseconds). */
  scrolled(scrollTop: number, now: number): void {
    const { viewport } = this.#window
    const distance = Math.abs(scrollTop - this.#window.scrollTop)
    if (distance === 0) return
    const speed = distance / Math.max(1, now - this.#scrolledAt)
    this.#fast = distance > viewport * 2 || (speed > FAST && distance > viewport / 4)
    this.#scrolledAt = now
    this.#window.scrollTop = scrollTop
    if (mustRebase(this.#window)) this.#window.goTo(this.#window.v)
    this.#moved()
  }

  /** Nobody scrolls at the moment. */
  settle(): void {
    this.#fast = false
    if (shouldRebase(this.#window)) this.#window.goTo(this.#window.v)
    this.#draw()
  }

  /** Goes to a scrubber position, 0 to 1. */
  scrub(position: number): void {
    this.#fast = true
    this.#window.goTo(positionToVirtual(this.#geometry, position, this.#window.viewport))
    this.#moved()
  }

  /** Brings a photo into sight: by as little as it takes, or to the middle. Months not loaded yet are guessed and kept to. */
  show({ month, index }: Place, how: 'nearest' | 'middle'): void {
    const entry = this.#geometry.months[month]
    if (!entry) return
    const ready = this.#ready(entry.month)
    const span = photoSpan(this.#geometry, month, index, ready?.layout ?? null)
    const height = span.height || this.#shelf.metrics.rowHeight
    const { viewport, v } = this.#window
    const lowest = viewport - height - FOCUS_MARGIN
    const highest = Math.min(FOCUS_MARGIN + this.#shelf.metrics.headingHeight, lowest)
    const now = span.top - v
    const offset = how === 'middle' ? (viewport - height) / 2 : Math.max(highest, Math.min(now, lowest))
    if (ready && offset === now) return
    this.#anchor = { month: entry.month, id: ready?.data.ids[index] ?? null, index, offset }
    this.#window.goTo(span.top - offset)
    this.#draw()
  }

  /** These are about to go elsewhere: what is on screen stays in its place by another photo than them. */
  holdWithout(ids: ReadonlySet<number>): void {
    this.#anchor = takeAnchor(this.#geometry, this.#ready, this.#window.v, ids)
  }

  /** Keeps one photo drawn wherever the view is. */
  pin(place: Place | null): void {
    this.#pinned = place
    this.#draw()
  }

  readonly #ready = (month: string) => this.#shelf.get(month)

  /** What is on screen now is what stays. */
  #moved(): void {
    this.#anchor = takeAnchor(this.#geometry, this.#ready, this.#window.v)
    this.#draw()
  }

  /** Stacks the months anew, keeping what is on screen in its place. */
  #restack(): void {
    const counts = this.#counts.map((entry) => ({ ...entry, count: this.#shelf.countOf(entry) }))
    this.#geometry = stackMonths(counts, (entry) => this.#shelf.heightOf(entry))
    this.#window.total = this.#geometry.total
    this.#window.slipTo(findAnchor(this.#geometry, this.#ready, this.#anchor))
    this.#draw()
  }

  #draw(): void {
    const { viewport, v, base } = this.#window
    if (viewport === 0) return
    const beyond = Math.max(LEAST_OVERSCAN, viewport * OVERSCAN)
    const extent = {
      geometry: this.#geometry,
      base,
      from: v - beyond,
      to: v + viewport + beyond,
      ready: this.#ready,
    }
    const slices = slicesOf(extent)
    // another width drops every layout: those in sight are made again first, and mostly at once
    if (slices.some(({ kind, month }) => kind === 'blank' && this.#shelf.prepare(month))) {
      this.#restack()
      return
    }
    const wanted = this.#fast ? this.#view.wanted : slices.map(({ month }) => month)
    this.#publish(this.#pinned ? withPinned(slices, this.#pinned, extent) : slices, wanted)
  }

  #publish(slices: readonly Slice[], wanted: readonly string[]): void {
    const before = this.#view
    const sameWanted = before.wanted.join() === wanted.join()
    const same = sameSlices(before.slices, slices)
    if (!same || !sameWanted || before.fast !== this.#fast)
      this.#view = {
        slices: same ? before.slices : slices,
        wanted: sameWanted ? before.wanted : wanted,
        fast: this.#fast,
      }
    for (const listener of this.#listeners) listener()
  }
}
