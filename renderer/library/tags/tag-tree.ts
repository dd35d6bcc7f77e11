import type { Output } from '../../../electron/contract/contract.ts'

export type Tag = Output<'tags.list'>['tags'][number]

const byName = new Intl.Collator(undefined, { numeric: true })

/** Tags in the order of a tree, by name, each with how deep it lies. */
export function tagRows(tags: readonly Tag[]): { tag: Tag; depth: number }[] {
  const rows: { tag: Tag; depth: number }[] = []
  const enter = (parentId: number | null, depth: number) => {
    const here = tags.filter((tag) => tag.parentId === parentId)
    for (const tag of here.sort((a, b) => byName.compare(a.name, b.name))) {
      rows.push({ tag, depth })
      enter(tag.id, depth + 1)
    }
  }
  enter(null, 0)
  return rows
}

/** The tags above one, from the outermost on. */
export function tagsAbove(tags: readonly Tag[], { parentId }: Pick<Tag, 'parentId'>): Tag[] {
  const parent = tags.find(({ id }) => id === parentId)
  return parent ? [...tagsAbove(tags, parent), parent] : []
}
