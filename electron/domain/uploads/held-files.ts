import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { syncFolder } from '../../lib/durable.ts'

/** Of a file that is still arriving; what a stopped program left of it goes at the next start. */
const PARTIAL = '.partial'
/** For files of which the database knows nothing (any more): after an older copy of it was restored, say. */
const UNCLAIMED = 'unclaimed'

/** Where the files lie that links' holders sent: in the data directory, apart from all folders, readable by its owner alone. */
export class HeldFiles {
  readonly directory: string

  /** @param dataDir absolute */
  constructor(dataDir: string) {
    this.directory = join(dataDir, 'uploads')
  }

  pathOf(fileKey: string): string {
    return join(this.directory, fileKey)
  }

  /** Bytes free on the disk for whoever runs this. */
  async freeBytes(): Promise<number> {
    await this.#ensure()
    const { bavail, bsize } = await statfs(this.directory)
    return bavail * bsize
  }

  /** Makes a file for what arrives, and opens it for writing. */
  async create() {
    await this.#ensure()
    const key = randomBytes(16).toString('hex')
    const path = this.pathOf(key + PARTIAL)
    return { key, path, handle: await open(path, 'wx', 0o600) }
  }

  /**
   * Keeps a file that has arrived and is on the medium, as one of this name; answers its key. It is there after a power cut.
   * @param modified when it was last changed where it comes from, epoch ms; null: not told
   */
  async keep(key: string, fileName: string, modified: number | null): Promise<string> {
    const partial = this.pathOf(key + PARTIAL)
    if (modified !== null) await utimes(partial, modified / 1000, modified / 1000)
    const fileKey = key + extname(fileName).toLowerCase()
    await rename(partial, this.pathOf(fileKey))
    await syncFolder(this.directory)
    return fileKey
  }

  /** Forgets what has arrived of a file. */
  async drop(key: string): Promise<void> {
    await rm(this.pathOf(key + PARTIAL), { force: true })
  }

  async remove(fileKey: string): Promise<void> {
    await rm(this.pathOf(fileKey), { force: true })
  }

  /** Keys of all files that have arrived, and of what is left of others (`isPartial`). */
  async list(): Promise<{ key: string; isPartial: boolean }[]> {
    const names = await readdir(this.directory).catch(noneWhereMissing)
    return names
      .filter((name) => name !== UNCLAIMED)
      .map((name) => ({ key: name, isPartial: name.endsWith(PARTIAL) }))
  }

  /** Puts a file aside of which the database knows nothing. */
  async setAside(fileKey: string, now: number): Promise<void> {
    const aside = join(this.directory, UNCLAIMED)
    await mkdir(aside, { recursive: true, mode: 0o700 })
    const path = join(aside, fileKey)
    await rename(this.pathOf(fileKey), path)
    // its days are counted from here on
    await utimes(path, now / 1000, now / 1000)
  }

  /** Removes what was put aside before `time` (epoch ms). */
  async forgetAside(time: number): Promise<void> {
    const aside = join(this.directory, UNCLAIMED)
    for (const name of await readdir(aside).catch(noneWhereMissing)) {
      const path = join(aside, name)
      if ((await stat(path)).mtimeMs < time) await rm(path, { force: true })
    }
  }

  async #ensure(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 })
  }
}

function noneWhereMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}
