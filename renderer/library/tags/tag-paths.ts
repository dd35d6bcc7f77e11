import type { Output } from '../../../electron/contract/contract.ts'

type Tag = Output<'tags.list'>['tags'][number]

/** Between the names that lead to a tag, as people type them. */
const BETWEEN = '/'

/** “Holidays / 2024” as the names that lead to the tag; none where nothing was typed. */
export const pathOf = (typed: string): string[] =>
  typed
    .split(BETWEEN)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** How a path is written. */
export const pathText = (path: readonly string[]) => path.join(` ${BETWEEN} `)

/** The names that lead to each tag, by the tag's id. */
export function tagPaths(tags: readonly Tag[]): Map<number, string[]> {
  const byId = new Map(tags.map((tag) => [tag.id, tag]))
  const paths = new Map<number, string[]>()
  for (const tag of tags) {
    const path: string[] = []
    const seen = new Set<number>()
    for (let at: Tag | undefined = tag; at && !seen.has(at.id); at = byId.get(at.parentId ?? 0)) {
      seen.add(at.id)
      path.unshift(at.name)
    }
    paths.set(tag.id, path)
  }
  return paths
}
