import type { PhotoMay } from '../../../electron/contract/photos.ts'
import { type Month, mayWith } from '../month.ts'

/** What selecting needs of a month: a million photos may be selected, so that the rest of them is not held for it. */
export type Listed = Pick<Month, 'month' | 'count' | 'ids' | 'may' | 'mayOf' | 'favourites'>

/** Photos of one month that follow each other: `from` up to, without, `to`. */
export interface Stretch {
  data: Listed
  from: number
  to: number
}

/** A photo by its id and the month it stands in. */
export interface Spot {
  /** as `timeline.months` calls it */
  month: string
  id: number
}

/** What is kept of a selected photo after its month was let go of. */
export interface Chosen {
  readonly month: string
  readonly may: PhotoMay | null
  readonly favourite: boolean
}

/** A range that goes on: it shrinks again when it is drawn shorter. */
interface Range {
  /** the photo it begins at, null before the first */
  anchor: Spot | null
  /** whether it selects, or takes out */
  selects: boolean
  /** what it changed; the values are what taken out photos had */
  changed: Map<number, Chosen>
}

/** How much of a stretch is selected. */
export type Share = 'none' | 'some' | 'all'

/**
 * The photos that are selected in one list, by their ids. A photo that leaves the list leaves the selection; one that arrives never
 * joins it. Ranges go from the photo that was ticked or unticked last, and do what that one did.
 */
export class Selection {
  readonly #chosen = new Map<number, Chosen>()
  readonly #listeners = new Set<() => void>()
  /** by a month's ids as they were read: another reading is another array */
  readonly #kept = new WeakMap<readonly number[], Chosen[]>()
  readonly #followed = new WeakSet<readonly number[]>()
  #version = 0
  #choosing = false
  #range: Range = { anchor: null, selects: true, changed: new Map() }
  /** the range that the running drag would give back */
  #before: Range | null = null

  /** Calls back after every change; returns the function that ends it. */
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Another number after every change. */
  readonly version = () => this.#version

  readonly count = () => this.#chosen.size

  /** Whether a click selects: something is selected, or photos are chosen for something. */
  readonly isOn = () => this.#choosing || this.#chosen.size > 0

