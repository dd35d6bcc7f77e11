import { type BigIntStats, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from './contents.ts'

/** A file on disk. */
export interface Leaf {
  hash: string
  sizeBytes: number
  /** epoch milliseconds */
  mtimeMs: number
}

/** Everything below a directory as it stands at this moment, by absolute path. */
export interface Tree {
  files: ReadonlyMap<string, Leaf>
  /** the directory itself included */
  directories: ReadonlySet<string>
  /** patterns by the directory whose ignore file holds them; of the form the steps write them, plain names */
  ignored: ReadonlyMap<string, readonly string[]>
}

export const IGNORE_FILE = '.mantelignore'

export function readTree(base: string): Tree {
  const files = new Map<string, Leaf>()
  const directories = new Set<string>()
  const ignored = new Map<string, readonly string[]>()
  const visit = (directory: string) => {
    directories.add(directory)
    for (const child of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, child.name)
      if (child.isDirectory()) visit(path)
      else files.set(path, leafOf(path))
      if (child.name === IGNORE_FILE && child.isFile())
        ignored.set(directory, readFileSync(path, 'utf8').split('\n').filter(Boolean))
    }
  }
  visit(base)
  return { files, directories, ignored }
}

function leafOf(path: string): Leaf {
  const { size, mtimeNs } = lstatSync(path, { bigint: true })
  return {
    hash: hashOf(readFileSync(path)),
    sizeBytes: Number(size),
    mtimeMs: Number(mtimeNs / 1000n) / 1000,
  }
}

/** A directory's identity, or null where there is none. */
export function identityOf(path: string): Pick<BigIntStats, 'dev' | 'ino'> | null {
  try {
    const found = lstatSync(path, { bigint: true })
    return found.isDirectory() ? found : null
  } catch {
    return null
  }
}
