import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import { capabilitiesOf, extentsOf } from '../../access/capabilities.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, reachableScope } from '../../access/scope.ts'
import type { Output } from '../../contract/contract.ts'
import { DEPTH_MAX } from '../../contract/overlays.ts'
import type { TaggingInput } from '../../contract/tags.ts'
import { PHOTOS_AT_ONCE } from '../../contract/values.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { photos, photoTags, tags } from '../../db/schema.ts'
import { Nesting } from '../../lib/nesting.ts'
import { invalidField, notFound, Refusal } from '../../lib/refusal.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { ownedBy, TagTree } from './tags.ts'

type Tag = typeof tags.$inferSelect

/** Whether an account renames, moves and removes tags: its own, and those for everyone where it may change every photo of the household. */
export const mayEditTags = (by: AccountPrincipal, shared: boolean): boolean =>
  shared ? extentsOf(by).get('tagForAll') === 'yes' : capabilitiesOf(by).has('tag')

/** Throws `Refusal`: `not_found` for a tag that is neither the account's nor for everyone, `forbidden` where it may not change it. */
async function requireTag(tx: Tx, by: AccountPrincipal, id: number): Promise<Tag> {
  await requireSameStanding(tx, by)
  const [tag] = await tx.select().from(tags).where(eq(tags.id, id))
  if (!tag || (tag.accountId !== null && tag.accountId !== by.accountId)) throw notFound()
  if (!mayEditTags(by, tag.accountId === null)) throw new Refusal('forbidden')
  return tag
}

/** Where a tag is to stand. */
type Place = Pick<Tag, 'name' | 'parentId'>

/**
 * Renames or moves a tag. Where there is one of that name already, what has this tag gets that one, in small writes, and so on with those below
 * them; broken off it goes on when it is asked again. Throws `Refusal`: `not_found`, `forbidden`; `invalid` for a place inside itself or too deep.
 */
export async function changeTag(
  db: Database,
  by: AccountPrincipal,
  { id, ...wanted }: { id: number; name?: string | undefined; parentId?: number | null | undefined },
): Promise<Output<'tags.update'> & { shared: boolean }> {
  const { tag, target } = await db.write(async (tx) => {
    const found = await requireTag(tx, by, id)
    const { name = found.name, parentId = found.parentId } = wanted
    await requireRoom(tx, found, parentId)
    const there = await findTwin(tx, found, { name, parentId })
    if (!there) await tx.update(tags).set({ name, parentId }).where(eq(tags.id, id))
    return { tag: found, target: there }
  })
  if (target) await merge(db, by, tag.id, target)
  return { id: target ?? id, merged: target !== undefined, shared: tag.accountId === null }
}

async function requireRoom(tx: Tx, { id, accountId }: Tag, parentId: number | null): Promise<void> {
  if (parentId === null) return
  const place = { id: tags.id, parentId: tags.parentId }
  const rows = await tx.select(place).from(tags).where(ownedBy(accountId))
  if (!rows.some((row) => row.id === parentId)) throw notFound()
  const nesting = new Nesting(rows)
  const above = nesting.upFrom(parentId)
  if (above.includes(id)) throw invalidField('parentId', 'nested_in_itself')
  if (above.length + nesting.height(id) > DEPTH_MAX) throw invalidField('parentId', 'nested_too_deep')
}

/** The tag of that name which is there already. */
async function findTwin(
  db: Read,
  { id, accountId }: Pick<Tag, 'id' | 'accountId'>,
  { name, parentId }: Place,
): Promise<number | undefined> {
  const place = parentId === null ? isNull(tags.parentId) : eq(tags.parentId, parentId)
  const [twin] = await db
    .select({ id: tags.id })
    .from(tags)
    .where(and(ownedBy(accountId), place, eq(tags.name, name), ne(tags.id, id)))
    .orderBy(tags.id)
  return twin?.id
}

