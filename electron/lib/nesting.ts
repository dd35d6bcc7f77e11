/** Things that lie in one another, by their ids: albums, tags. */
export interface Nested {
  id: number
  parentId: number | null
}

/** What the nesting of things says; rings, which nobody makes, end where they close. */
export class Nesting {
  readonly #parents: ReadonlyMap<number, number | null>
  readonly #children: ReadonlyMap<number | null, readonly Nested[]>

  constructor(rows: readonly Nested[]) {
    this.#parents = new Map(rows.map(({ id, parentId }) => [id, parentId]))
    this.#children = Map.groupBy(rows, ({ parentId }) => parentId)
  }

  /** Ids from a thing up to the outermost above it, itself first. */
  upFrom(id: number): number[] {
    const way = new Set<number>()
    for (let at: number | null = id; at !== null && !way.has(at); at = this.#parents.get(at) ?? null)
      way.add(at)
    return [...way]
  }

  /** Ids of a thing and all below it, parents first. */
  downFrom(id: number): number[] {
    const found = new Set([id])
    for (const at of found) for (const child of this.#children.get(at) ?? []) found.add(child.id)
    return [...found]
  }

  /** How many levels a thing and what lies below it take. */
  height(id: number): number {
    const top = this.upFrom(id).length
    return Math.max(...this.downFrom(id).map((below) => this.upFrom(below).length)) - top + 1
  }
}
