import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import type { LeftOutRequest } from './walk-messages.ts'

/** The name of files with patterns of what Mantel leaves alone, in the form of `.gitignore`. */
export const IGNORE_FILE = '.mantelignore'

/** More patterns than anyone writes; a larger file isn't read as patterns. */
const MOST_IGNORE_BYTES = 256 * 1024

/**
 * Directories of operating systems and NAS boxes that hold thumbnails, snapshots and waste, in lower case. Hidden
 * ones (with a dot) are left out anyway.
 */
const SYSTEM_DIRECTORIES = new Set([
  '$recycle.bin',
  'system volume information',
  'recycler',
  'recycled',
  'found.000',
  'lost+found',
  '@eadir',
  '@recycle',
  '@recently-snapshot',
  '@tmp',
  '@__thumb',
  '#recycle',
  '#snapshot',
  '__macosx',
  'network trash folder',
  'temporary items',
])

/** Whether a directory's (or file's) name alone says that it is left out. */
export function isHiddenName(name: string): boolean {
  // Lightroom keeps its previews in directories of this ending.
  return name.startsWith('.') || SYSTEM_DIRECTORIES.has(name.toLowerCase()) || /\.lrdata$/i.test(name)
}

/** Patterns that hold from one directory down. */
type Level = { prefix: string; patterns: Ignore }

/** Patterns of a directory and all above it. Immutable: each directory gets its own. */
export type IgnoreRules = {
  /** Whether a thing right below the directory is left out. Deeper patterns go before those above. */
  ignores: (name: string, isDirectory: boolean) => boolean
  /** The rules of a directory right below, with its own ignore file. */
  enter: (name: string, absolutePath: string) => IgnoreRules
}

/** The rules of the folder a walk starts from: the household's patterns and its own ignore file. */
export function rootRules(root: string, patterns: readonly string[]): IgnoreRules {
  // A level is asked for every single file, so one without patterns is not made.
  const household = patterns.length === 0 ? [] : [{ prefix: '', patterns: ignore().add([...patterns]) }]
  return rulesOf([...household, ...ownLevel(root)])
}

/** For each file asked about, whether a walk leaves it out: by its own name or pattern, or with a directory above it. */
export function findLeftOut({ root, ignore: patterns, paths }: LeftOutRequest): boolean[] {
  // null: left out with all that is below
  const known = new Map<string, IgnoreRules | null>([[root, rootRules(root, patterns)]])
  const enter = (above: IgnoreRules | null, name: string, directory: string): IgnoreRules | null => {
    const own = known.get(directory)
    if (own !== undefined) return own
    const isLeftOut = above === null || isHiddenName(name) || above.ignores(name, true)
    const rules = isLeftOut ? null : above.enter(name, directory)
    known.set(directory, rules)
    return rules
  }
  return paths.map((path) => {
    const names = relative(root, path).split(sep)
    const name = names.pop() ?? ''
    if (names[0] === '..' || name === '') return false
    let directory = root
    let rules = known.get(root) ?? null
    for (const below of names) {
      directory = join(directory, below)
      rules = enter(rules, below, directory)
    }
    return rules === null || isHiddenName(name) || rules.ignores(name, false)
  })
}

function rulesOf(levels: readonly Level[]): IgnoreRules {
  return {
    ignores: (name, isDirectory) => {
      for (const { prefix, patterns } of [...levels].reverse()) {
        const path = `${prefix}${name}${isDirectory ? '/' : ''}`
        if (!ignore.isPathValid(path)) continue
        const { ignored, unignored } = patterns.test(path)
        if (ignored || unignored) return ignored
      }
      return false
    },
    enter: (name, absolutePath) => {
      const below = levels.map(({ prefix, patterns }) => ({ prefix: `${prefix}${name}/`, patterns }))
      return rulesOf([...below, ...ownLevel(absolutePath)])
    },
  }
}

function ownLevel(directory: string): Level[] {
  try {
    const text = readFileSync(join(directory, IGNORE_FILE), 'utf8')
    return text.length > MOST_IGNORE_BYTES ? [] : [{ prefix: '', patterns: ignore().add(text) }]
  } catch {
    // Nearly every directory has none; one that can't be read hides nothing.
    return []
  }
}
