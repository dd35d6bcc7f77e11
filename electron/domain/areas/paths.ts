import { sep } from 'node:path'

/** With its separator, so that `/a/b` never stands for `/a/bc`; roots such as `C:\` have theirs already. */
const withSeparator = (folder: string) => (folder.endsWith(sep) ? folder : folder + sep)

/** Whether `path` lies below `folder`, by whole components. Both absolute and resolved. */
export function isBelow(path: string, folder: string): boolean {
  const start = withSeparator(folder)
  return path.length > start.length && path.startsWith(start)
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || isBelow(path, folder)
}

/**
 * The paths below `folder` as a range for an index: `from <= path < to`. Holds for SQLite's default order, which compares
 * bytes: the character after the separator ends the range.
 */
export function rangeBelow(folder: string): { from: string; to: string } {
  const from = withSeparator(folder)
  return { from, to: from.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1) }
}

/** The one of `areas` that `path` belongs to: the deepest that holds it; undefined where none does. */
export function deepestHolding<A extends { path: string }>(areas: readonly A[], path: string): A | undefined {
  let deepest: A | undefined
  for (const area of areas) {
    if (isWithin(path, area.path) && (!deepest || area.path.length > deepest.path.length)) deepest = area
  }
  return deepest
}
