import { and, eq, inArray, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { reachableScope, type Scope } from '../../access/scope.ts'
import type { ImportMode } from '../../contract/overlay-document.ts'
import type { DocumentHeader, PhotoEntry } from '../../contract/overlays.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { overlays, photoTags } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Actor } from '../accounts/rules.ts'
import { recordImport } from './audit.ts'
import { requireSameHolder } from './holder.ts'
import { inScope, type Located, locate } from './locate.ts'
import { type Allowed, isSame, keyOf, merge, NO_OVERLAY, type Overlay, onlyAllowed } from './overlay.ts'
import { TagTree } from './tags.ts'
import type { Place } from './whereabouts.ts'

/** What an import works with. */
export interface Importing {
  db: Database
  clock: Clock
  by: Actor
  /** null: a dry run for nobody in particular */
  holder: AccountPrincipal | null
  scope: Scope
  placeOf: (directory: string) => Place
  allowed: Allowed
  mode: ImportMode
  header: DocumentHeader
  dryRun: boolean
}

/** Rows that one transaction changes. */
const ROWS_AT_ONCE = 500

/** What comes in for one photo. */
interface Incoming {
  photoId: number
  theirs: Overlay
}

/** Finds the photos of a part and merges what it holds of them into the account's overlay; answers where each is, and how many change. */
export async function importPhotos(
  work: Importing,
  entries: readonly PhotoEntry[],
): Promise<{ located: Located[]; changed: number }> {
  const { db, scope, placeOf, allowed, holder } = work
  const located = await locate(db.read, scope, placeOf, entries)
  const incoming = new Map<number, Overlay>()
  for (const [index, entry] of entries.entries()) {
    const photoId = located[index]
    if (typeof photoId !== 'number') continue
    const theirs = onlyAllowed(entry, allowed)
    // two files that are one photo here
    const before = incoming.get(photoId)
    incoming.set(photoId, before ? merge(before, theirs, 'fill-gaps') : theirs)
  }
  const list = [...incoming].map(([photoId, theirs]) => ({ photoId, theirs }))
  const changed = holder ? await apply(work, holder, list) : countNew(list, work.mode)
  return { located, changed }
}

const countNew = (list: readonly Incoming[], mode: ImportMode) =>
  list.filter(({ theirs }) => !isSame(NO_OVERLAY, merge(NO_OVERLAY, theirs, mode))).length

async function apply(work: Importing, holder: AccountPrincipal, list: readonly Incoming[]): Promise<number> {
  const { db, dryRun, mode } = work
  if (dryRun) return (await changesOf(db.read, holder.accountId, list, mode)).length
  let changed = 0
  for (const some of inTransactions(list)) {
    changed += await db.write(async (tx) => {
      await requireSameHolder(tx, work.by, holder)
      // asked in here, so that what was taken from the account a moment ago is not changed any more
      const reached = await inScope(
        tx,
        await reachableScope(tx, holder),
        some.map(({ photoId }) => photoId),
      )
      const visible = some.filter(({ photoId }) => reached.has(photoId))
      const changes = await changesOf(tx, holder.accountId, visible, mode)
      if (changes.length === 0) return 0
      const at = work.clock()
      await writeOverlays(tx, holder.accountId, changes, at)
      await writeTags(tx, holder.accountId, changes)
      await recordImport(tx, work.by, holder, { header: work.header, mode, at })
      return changes.length
    })
  }
  return changed
}

/** Cuts the list so that each piece changes few rows: others wait meanwhile. */
function* inTransactions(list: readonly Incoming[]): Generator<Incoming[]> {
  let some: Incoming[] = []
  let rows = 0
  for (const one of list) {
    const cost = 1 + one.theirs.tags.reduce((sum, path) => sum + path.length, 0)
    if (some.length > 0 && rows + cost > ROWS_AT_ONCE) {
      yield some
      some = []
      rows = 0
    }
    some.push(one)
    rows += cost
  }
  if (some.length > 0) yield some
}

interface Change {
  photoId: number
  before: Overlay
  after: Overlay
}

/** The photos whose overlay would differ afterwards. */
async function changesOf(
  db: Read,
  accountId: number,
  list: readonly Incoming[],
  mode: ImportMode,
): Promise<Change[]> {
  const mine = await readOverlays(
    db,
    accountId,
    list.map(({ photoId }) => photoId),
  )
  return list
    .map(({ photoId, theirs }) => {
      const before = mine.get(photoId) ?? NO_OVERLAY
      return { photoId, before, after: merge(before, theirs, mode) }
    })
    .filter(({ before, after }) => !isSame(before, after))
}

/** What an account added to these photos, by photo; those it added nothing to are left out. */
export async function readOverlays(
  db: Read,
  accountId: number,
  photoIds: readonly number[],
): Promise<Map<number, Overlay>> {
  const rows = await db
    .select()
    .from(overlays)
    .where(and(eq(overlays.accountId, accountId), inArray(overlays.photoId, [...photoIds])))
  const tree = await TagTree.read(db, accountId)
  const found = new Map<number, Overlay>()
  for (const { photoId, favourite, rating, caption } of rows)
    found.set(photoId, { favourite, rating, caption, tags: [] })
  for (const [photoId, tags] of await tree.pathsOf(db, photoIds))
    found.set(photoId, { ...(found.get(photoId) ?? NO_OVERLAY), tags })
  return found
}

async function writeOverlays(tx: Tx, accountId: number, changes: readonly Change[], at: number) {
  const rows = changes.map(({ photoId, after: { favourite, rating, caption } }) => ({
    ...{ accountId, photoId, favourite, rating, caption },
    updatedAt: at,
  }))
  const incoming = (column: string) => sql.raw(`excluded.${column}`)
  await tx
    .insert(overlays)
    .values(rows)
    .onConflictDoUpdate({
      target: [overlays.accountId, overlays.photoId],
      set: {
        favourite: incoming('favourite'),
        rating: incoming('rating'),
        caption: incoming('caption'),
        updatedAt: incoming('updated_at'),
      },
    })
}

async function writeTags(tx: Tx, accountId: number, changes: readonly Change[]): Promise<void> {
  const tree = await TagTree.read(tx, accountId)
  const added: (typeof photoTags.$inferInsert)[] = []
  for (const { photoId, before, after } of changes) {
    const had = new Set(before.tags.map(keyOf))
    const has = new Set(after.tags.map(keyOf))
    const gone = tree.idsOf(before.tags.filter((path) => !has.has(keyOf(path))))
    if (gone.length > 0)
      await tx.delete(photoTags).where(and(eq(photoTags.photoId, photoId), inArray(photoTags.tagId, gone)))
    for (const path of after.tags)
      if (!had.has(keyOf(path))) added.push({ photoId, tagId: await tree.make(tx, path) })
  }
  if (added.length > 0) await tx.insert(photoTags).values(added).onConflictDoNothing()
}
