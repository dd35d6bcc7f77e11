import { join } from 'node:path'
import type { Database } from '../../db/connect.ts'
import type { FileLook } from '../../workers/protocol.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { readAreas } from '../areas/areas.ts'
import { type Candidate, contentKey, findCandidates } from './candidates.ts'
import { type FoundFile, identityOf } from './diff.ts'

/** A found file with the hash of its ends. */
type Hashed = FoundFile & { quickHash: string | null }

/** A known file and where it is now. */
export interface Move {
  file: Candidate
  to: FoundFile
}

/** A known file and what stood at its path when it was looked at. */
type Looked = Candidate & { look: FileLook }

interface MovesNeeds {
  db: Database
  walk: Pick<WalkClient, 'check' | 'stat'>
}

/**
 * Finds out which of a scan's new files are known ones that were moved or renamed: by size and the hash of their ends, nothing
 * else (product §4). What could be a moved file waits for the end of the walk, for only then is it known what vanished; all
 * else is told at once. Where several files on either side have the same content, nothing is guessed.
 */
export class Moves {
  readonly #needs: MovesNeeds
  readonly #areaId: number
  readonly #held = new Map<string, { arrivals: FoundFile[]; candidates: Map<number, Looked> }>()
  /** files whose path holds another content now */
  readonly #displaced = new Set<number>()
  readonly #rootsThere = new Map<number, boolean>()

  constructor(needs: MovesNeeds, areaId: number) {
    this.#needs = needs
    this.#areaId = areaId
  }

  /** Keeps back what may have been moved; answers the rest. */
  async hold<F extends Hashed>(found: readonly F[]): Promise<F[]> {
    const candidates = await this.#lookForCandidates(found)
    return found.filter((file) => {
      const key = contentKey(file)
      if (key === undefined || file.known?.quickHash === file.quickHash) return true
      const others = (candidates.get(key) ?? []).filter((candidate) => couldBe(candidate, file))
      // A file at the place of another content waits too: what was there may turn up elsewhere.
      if (file.known) this.#displaced.add(file.known.fileId)
      else if (others.length === 0) return true
      const held = this.#held.get(key) ?? { arrivals: [], candidates: new Map<number, Looked>() }
      const { directory, name, sizeBytes, mtimeMs, identity, known } = file
      held.arrivals.push({ directory, name, sizeBytes, mtimeMs, identity, known })
      for (const candidate of others) held.candidates.set(candidate.fileId, candidate)
      this.#held.set(key, held)
      return false
    })
  }

  /**
   * To be called at the end of the walk. Answers the moves, in an order in which each goes to a place that is free by then (see
   * {@link inOrder}), and the files that are none.
   */
  async resolve(hasVanished: (fileId: number) => boolean): Promise<{ moves: Move[]; rest: FoundFile[] }> {
    const moves = new Map<number, Move>()
    for (const { arrivals, candidates } of this.#held.values()) {
      const [to] = arrivals
      const gone: Looked[] = []
      for (const file of candidates.values()) if (await this.#isGone(file, hasVanished)) gone.push(file)
      const [file] = gone
      if (arrivals.length === 1 && gone.length === 1 && to && file) moves.set(file.fileId, { file, to })
    }
    removeBlocked(moves)
    const taken = new Set([...moves.values()].map(({ to }) => to))
    const rest = [...this.#held.values()].flatMap(({ arrivals }) => arrivals).filter((to) => !taken.has(to))
    this.#held.clear()
    return { moves: inOrder(moves), rest }
  }

  async #lookForCandidates(found: readonly Hashed[]): Promise<Map<string | undefined, Looked[]>> {
    const candidates = await findCandidates(this.#needs.db.read, found)
    if (candidates.length === 0) return new Map()
    const looks = await this.#needs.walk.stat(candidates.map(({ directory, name }) => join(directory, name)))
    const looked = candidates.map((candidate, index) => ({
      ...candidate,
      look: looks[index] ?? { state: 'unknown' as const },
    }))
    return Map.groupBy(looked, contentKey)
  }

  async #isGone(file: Looked, hasVanished: (fileId: number) => boolean): Promise<boolean> {
    if (file.presence === 'missing' || this.#displaced.has(file.fileId)) return true
    if (file.areaId === this.#areaId) return hasVanished(file.fileId)
    // In another area a drive may just be away, and then its files are where they were.
    const known = this.#rootsThere.get(file.areaId) ?? (await this.#isRootThere(file.areaId))
    this.#rootsThere.set(file.areaId, known)
    return known && file.look.state === 'gone'
  }

  async #isRootThere(areaId: number): Promise<boolean> {
    const area = (await readAreas(this.#needs.db.read)).find(({ id }) => id === areaId)
    if (!area) return false
    const found = await this.#needs.walk.check(area.path)
    return found.ok && found.device === area.device && found.inode === area.inode
  }
}

/**
 * Whether a known file of the same content can be the found one: not where it lies untouched at its own path, unless both paths
 * are one file, as a name that changed in case or spelling is on some file systems.
 */
function couldBe({ look, ...candidate }: Looked, found: FoundFile): boolean {
  if (look.state === 'unknown' || candidate.fileId === found.known?.fileId) return false
  if (look.state === 'gone' || identityOf(look) === found.identity) return true
  return look.size !== candidate.sizeBytes || look.mtimeMs !== candidate.mtimeMs
}

/** Nothing moves to the place of a file that stays: that one was edited, for all anybody can tell. */
function removeBlocked(moves: Map<number, Move>): void {
  for (let before = -1; before !== moves.size; ) {
    before = moves.size
    for (const [fileId, { to }] of moves) if (to.known && !moves.has(to.known.fileId)) moves.delete(fileId)
  }
}

/** Every move after the one that frees its place; of a circle, such as two names swapped, the last one made frees the first's. */
function inOrder(moves: ReadonlyMap<number, Move>): Move[] {
  const ordered: Move[] = []
  const seen = new Set<number>()
  for (const start of moves.keys()) {
    const chain: Move[] = []
    for (let move = moves.get(start); move && !seen.has(move.file.fileId); ) {
      seen.add(move.file.fileId)
      chain.push(move)
      move = moves.get(move.to.known?.fileId ?? 0)
    }
    ordered.push(...chain.reverse())
  }
  return ordered
}
