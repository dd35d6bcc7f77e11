import type { Tree } from './tree.ts'

type Sets = Map<string, Set<string>>

/** Where every content has been, and what every path has held. */
export class History {
  /** paths by the hash of a file */
  readonly places: Sets = new Map()
  /** hashes by path */
  readonly held: Sets = new Map()
  /** hashes that were at two paths at once: copies, of which nothing can be told */
  readonly copied = new Set<string>()
  /** the same since the last check */
  readonly lately = { places: new Map() as Sets, held: new Map() as Sets }

  /** To be called whenever the tree has changed. */
  note(tree: Tree): void {
    const now = new Set<string>()
    for (const [path, { hash }] of tree.files) {
      if (now.has(hash)) this.copied.add(hash)
      now.add(hash)
      for (const { places, held } of [this, this.lately]) {
        addTo(places, hash, path)
        addTo(held, path, hash)
      }
    }
  }

  /** To be called at a check: what is on disk then is where the next part of the story begins. */
  turnPage(tree: Tree): void {
    this.lately.places.clear()
    this.lately.held.clear()
    this.note(tree)
  }
}

function addTo(sets: Sets, key: string, value: string): void {
  const present = sets.get(key) ?? new Set()
  sets.set(key, present.add(value))
}
