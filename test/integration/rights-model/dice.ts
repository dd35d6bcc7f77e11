/** Choices made from one number, so that a step is the same whenever it is taken again. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 to below `count`; mulberry32. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count
  }

  /** True in so many of a hundred cases. */
  in100(cases: number): boolean {
    return this.below(100) < cases
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)]
    if (from.length === 0) throw new Error('nothing to choose from')
    return chosen as T // an index within the list
  }
}
