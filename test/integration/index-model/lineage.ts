import { areasInUse, type Row, readIndex } from './check.ts'
import { EMPTY } from './contents.ts'
import { areaOf, filesOf, isInOneOf, plain } from './model.ts'
import { identityOf, type Tree } from './tree.ts'
import type { World } from './world.ts'

/** A file of the index as of the last check. */
interface Known {
  photoId: number
  path: string
  /** of its content when it was last seen on disk */
  hash: string
  /** its area was in use and not set aside */
  isReachable: boolean
}

/** Follows the files of the index from check to check: which photo must be the same, and which must not be. */
export class Lineage {
  readonly #world: World
  #known = new Map<number, Known>()
  #roots = new Map<string, string>()
  /** areas whose own directory went, came or is another one since the last check */
  readonly #uprooted = new Set<string>()
  #isQuiet = true
  #lastJob = 0
  /** moved files that were found to have kept their photo */
  followed = 0

  constructor(world: World) {
    this.#world = world
  }

  /** To be called before and after each step on disk: where an area's own directory moved, little can be told of its files. */
  noteRoots(): void {
    for (const path of this.#world.areas) {
      const there = identityOf(path)
      const identity = there ? `${there.dev}:${there.ino}` : 'gone'
      if ((this.#roots.get(path) ?? identity) !== identity) this.#uprooted.add(path)
      this.#roots.set(path, identity)
    }
  }

  /** To be called before a check's own scans, with the newest job's id, and after them. */
  noteJobs(newest: number, when: 'before' | 'after'): void {
    if (when === 'before') this.#isQuiet = newest === this.#lastJob
    else this.#lastJob = newest
  }

  /** To be called at a check, when the index was found in line with the tree; answers what became of files that should not have. */
  async judge(tree: Tree): Promise<string[]> {
    const rows = await readIndex(this.#world)
    const told = [...this.#lost(rows), ...this.#strayed(rows, tree), ...this.#mistaken(rows, tree)]
    await this.#remember(rows, tree)
    return told
  }

  #lost(rows: Row[]): string[] {
    const now = new Map(rows.map((row) => [row.file.id, row]))
    const told = [...this.#known]
      .filter(([id, { photoId }]) => now.get(id)?.photo.id !== photoId)
      .map(([, { path }]) => `${plain(path)} was forgotten`)
    const twice = rows.length !== new Set(rows.map(({ photo }) => photo.id)).size
    return twice ? [...told, 'two files share a photo'] : told
  }

  /**
   * Contents that were moved and nothing else keep their photo. Where something else was put in their place, or was in their new
   * one, that holds only if one scan sees all of it at once.
   */
  #strayed(rows: Row[], tree: Tree): string[] {
    const { history } = this.#world
    const byPath = new Map(rows.map((row) => [row.path, row]))
    const paths = Map.groupBy([...tree.files], ([, { hash }]) => hash)
    const owners = Map.groupBy(this.#known, ([, { hash }]) => hash)
    return [...this.#known].flatMap(([id, { path, hash, isReachable }]) => {
      const [to, ...others] = (paths.get(hash) ?? []).map(([place]) => place)
      if (this.#wasUprooted(path, hash)) return []
      const isUnique = owners.get(hash)?.length === 1 && hash !== EMPTY && !history.copied.has(hash)
      const isTold = isReachable && isUnique && (this.#isAlone(path, hash) || this.#isSeenAtOnce(path, to))
      if (!isTold || to === undefined || others.length > 0) return []
      const row = byPath.get(to)
      // not in the index where it lies now: hidden, ignored, in no area
      if (!row || row.file.presence === 'missing') return []
      if (row.file.id === id) {
        if (to !== path) this.followed += 1
        return []
      }
      return [`${plain(to)} was ${plain(path)} and is another photo now`]
    })
  }

  #wasUprooted(path: string, hash: string): boolean {
    const places = [path, ...(this.#world.history.lately.places.get(hash) ?? [])]
    return places.some((place) => isInOneOf(this.#uprooted, place))
  }

  /** No scan since the last check but those of this one, and of one area. */
  #isSeenAtOnce(from: string, to: string | undefined): boolean {
    const { areas } = this.#world
    return this.#isQuiet && to !== undefined && areaOf(areas, from) === areaOf(areas, to)
  }

  /** Wherever it has been since, nothing else ever was. */
  #isAlone(path: string, hash: string): boolean {
    const { lately, held } = this.#world.history
    const places = [...(lately.places.get(hash) ?? [])]
    return places.every((place) => place === path || held.get(place)?.size === 1)
  }

  /** A photo shows another content only where one took the other's place. */
  #mistaken(rows: Row[], tree: Tree): string[] {
    return rows.flatMap(({ file, path }) => {
      const was = this.#known.get(file.id)
      const is = tree.files.get(path)
      if (!was || !is || file.presence === 'missing' || was.hash === is.hash) return []
      if (this.#successors(was).has(is.hash)) return []
      return [`${plain(path)} has the photo of ${plain(was.path)}, which never was in its place`]
    })
  }

  #successors({ hash, path }: Known): Set<string> {
    const { held } = this.#world.history.lately
    const reached = new Set([hash, ...(held.get(path) ?? [])])
    for (let before = 0; before !== reached.size; ) {
      before = reached.size
      for (const hashes of held.values())
        if ([...hashes].some((one) => reached.has(one))) for (const one of hashes) reached.add(one)
    }
    return reached
  }

  async #remember(rows: Row[], tree: Tree): Promise<void> {
    const { areas } = this.#world
    const inUse = new Set(areasInUse(this.#world))
    const onDisk = new Map([...inUse].flatMap((area) => [...filesOf(tree, areas, area)]))
    const before = this.#known
    this.#known = new Map(
      rows.map(({ file, photo, path }) => {
        const leaf = file.presence === 'present' ? onDisk.get(path) : undefined
        const hash = leaf?.hash ?? before.get(file.id)?.hash ?? file.quickHash ?? EMPTY
        const area = areaOf(areas, path)
        const isReachable = area !== undefined && inUse.has(area) && identityOf(area) !== null
        return [file.id, { photoId: photo.id, path, hash, isReachable }]
      }),
    )
    this.#uprooted.clear()
    this.#world.history.turnPage(tree)
  }
}
