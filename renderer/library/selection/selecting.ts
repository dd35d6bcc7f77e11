import type { MonthCount } from '../timeline/geometry.ts'
import { type Listed, Selection, type Spot, type Stretch } from './selection.ts'
import { monthsBetween, stretchesBetween } from './stretches.ts'

/** The list that is selected from. */
export interface List {
  /** its months as they are now, in its order */
  months(): readonly MonthCount[]
  /** a month as it is shown; null while it is not held */
  held(month: string): Listed | null
  /** a month as it is by now, read again where it may have changed */
  load(month: string): Promise<Listed>
}

/** A range over months that have to be read first. */
export interface Reading {
  done: number
  /** months */
  total: number
}

/**
 * Selecting in one list: what is asked for by clicks, keys and drags, over months that may not be held. Only one range is under way at a
 * time: whatever is done next ends it.
 */
export class Selecting {
  readonly selection = new Selection()
  readonly #list: List
  readonly #listeners = new Set<() => void>()
  #reading: Reading | null = null
  /** where the last range ended, or the photo that was ticked last */
  #head: Spot | null = null
  #headBefore: Spot | null = null
  #following: Promise<void> | null = null
  #followDue = false
  /** of the range under way */
  #ends = new AbortController()

  constructor(list: List) {
    this.#list = list
  }

  /** Calls back when {@link reading} changes; returns the function that ends it. */
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** How far reading for a range is; null when there is nothing to read. */
  readonly reading = () => this.#reading

  /** Selects one photo, or takes it out. */
  toggle(spot: Spot): void {
    this.#set(spot, !this.selection.has(spot.id))
  }

  /** Selects a day of a month, or takes it out when all of it is selected. */
  toggleDay(stretch: Stretch): void {
    this.stop()
    this.#head = null
    this.selection.set([stretch], this.selection.share(stretch) !== 'all')
  }

  /** A drag begins at a photo: like {@link toggle}, but {@link cancelDrag} gives back what was. */
  beginDrag(spot: Spot): void {
    this.stop()
    const stretch = this.#stretchOf(spot)
    if (!stretch) return
    this.#headBefore = this.#head
    this.#head = spot
    this.selection.beginDrag(stretch)
  }

  /** Gives the drag up: what was selected before it is selected again, unless something else was done since. */
  cancelDrag(): void {
    this.stop()
    if (this.selection.cancelDrag()) this.#head = this.#headBefore
  }

  /** Draws the range from where it began to this photo; toggles the photo where none began. */
  async extendTo(spot: Spot): Promise<void> {
    const { anchor } = this.selection
    const between = anchor && monthsBetween(this.#list.months(), anchor, spot)
    if (!anchor || !between?.length) return this.toggle(spot)
    const found = await this.#months(between)
    const stretches = found && stretchesBetween(found, anchor, spot)
    // what the range began at is gone: this is the next beginning
    if (found && !stretches) return this.toggle(spot)
    if (!stretches) return
    this.#head = spot
    this.selection.range(stretches)
  }

  /**
   * The same by keys, which go from one photo to the next: where the last range did not end at `from`, a new one begins there.
   * @param to a place in a month that may not be held
   */
  async extendFrom(from: Spot, to: { month: string; index: number }): Promise<void> {
    if (this.#head?.id !== from.id) this.#set(from, true)
    const [data] = (await this.#months([to.month])) ?? []
    const id = data?.ids[Math.min(to.index, data.count - 1)]
    if (id !== undefined) await this.extendTo({ month: to.month, id })
  }

  /** Selects everything in the list. */
  async all(): Promise<void> {
    const found = await this.#months(this.#list.months().map(({ month }) => month))
    this.#head = null
    const whole = found?.map((data) => ({ data, from: 0, to: data.count }))
    if (whole) this.selection.set(whole, true)
  }

  /** Selects nothing. */
  clear(): void {
    this.stop()
    this.#head = null
    this.selection.clear()
  }

  /** Ends what is under way; what was selected stays. */
  stop(): void {
    this.#ends.abort()
    this.#ends = new AbortController()
    this.#tell(null)
  }

  /**
   * Reads the months of the selection again, also those that are not shown, and lets what is gone leave; once more when it is asked for
   * meanwhile.
   */
  follow(): Promise<void> {
    this.#followDue = true
    this.#following ??= this.#follow().finally(() => {
      this.#following = null
    })
    return this.#following
  }

  async #follow(): Promise<void> {
    while (this.#followDue) {
      this.#followDue = false
      this.selection.followMonths(new Set(this.#list.months().map(({ month }) => month)))
      for (const month of this.selection.months) this.selection.follow(await this.#list.load(month))
    }
  }

  #set(spot: Spot, on: boolean): void {
    this.stop()
    const stretch = this.#stretchOf(spot)
    if (!stretch) return
    this.#head = spot
    this.selection.set([stretch], on)
  }

  /** One photo, while its month is held. */
  #stretchOf({ month, id }: Spot): Stretch | null {
    const data = this.#list.held(month)
    const index = data?.ids.indexOf(id) ?? -1
    return data && index >= 0 ? { data, from: index, to: index + 1 } : null
  }

  /** The months; null when something else was done before they were there. Held ones are taken without waiting. */
  async #months(names: readonly string[]): Promise<Listed[] | null> {
    this.stop()
    const { signal } = this.#ends
    const held = names.map((name) => this.#list.held(name))
    const missing = held.filter((month) => month === null).length
    let done = 0
    for (const [place, name] of names.entries()) {
      if (held[place]) continue
      this.#tell({ done: done++, total: missing })
      try {
        held[place] = await this.#list.load(name)
      } catch (error) {
        if (!signal.aborted) this.stop()
        throw error
      }
      if (signal.aborted) return null
    }
    this.#tell(null)
    return held.filter((month) => month !== null)
  }

  #tell(reading: Reading | null): void {
    if (this.#reading === reading) return
    this.#reading = reading
    for (const listener of this.#listeners) listener()
  }
}
