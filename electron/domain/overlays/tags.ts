import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Read, Tx } from '../../db/connect.ts'
import { photoTags, tags } from '../../db/schema.ts'
import { keyOf } from './overlay.ts'

/** Deeper ones would be rings: tags never nest so far. */
export const DEEPEST = 50

/** Tags of one owner: an account, or null for those “for everyone with this folder”. */
export const ownedBy = (accountId: number | null) =>
  accountId === null ? isNull(tags.accountId) : eq(tags.accountId, accountId)

/** An account's tags, or for null those for everyone, by the names that lead to them. */
export class TagTree {
  readonly #accountId: number | null
  readonly #paths = new Map<number, string[]>()
  readonly #ids = new Map<string, number>()

  private constructor(accountId: number | null) {
    this.#accountId = accountId
  }

  static async read(db: Read, accountId: number | null): Promise<TagTree> {
    const tree = new TagTree(accountId)
    const rows = await db.select().from(tags).where(ownedBy(accountId)).orderBy(tags.id)
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const row of rows) {
      const path: string[] = []
      for (let at: typeof row | undefined = row; at && path.length < DEEPEST; )
        at = path.unshift(at.name) && at.parentId !== null ? byId.get(at.parentId) : undefined
      tree.#add(row.id, path)
    }
    return tree
  }

  #add(id: number, path: string[]): void {
    this.#paths.set(id, path)
    // of two with one path (nothing in the database forbids it at the top) the first counts
    if (!this.#ids.has(keyOf(path))) this.#ids.set(keyOf(path), id)
  }

  /** The tags of these photos, as paths. */
  async pathsOf(db: Read, photoIds: readonly number[]): Promise<Map<number, string[][]>> {
    const rows = await db
      .select({ photoId: photoTags.photoId, tagId: photoTags.tagId })
      .from(photoTags)
      .innerJoin(tags, eq(tags.id, photoTags.tagId))
      .where(and(inArray(photoTags.photoId, [...photoIds]), ownedBy(this.#accountId)))
      .orderBy(photoTags.photoId, photoTags.tagId)
    const found = new Map<number, string[][]>()
    for (const { photoId, tagId } of rows) {
      const path = this.#paths.get(tagId)
      if (path) found.set(photoId, [...(found.get(photoId) ?? []), path])
    }
    return found
  }

  /** The names that lead to a tag; undefined for one that is not of this owner. */
  pathOf(id: number): string[] | undefined {
    return this.#paths.get(id)
  }

  /** The ids of all tags with these paths. */
  idsOf(paths: readonly string[][]): number[] {
    const keys = new Set(paths.map(keyOf))
    return [...this.#paths].filter(([, path]) => keys.has(keyOf(path))).map(([id]) => id)
  }

  /** The id of the tag with this path, which is made where it is missing, with those above it. */
  async make(tx: Tx, path: readonly string[]): Promise<number> {
    const known = this.#ids.get(keyOf(path))
    if (known !== undefined) return known
    const name = path.at(-1) ?? ''
    const parentId = path.length > 1 ? await this.make(tx, path.slice(0, -1)) : null
    const row = { accountId: this.#accountId, parentId, name }
    const [made] = await tx.insert(tags).values(row).returning({ id: tags.id })
    if (!made) throw new Error('an insert answered no row')
    this.#add(made.id, [...path])
    return made.id
  }
}

/** Drops those of the tags that are on no photo and above no other tag, and then those above them of which the same is true. */
export async function dropUnused(tx: Tx, ids: readonly number[]): Promise<void> {
  const onPhotos = tx.select({ one: sql`1` }).from(photoTags).where(eq(photoTags.tagId, tags.id))
  const below = alias(tags, 'below')
  const children = tx.select({ one: sql`1` }).from(below).where(eq(below.parentId, tags.id))
  for (let left = [...ids]; left.length > 0; ) {
    const dropped = await tx
      .delete(tags)
      .where(and(inArray(tags.id, left), notExists(onPhotos), notExists(children)))
      .returning({ parentId: tags.parentId })
    left = dropped.flatMap(({ parentId }) => parentId ?? [])
  }
}
