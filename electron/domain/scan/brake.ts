import { dirname } from 'node:path'
import { isBelow } from '../areas/paths.ts'

/** A subtree that lost at least this many files, and more than half of them, stops the scan (product §4). */
const fewestVanished = 50

/** What a scan found in one directory: files known before it, and how many of them are gone. */
export interface Loss {
  known: number
  vanished: number
}

/**
 * The deepest directory, `root` included, below which so many known files vanished at once that a drive away is likelier than a
 * person tidying up; undefined where there is none. `losses` is keyed by absolute path, all of them within `root`.
 */
export function findBrake(losses: ReadonlyMap<string, Loss>, root: string): string | undefined {
  const subtrees = new Map<string, Loss>()
  for (const [directory, { known, vanished }] of losses) {
    for (let path = directory; ; path = dirname(path)) {
      const sum = subtrees.get(path) ?? { known: 0, vanished: 0 }
      subtrees.set(path, { known: sum.known + known, vanished: sum.vanished + vanished })
      if (path === root || !isBelow(path, root)) break
    }
  }
  const braking = [...subtrees].filter(
    ([, { known, vanished }]) => vanished >= fewestVanished && vanished > known / 2,
  )
  return braking.sort(([a], [b]) => b.length - a.length)[0]?.[0]
}
