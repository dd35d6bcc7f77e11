import { createHash } from 'node:crypto'
import { closeSync, readSync } from 'node:fs'
import { opendir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Enclosure, type OpenedFile, openInside } from '../../lib/open-inside.ts'
import { quickHashOf } from '../../workers/quick-hash.ts'
import { CommandFailure } from '../failure.ts'
import type { TheirFile } from './library.ts'

/** Bytes read at a time. */
const READ_BYTES = 1024 * 1024

/** What Mantel knows files by. */
interface Hashes {
  contentHash: string
  quickHash: string
}

/** PhotoPrism's originals on this disk. */
export interface Originals {
  /** absolute, links resolved */
  readonly path: string
  /**
   * The hashes by which Mantel knows a file of theirs: of the one at its path or, should another one be there, of any of that size with the
   * SHA-1 that PhotoPrism noted. Null where there is none. Reads whole files: to be asked only for what is not found without.
   */
  hashesOf(file: TheirFile): Promise<Hashes | null>
}

/** Throws {@link CommandFailure} where the directory cannot be read. */
export async function openOriginals(directory: string): Promise<Originals> {
  const path = await realpath(directory).catch(() => {
    throw new CommandFailure(`${directory} is not there`)
  })
  const status = await stat(path, { bigint: true })
  if (!status.isDirectory()) throw new CommandFailure(`${directory} is not a directory`)
  const folder: Enclosure = { path, device: String(status.dev), inode: String(status.ino) }
  const known = new Map<string, Promise<Hashes | null>>()
  let sizes: Promise<Map<number, string[]>> | undefined
  const search = async ({ name, sha1, find }: TheirFile) => {
    const there = isPlain(name) ? hash(join(path, name), folder) : null
    if (there?.sha1 === sha1) return there.hashes
    sizes ??= filesBySize(path)
    for (const candidate of (await sizes).get(find.sizeBytes) ?? []) {
      const found = hash(candidate, folder)
      if (found?.sha1 === sha1) return found.hashes
    }
    return null
  }
  return {
    path,
    hashesOf(file) {
      const key = `${file.sha1} ${file.name}`
      const found = known.get(key) ?? search(file)
      known.set(key, found)
      return found
    },
  }
}

/** Whether a path of theirs stays below the originals: no step up, none to the root, no drive. */
const isPlain = (name: string) =>
  name.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !/[\\:]/.test(step))

function hash(path: string, folder: Enclosure): { sha1: string; hashes: Hashes } | null {
  let opened: OpenedFile | undefined
  try {
    // no link is followed out of the originals
    opened = openInside({ path, folder })
    const { descriptor } = opened
    const size = Number(opened.status.size)
    const sha1 = createHash('sha1')
    const sha256 = createHash('sha256')
    const at = (offset: number, length: number) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset))
    }
    for (let from = 0; from < size; from += READ_BYTES) {
      const bytes = at(from, READ_BYTES)
      sha1.update(bytes)
      sha256.update(bytes)
    }
    const hashes = { contentHash: sha256.digest('hex'), quickHash: quickHashOf({ size, at }) }
    return { sha1: sha1.digest('hex'), hashes }
  } catch {
    // gone, or not to be read: then it is not found
    return null
  } finally {
    if (opened) closeSync(opened.descriptor)
  }
}

/** Every file below, by its size; links are not followed. */
async function filesBySize(root: string): Promise<Map<number, string[]>> {
  const sizes = new Map<number, string[]>()
  const waiting = [root]
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const entries = await opendir(directory).catch(() => null)
    if (!entries) continue
    for await (const entry of entries) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      else if (entry.isFile()) {
        const found = await stat(path).catch(() => null)
        if (found) sizes.set(found.size, [...(sizes.get(found.size) ?? []), path])
      }
    }
  }
  return sizes
}
