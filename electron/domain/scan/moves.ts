import { join } from 'node:path'
import type { Database } from '../../db/connect.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import type { FileLook } from '../../workers/walk-messages.ts'
import { readAreas } from '../areas/areas.ts'
import { type Candidate, contentKey, findCandidates } from './candidates.ts'
import { type FoundFile, identityOf } from './diff.ts'
import { isSetAside } from './set-aside.ts'

/** A found file with the hash of its ends. */
type Hashed = FoundFile & { quickHash: string | null }

/** A known file and where it is now. */
export interface Move {
  file: Candidate
  to: FoundFile
}

/** Where a file lies; of the scan's own area where none is said. */
interface Place {
  directory: string
  name: string
  areaId?: number
}

/** A known file and what stood at its path when it was looked at. */
type Looked = Candidate & { look: FileLook }

/** What is known until the end of the walk of one content. */
interface Held {
  arrivals: FoundFile[]
  candidates: Looked[]
  /** more files of this content were found than are held */
  isMore: boolean
}

/**
 * Files held back at a time: about 1 KB each, so 100 MB at worst, and a folder of 100,000 files can be renamed as a whole. Of more
 * than that, further ones are taken for new or edited; what people attached to the files they were goes to them when those
 * are dropped (hand-on.ts), as it does for all identical ones.
 */
const mostHeld = 100_000

const UNKNOWN: FileLook = { state: 'unknown' }

/** Held files for one question to the disk: some thousand paths at most. */
const looksAtOnce = 500

interface MovesNeeds {
  db: Database
  walk: Pick<WalkClient, 'check' | 'stat'>
}

/**
 * Finds out which of a scan's new files are known ones that were moved or renamed: by size and the hash of their ends, nothing
 * else (product §4). What could be a moved file waits for the end of the walk, for only then is it known what vanished; all
 * else is told at once. Where several files on either side have the same content, nothing is guessed. A file found under the
 * name of another one is told by its content too: it is an edit of what was there only where no known file of it is gone.
 */
export class Moves {
  readonly #needs: MovesNeeds
  readonly #areaId: number
  readonly #held = new Map<string, Held>()
  readonly #mostHeld: number
  #heldCount = 0
  /** files whose path holds another content now */
  readonly #displaced = new Set<number>()
  readonly #rootsThere = new Map<number, boolean>()
  /** other areas that told nothing when they were asked */
  readonly #silent = new Set<number>()

  constructor(needs: MovesNeeds, areaId: number, most = mostHeld) {
    this.#needs = needs
    this.#areaId = areaId
    this.#mostHeld = most
  }

  /** Keeps back what may have been moved; answers the rest. */
  async hold<F extends Hashed>(found: readonly F[]): Promise<F[]> {
    const candidates = await this.#lookForCandidates(found)
    return found.filter((file) => {
      const key = contentKey(file)
      if (key === undefined || file.known?.quickHash === file.quickHash) return true
      const others = (candidates.get(key) ?? []).filter((candidate) => couldBe(candidate, file))
      // A file at the place of another content waits too: what was there may turn up elsewhere.
      return !(file.known || others.length > 0) || !this.#holdOne(key, file, others)
    })
  }

  /** Whether there was room for it. */
  #holdOne(key: string, file: Hashed, others: readonly Looked[]): boolean {
    const held = this.#held.get(key) ?? { arrivals: [], candidates: [], isMore: false }
    if (this.#heldCount >= this.#mostHeld) {
      held.isMore = true
      return false
    }
    const { directory, name, sizeBytes, mtimeMs, identity, known } = file
    if (known) this.#displaced.add(known.fileId)
    const place = known && { fileId: known.fileId, quickHash: known.quickHash }
    held.arrivals.push({ directory, name, sizeBytes, mtimeMs, identity, known: place })
    for (const candidate of others)
      if (!held.candidates.some(({ fileId }) => fileId === candidate.fileId)) held.candidates.push(candidate)
    this.#held.set(key, held)
    this.#heldCount += 1
    return true
  }

  /**
   * To be called at the end of the walk. Answers the moves, in an order in which each goes to a place that is free by then (see
   * {@link inOrder}), and the files that are none. All are looked at once more, for people move files while a walk goes on: what
   * was seen at two places may be one file.
   */
  async resolve(hasVanished: (fileId: number) => boolean): Promise<{ moves: Move[]; rest: FoundFile[] }> {
    await this.#lookAgain()
    const moves = new Map<number, Move>()
    for (const { arrivals, candidates, isMore } of this.#held.values()) {
      if (isMore) continue
      const [to] = arrivals
      const gone: Looked[] = []
      for (const file of candidates) if (await this.#isGone(file, hasVanished)) gone.push(file)
      const [file] = gone
      if (arrivals.length === 1 && gone.length === 1 && to && file) moves.set(file.fileId, { file, to })
    }
    const taken = new Set([...moves.values()].map(({ to }) => to))
    const rest = [...this.#held.values()].flatMap(({ arrivals }) => arrivals).filter((to) => !taken.has(to))
    this.#held.clear()
    return { moves: inOrder(moves), rest }
  }

  async #lookForCandidates(found: readonly Hashed[]): Promise<Map<string | undefined, Looked[]>> {
    const candidates = await findCandidates(this.#needs.db.read, found)
    if (candidates.length === 0) return new Map()
    const looks = await this.#look(candidates)
    return Map.groupBy(
      candidates.map((file) => ({ ...file, look: looks.get(file) ?? UNKNOWN })),
      contentKey,
    )
  }

  /** Drops arrivals that are gone again, and sees where the files are that they could be. */
  async #lookAgain(): Promise<void> {
    const all = [...this.#held.values()]
    for (let start = 0; start < all.length; start += looksAtOnce) {
      const chunk = all.slice(start, start + looksAtOnce)
      const arrivals = await this.#look(chunk.flatMap((held) => held.arrivals))
      const candidates = await this.#look(chunk.flatMap((held) => held.candidates))
      for (const held of chunk) {
        held.arrivals = held.arrivals.filter((to) => arrivals.get(to)?.state !== 'gone')
        for (const file of held.candidates) file.look = candidates.get(file) ?? UNKNOWN
      }
    }
  }

  /** What stands at these places; of a row set aside, whose name no file can have, nothing does. */
  async #look<F extends Place>(all: readonly F[]): Promise<Map<F, FileLook>> {
    const seen = new Map<F, FileLook>(all.map((file) => [file, { state: 'gone' }]))
    const placed = all.filter(({ name }) => !isSetAside(name))
    for (const [areaId, own] of Map.groupBy(placed, ({ areaId = this.#areaId }) => areaId)) {
      const looks = await this.#lookIn(areaId, own)
      for (const [index, file] of own.entries()) seen.set(file, looks[index] ?? UNKNOWN)
    }
    return seen
  }

  /** Each area's disk is asked by itself, and none once more that was silent: it must not hide what stands on the others. */
  async #lookIn(areaId: number, files: readonly Place[]): Promise<FileLook[]> {
    if (this.#silent.has(areaId)) return []
    const looks = await this.#needs.walk.stat(files.map(({ directory, name }) => join(directory, name)))
    if (areaId !== this.#areaId && looks.every(({ state }) => state === 'unknown')) this.#silent.add(areaId)
    return looks
  }

  async #isGone(file: Looked, hasVanished: (fileId: number) => boolean): Promise<boolean> {
    if (file.presence === 'missing' || this.#displaced.has(file.fileId)) return true
    if (file.areaId === this.#areaId && hasVanished(file.fileId)) return true
    // Of another area, or seen there before it went. A drive may just be away, and then its files are where they were.
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
