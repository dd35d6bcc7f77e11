import { basename, dirname, extname, relative, sep } from 'node:path'
import type { Sort } from './contents.ts'
import type { Leaf, Tree } from './tree.ts'

/**
 * What Mantel should know, computed from the tree by functions as plain as can be: nothing here is shared with the program.
 */

const PICTURES = ['.jpg', '.jpeg', '.png']
const FILMS = ['.mp4']
const SYSTEM = ['@eadir', 'lost+found']

/** The area that a path belongs to: the deepest one around it. */
export function areaOf(areas: ReadonlySet<string>, path: string): string | undefined {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) if (areas.has(at)) return at
  return undefined
}

/** Whether `path` is one of the folders or lies in one. */
export const isInOneOf = (folders: Iterable<string>, path: string) =>
  [...folders].some((folder) => path === folder || path.startsWith(folder + sep))

/** The files an area should hold, by path. */
export function filesOf(tree: Tree, areas: ReadonlySet<string>, area: string): Map<string, Leaf> {
  return new Map(
    [...tree.files].filter(
      ([path]) =>
        areaOf(areas, path) === area &&
        [...PICTURES, ...FILMS].includes(extname(path).toLowerCase()) &&
        !isLeftOut(tree, area, path),
    ),
  )
}

/** Hidden, system or named in an ignore file between the area's directory and the file. */
function isLeftOut(tree: Tree, area: string, path: string): boolean {
  const names = relative(area, path).split(sep)
  if (names.some((name) => name.startsWith('.') || SYSTEM.includes(name.toLowerCase()))) return true
  return [...tree.ignored].some(
    ([directory, patterns]) =>
      isInOneOf([area], directory) &&
      isInOneOf([directory], path) &&
      relative(directory, path)
        .split(sep)
        .some((name) => patterns.includes(name)),
  )
}

/** What a file's rendering comes to. */
export function stateOf(path: string, sort: Sort): 'ready' | 'broken' | 'unsupported' {
  if (sort === 'png' || sort === 'jpeg') return 'ready'
  return PICTURES.includes(extname(path).toLowerCase()) ? 'broken' : 'unsupported'
}

/** Whether so many of an area's known files are gone that it must be set aside: at least 50, and more than half, of a subtree. */
function isBraked(area: string, known: readonly string[], gone: readonly string[]): boolean {
  const subtrees = new Set<string>()
  for (const path of gone)
    for (let at = dirname(path); at.length >= area.length; at = dirname(at)) subtrees.add(at)
  return [...subtrees].some((subtree) => {
    const lost = gone.filter((path) => isInOneOf([subtree], path)).length
    return lost >= 50 && lost > known.filter((path) => isInOneOf([subtree], path)).length / 2
  })
}

/** An area before a scan. */
export interface AreaBefore {
  path: string
  /** whether the directory at its path is the one it was */
  root: 'same' | 'another' | 'gone'
  /** files it was known to hold, with size and time */
  known: ReadonlyMap<string, Pick<Leaf, 'sizeBytes' | 'mtimeMs'>>
  /** so many vanished files an admin accepted */
  accepted: number
}

/** The same after a scan that nothing disturbed: which files it holds, and why it is set aside. */
export interface AreaAfter {
  present: Set<string>
  /** files that must be noted as the disk has them; the others of `present` are kept as they were known */
  onDisk: Map<string, Leaf>
  reason: string | null
}

/** What a scan has to make of an area. */
export function afterScan(before: AreaBefore, tree: Tree, areas: ReadonlySet<string>): AreaAfter {
  const known = [...before.known.keys()]
  const untouched = (reason: string): AreaAfter => ({ present: new Set(known), onDisk: new Map(), reason })
  if (before.root === 'gone') return untouched('root_missing')
  const onDisk = filesOf(tree, areas, before.path)
  const same = known.filter((path) => {
    const [was, is] = [before.known.get(path), onDisk.get(path)]
    return was?.sizeBytes === is?.sizeBytes && was?.mtimeMs === is?.mtimeMs
  })
  const isFamiliar = known.length === 0 || same.length >= 20 || same.length > known.length / 2
  if (before.root === 'another' && !isFamiliar) return untouched('root_replaced')
  const gone = known.filter((path) => !onDisk.has(path))
  // what is only left out, by name or by an ignore file, is not lost
  const lost = gone.filter((path) => !tree.files.has(path))
  const kept = (reason: string): AreaAfter => ({
    present: new Set([...onDisk.keys(), ...known]),
    onDisk,
    reason,
  })
  if (lost.length > before.accepted) {
    if (isEmpty(tree, before.path)) return kept('root_empty')
    const counted = known.filter((path) => !gone.includes(path) || lost.includes(path))
    if (isBraked(before.path, counted, lost)) return kept('many_vanished')
  }
  return { present: new Set(onDisk.keys()), onDisk, reason: null }
}

/** Not even something hidden, or a directory. */
const isEmpty = (tree: Tree, directory: string) =>
  ![...tree.files.keys(), ...tree.directories].some((path) => dirname(path) === directory)

/** Names as they are printed when something is wrong: non-ASCII told apart, long ones cut. */
export const plain = (path: string) =>
  `${dirname(path)}${sep}${basename(path)}`.replaceAll(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16)}`,
  )
