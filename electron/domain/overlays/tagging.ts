import { and, count, gt, inArray } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { TAGS_MAX } from '../../contract/overlays.ts'
import type { TaggingInput } from '../../contract/tags.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { photoTags, tags } from '../../db/schema.ts'
import { invalidField, notFound } from '../../lib/refusal.ts'
import { requirePhotos } from '../library/to-change.ts'
import { dropUnused, ownedBy, TagTree } from './tags.ts'

/** A tag, with the photos that gain or lose it. */
interface Share {
  tagId: number
  ids: number[]
}

/**
 * Puts tags on photos, at most 500, and takes others off, all or none; answers the photos whose tags differ, what brings back the ones
 * before, and their areas. A tag that is named twice ends up on them. Throws `Refusal` as `requirePhotos`; `not_found` for a tag
 * that is not there, `invalid` (`tags_too_many`) where a photo would have too many.
 */
export async function tagPhotos(
  db: Database,
  by: AccountPrincipal,
  { ids: named, add = [], remove = [], shared = false }: TaggingInput,
): Promise<{ changed: number[]; undo: TaggingInput[]; areas: number[] }> {
  const owner = shared ? null : by.accountId
  return db.write(async (tx) => {
    const { ids, found } = await requirePhotos(tx, by, named, [shared ? 'tagForAll' : 'tag'])
    const tree = await TagTree.read(tx, owner)
    const paths = remove.map((id) => tree.pathOf(id))
    if (paths.includes(undefined)) throw notFound()
    const on = new Set<number>()
    for (const path of add) on.add(await tree.make(tx, path))
    const off = remove.filter((id) => !on.has(id))
    const gained = await sharesOf(tx, [...on], ids, false)
    const lost = await sharesOf(tx, off, ids, true)
    await put(tx, gained)
    for (const { tagId, ids: some } of lost)
      await tx
        .delete(photoTags)
        .where(and(inArray(photoTags.tagId, [tagId]), inArray(photoTags.photoId, some)))
    await requireRoom(tx, owner, ids)
    await dropUnused(tx, off)
    const mark = shared ? { shared } : {}
    const undo: TaggingInput[] = [
      ...gained.map(({ tagId, ids: some }) => ({ ids: some, remove: [tagId], ...mark })),
      ...lost.map(({ tagId, ids: some }) => ({ ids: some, add: [tree.pathOf(tagId) ?? []], ...mark })),
    ]
    const changed = new Set(undo.flatMap(({ ids: some }) => some))
    const areas = found.filter(({ id }) => changed.has(id)).map(({ areaId }) => areaId)
    return { changed: [...changed], undo, areas: [...new Set(areas)] }
  })
}

/** For each of the tags the photos that have it, or those that do not; tags without such photos are left out. */
async function sharesOf(tx: Tx, tagIds: number[], ids: readonly number[], have: boolean): Promise<Share[]> {
  const rows = await tx
    .select()
    .from(photoTags)
    .where(and(inArray(photoTags.tagId, tagIds), inArray(photoTags.photoId, [...ids])))
  const byTag = Map.groupBy(rows, ({ tagId }) => tagId)
  return [...new Set(tagIds)]
    .map((tagId) => {
      const having = new Set(byTag.get(tagId)?.map(({ photoId }) => photoId))
      return { tagId, ids: ids.filter((id) => having.has(id) === have) }
    })
    .filter((share) => share.ids.length > 0)
}

async function put(tx: Tx, shares: readonly Share[]): Promise<void> {
  for (const { tagId, ids } of shares)
    await tx.insert(photoTags).values(ids.map((photoId) => ({ tagId, photoId })))
}

async function requireRoom(tx: Tx, owner: number | null, ids: number[]): Promise<void> {
  const ofOwner = tx.select({ id: tags.id }).from(tags).where(ownedBy(owner))
  const [full] = await tx
    .select({ photoId: photoTags.photoId })
    .from(photoTags)
    .where(and(inArray(photoTags.photoId, ids), inArray(photoTags.tagId, ofOwner)))
    .groupBy(photoTags.photoId)
    .having(gt(count(), TAGS_MAX))
    .limit(1)
  if (full) throw invalidField('add', 'tags_too_many')
}