/** Makes one tag of two: what the first has, photos and tags below it, the second has afterwards. */
async function merge(db: Database, by: AccountPrincipal, from: number, to: number): Promise<void> {
  for (let moved = PHOTOS_AT_ONCE; moved === PHOTOS_AT_ONCE; )
    moved = await db.write(async (tx) => {
      await requireTag(tx, by, from)
      await requireTag(tx, by, to)
      const ids = await takeOff(tx, from)
      const rows = ids.map((photoId) => ({ tagId: to, photoId }))
      if (rows.length > 0) await tx.insert(photoTags).values(rows).onConflictDoNothing()
      return ids.length
    })
  for (const child of await db.read.select().from(tags).where(eq(tags.parentId, from))) {
    const twin = await findTwin(db.read, child, { name: child.name, parentId: to })
    // the tag itself is about to go: one below it may have its name
    if (twin !== undefined && twin !== from) await merge(db, by, child.id, twin)
  }
  await db.write(async (tx) => {
    await requireTag(tx, by, from)
    await requireTag(tx, by, to)
    await tx.delete(tags).where(eq(tags.id, from))
    await tx.update(tags).set({ parentId: to }).where(eq(tags.parentId, from))
  })
}

/** Takes a tag off photos, as many as one write changes; answers which. */
async function takeOff(tx: Tx, tagId: number): Promise<number[]> {
  const mine = eq(photoTags.tagId, tagId)
  const rows = await tx
    .select({ photoId: photoTags.photoId })
    .from(photoTags)
    .where(mine)
    .limit(PHOTOS_AT_ONCE)
  const ids = rows.map(({ photoId }) => photoId)
  if (ids.length > 0) await tx.delete(photoTags).where(and(mine, inArray(photoTags.photoId, ids)))
  return ids
}

/**
 * Takes a tag and those below it off every photo, in small writes, and forgets them; answers how many of the photos that the account reaches
 * had any, and what puts them on these again. Throws `Refusal` `not_found` and `forbidden`.
 */
export async function removeTag(
  db: Database,
  by: AccountPrincipal,
  id: number,
): Promise<Output<'tags.remove'> & { shared: boolean }> {
  const { shared, gone, undo, count } = await db.write(async (tx) => {
    const { accountId } = await requireTag(tx, by, id)
    const tree = await TagTree.read(tx, accountId)
    const rows = await tx
      .select({ id: tags.id, parentId: tags.parentId })
      .from(tags)
      .where(ownedBy(accountId))
    const below = new Nesting(rows).downFrom(id)
    const held = await tx
      .select({ tagId: photoTags.tagId, photoId: photoTags.photoId })
      .from(photoTags)
      .innerJoin(photos, eq(photos.id, photoTags.photoId))
      .where(and(inArray(photoTags.tagId, below), photosIn(await reachableScope(tx, by))))
    const back = [...Map.groupBy(held, ({ tagId }) => tagId)].flatMap(([tagId, some]) =>
      inPieces(
        some.map(({ photoId }) => photoId),
        { add: [tree.pathOf(tagId) ?? []], ...(accountId === null && { shared: true }) },
      ),
    )
    const had = new Set(held.map(({ photoId }) => photoId))
    return { shared: accountId === null, gone: below, undo: back, count: had.size }
  })
  for (const tagId of gone.toReversed()) {
    for (let taken = PHOTOS_AT_ONCE; taken === PHOTOS_AT_ONCE; )
      taken = await db.write(async (tx) => {
        await requireSameStanding(tx, by)
        return (await takeOff(tx, tagId)).length
      })
    await db.write((tx) => tx.delete(tags).where(eq(tags.id, tagId)))
  }
  return { photos: count, undo, shared }
}

/** What one call changes each. */
function inPieces(ids: readonly number[], rest: Omit<TaggingInput, 'ids'>): TaggingInput[] {
  const pieces: TaggingInput[] = []
  for (let from = 0; from < ids.length; from += PHOTOS_AT_ONCE)
    pieces.push({ ids: ids.slice(from, from + PHOTOS_AT_ONCE), ...rest })
  return pieces
}