  /** Lets the first click select already, or no more. */
  setChoosing(on: boolean): void {
    if (on === this.#choosing) return
    this.#choosing = on
    this.#changed()
  }

  /** The photo that ranges begin at, null before the first. */
  get anchor(): Spot | null {
    return this.#range.anchor
  }

  has(id: number): boolean {
    return this.#chosen.has(id)
  }

  /** The selected photos, in the order they were selected. */
  get chosen(): ReadonlyMap<number, Chosen> {
    return this.#chosen
  }

  /** The months that hold selected photos. */
  get months(): string[] {
    return [...new Set([...this.#chosen.values()].map(({ month }) => month))]
  }

  /** Selects photos, or takes them out, all in one; ranges go on from the first of them. */
  set(stretches: readonly Stretch[], on: boolean): void {
    const first = stretches.find(({ from, to }) => to > from)
    const id = first?.data.ids[first.from]
    if (!first || id === undefined) return
    this.#startAt({ month: first.data.month, id }, on)
    for (const { data, from, to } of stretches)
      for (let index = from; index < to; index++) this.#put(data.ids[index] ?? 0, data, index, on)
    this.#changed()
  }

  /** Begins a drag, which is a range that can be taken back whole, at one photo; what it does is what a tick there would. */
  beginDrag(at: Stretch): void {
    const id = at.data.ids[at.from] ?? 0
    const before = this.#range
    this.#startAt({ month: at.data.month, id }, !this.#chosen.has(id))
    this.#before = before
    this.range([at])
  }

  /** Makes the drag undone, and goes on with the range from before; false where something else was done since. */
  cancelDrag(): boolean {
    if (!this.#before) return false
    this.#takeBackRange()
    this.#range = this.#before
    this.#before = null
    this.#changed()
    return true
  }

  /** Makes these the range from the anchor: what the range before changed and this one does not is as it was. */
  range(stretches: readonly Stretch[]): void {
    this.#takeBackRange()
    for (const { data, from, to } of stretches)
      for (let index = from; index < to; index++) {
        const id = data.ids[index] ?? 0
        if (this.#chosen.has(id) === this.#range.selects) continue
        this.#range.changed.set(id, this.#keep(data, index))
        this.#put(id, data, index, this.#range.selects)
      }
    this.#changed()
  }

  /** Takes everything out. */
  clear(): void {
    this.#chosen.clear()
    this.#startAt(null, true)
    this.#changed()
  }

  /**
   * A month was read again: selected photos that it held and holds no more leave, those that it holds now are known to be there and with what
   * may be done with them now.
   */
  follow(data: Listed): void {
    if ((this.#chosen.size === 0 && !this.#before) || this.#followed.has(data.ids)) return
    this.#followed.add(data.ids)
    const there = new Set(data.ids)
    let changes = this.#dropGone((id, { month }) => month === data.month && !there.has(id))
    data.ids.forEach((id, index) => {
      const before = this.#chosen.get(id)
      const now = before && this.#keep(data, index)
      if (!now || before === now) return
      this.#chosen.set(id, now)
      changes = true
    })
    if (changes) this.#changed()
  }

  /** Only these months are left in the list: what was selected in others leaves. */
  followMonths(months: ReadonlySet<string>): void {
    if (this.#dropGone((_id, { month }) => !months.has(month))) this.#changed()
  }

  /** `1` for each selected photo of a stretch and `0` for each other; empty while nothing at all is selected. */
  marks({ data, from, to }: Stretch): string {
    if (!this.isOn()) return ''
    let marks = ''
    for (let index = from; index < to; index++) marks += this.#chosen.has(data.ids[index] ?? 0) ? '1' : '0'
    return marks
  }

  /** How much of a stretch is selected. */
  share({ data, from, to }: Stretch): Share {
    if (this.#chosen.size === 0) return 'none'
    const first = this.#chosen.has(data.ids[from] ?? 0)
    for (let index = from + 1; index < to; index++)
      if (this.#chosen.has(data.ids[index] ?? 0) !== first) return 'some'
    return first ? 'all' : 'none'
  }

  /** Lets go of photos that left the list; those too that a range shrinking would bring back. True where any was selected. */
  #dropGone(isGone: (id: number, of: Chosen) => boolean): boolean {
    let changes = false
    for (const [id, of] of this.#chosen) if (isGone(id, of)) changes = this.#chosen.delete(id)
    for (const range of [this.#range, this.#before])
      for (const [id, of] of range?.changed ?? []) if (isGone(id, of)) range?.changed.delete(id)
    return changes
  }

  #startAt(anchor: Spot | null, selects: boolean): void {
    this.#range = { anchor, selects, changed: new Map() }
    this.#before = null
  }

  #takeBackRange(): void {
    const { selects, changed } = this.#range
    for (const [id, before] of changed)
      if (selects) this.#chosen.delete(id)
      else this.#chosen.set(id, before)
    changed.clear()
  }

  #put(id: number, data: Listed, index: number, on: boolean): void {
    if (on) this.#chosen.set(id, this.#keep(data, index))
    else this.#chosen.delete(id)
  }

  /** One object for all photos of a month of which the same is known: a million entries are held. */
  #keep(data: Listed, index: number): Chosen {
    const known = this.#kept.get(data.ids) ?? []
    this.#kept.set(data.ids, known)
    const favourite = data.favourites.has(data.ids[index] ?? 0)
    const which = (data.mayOf?.[index] ?? 0) * 2 + Number(favourite)
    known[which] ??= { month: data.month, may: mayWith(data, index), favourite }
    return known[which]
  }

  #changed(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}
