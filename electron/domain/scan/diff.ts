import type { Read } from '../../db/connect.ts'
import type { WalkBatch } from '../../workers/walk-messages.ts'
import { isWithin } from '../areas/paths.ts'
import type { Loss } from './brake.ts'
import { isUnchanged, type KnownFile, readKnownFiles } from './known.ts'

/** A file that is new, or not as it was, and has to be read. */
export interface FoundFile {
  /** absolute */
  directory: string
  name: string
  sizeBytes: number
  mtimeMs: number
  /** device and inode: whether two paths are one file */
  identity: string
  /** the file known at this path, with the hash of what it held */
  known: { fileId: number; quickHash: string | null } | null
}

/** What a part of a directory holds, compared with what is known of it. */
export interface Difference {
  found: FoundFile[]
  /** files that were missing and are there again as they were */
  returnedFileIds: number[]
  /** unchanged files there is nothing left to do for */
  settled: number
}

/**
 * Compares a folder with the database while it is walked through, one directory at a time. What vanished is only collected: it
 * is judged as a whole when the walk has come to its end.
 */
export class FolderDiff {
  readonly losses = new Map<string, Loss>()
  readonly #vanished = new Map<number, string>()
  #leftOut = 0
  readonly #read: Read
  readonly #seen = new Set<string>()
  readonly #unknown: string[] = []
  #directory: string | undefined
  #known = new Map<string, KnownFile>()
  #knownPresent = 0

  constructor(read: Read) {
    this.#read = read
  }

  /** Takes a batch of the walk. All batches of one directory come one after the other. */
  async take({ directory, entries, failed, problem }: WalkBatch): Promise<Difference> {
    if (directory !== this.#directory) await this.#enter(directory)
    if (problem !== null) {
      this.#unknown.push(directory)
      this.#known.clear()
    }
    // What could not be looked at has not vanished.
    for (const { name } of failed) this.#known.delete(name)
    const difference: Difference = { found: [], returnedFileIds: [], settled: 0 }
    for (const entry of entries) {
      const known = this.#known.get(entry.name)
      this.#known.delete(entry.name)
      const { name, size: sizeBytes, mtimeMs } = entry
      if (!known || !isUnchanged(known, entry)) {
        const identity = identityOf(entry)
        difference.found.push({ directory, name, sizeBytes, mtimeMs, identity, known: known ?? null })
      } else {
        if (known.presence === 'missing') difference.returnedFileIds.push(known.fileId)
        if (known.state !== 'pending') difference.settled += 1
      }
    }
    return difference
  }

  /** Takes a directory in which all files are as they are known: so many. */
  takeUnchanged(directory: string, files: number): void {
    this.end()
    this.#seen.add(directory)
    this.losses.set(directory, { known: files, vanished: 0 })
  }

  /** To be called when the walk has come to its end. */
  end(): void {
    if (this.#directory === undefined) return
    const gone = [...this.#known.values()].filter(({ presence }) => presence === 'present')
    for (const { fileId } of gone) this.#vanished.set(fileId, this.#directory)
    if (this.#knownPresent > 0)
      this.losses.set(this.#directory, { known: this.#knownPresent, vanished: gone.length })
    this.#directory = undefined
  }

  /** Whether the walk has come by a directory, or it lies where it could not look. */
  hasVisited(directory: string): boolean {
    return this.#seen.has(directory) || this.#unknown.some((folder) => isWithin(directory, folder))
  }

  /** Counts a file as vanished whose directory the walk has not come by. */
  takeUnvisited({ directory, fileId }: { fileId: number; directory: string }): void {
    const loss = this.losses.get(directory) ?? { known: 0, vanished: 0 }
    this.losses.set(directory, { known: loss.known + 1, vanished: loss.vanished + 1 })
    this.#vanished.set(fileId, directory)
  }

  /** Files that the walk did not find where they were known. */
  get vanishedFileIds(): number[] {
    return [...this.#vanished.keys()]
  }

  /** Whether the walk did not find this file where it was known. */
  hasVanished(fileId: number): boolean {
    return this.#vanished.has(fileId)
  }

  /** Takes a file back from the vanished, as it turned up elsewhere: for the brake it never was here. */
  takeMoved(fileId: number): void {
    this.#forgive(this.#vanished.get(fileId))
    this.#vanished.delete(fileId)
  }

  /** Takes vanished files out of the losses that were not found only because the rules leave them out. */
  takeLeftOut(fileIds: readonly number[]): void {
    for (const fileId of fileIds) this.#forgive(this.#vanished.get(fileId))
    this.#leftOut += fileIds.length
  }

  /** How many files vanished without a rule that leaves them out. */
  get lost(): number {
    return this.#vanished.size - this.#leftOut
  }

  #forgive(directory: string | undefined): void {
    if (directory === undefined) return
    const { known, vanished } = this.losses.get(directory) ?? { known: 1, vanished: 1 }
    this.losses.set(directory, { known: known - 1, vanished: vanished - 1 })
  }

  async #enter(directory: string): Promise<void> {
    this.end()
    this.#directory = directory
    this.#seen.add(directory)
    this.#known = await readKnownFiles(this.#read, directory)
    this.#knownPresent = [...this.#known.values()].filter(({ presence }) => presence === 'present').length
  }
}

/** Tells whether two paths lead to one file. */
export const identityOf = ({ device, inode }: { device: string; inode: string }) => `${device}:${inode}`
