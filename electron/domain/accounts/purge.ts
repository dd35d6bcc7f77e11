import { and, eq, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database, Tx } from '../../db/connect.ts'
import {
  accountSettings,
  accounts,
  albumPhotos,
  albums,
  areaAccess,
  audit,
  grants,
  heldUploads,
  overlays,
  photoTags,
  shareContributions,
  sharedCaptions,
  shareGuests,
  sharePhotos,
  shares,
  tags,
  visitorSessions,
} from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { recordAudit, SYSTEM } from '../audit/record.ts'
import type { Announce } from '../events/hints.ts'
import type { JobContext } from '../jobs/work.ts'
import { isOfNobody } from '../sharing/direct-people.ts'
import { readDue } from './purge-due.ts'
import type { RemovedRow } from './removed.ts'

interface PurgeNeeds {
  db: Database
  clock: Clock
  announce: Announce
}

/** Rows of one write: others wait for it. */
const ROWS_AT_ONCE = 500

/** Rows that go, or stay and lose the account's name, up to so many at a time; answers how many these were. */
type Step = (tx: Tx, limit: number) => Promise<number>

/**
 * The work of a job of kind `purge`: removes what is kept of every deleted account whose time is over (`purge-due.ts`), in many small
 * writes, and its row last. Stopped at any moment it goes on at the next job. Files on disk are not touched. Answers how many accounts
 * and rows went.
 */
export async function purgeDue(
  needs: PurgeNeeds,
  { signal, progress, earlier }: Pick<JobContext, 'signal' | 'progress' | 'earlier'>,
) {
  const counts = { accounts: 0, rows: 0, ...earlier }
  for (const row of await readDue(needs.db.read, needs.clock())) {
    signal.throwIfAborted()
    if (!(await markIrrevocable(needs.db, row))) continue
    for (const step of stepsOf(row.id, needs.clock())) {
      for (let gone = ROWS_AT_ONCE; gone === ROWS_AT_ONCE; ) {
        signal.throwIfAborted()
        gone = await needs.db.write((tx) => step(tx, ROWS_AT_ONCE), { priority: 'background' })
        counts.rows += gone
        progress(counts.rows, null, counts)
      }
    }
    await removeRow(needs, row)
    counts.accounts += 1
    progress(counts.rows, null, counts)
  }
  return counts
}

/** From here on it can't be restored, whatever the clock says; answers whether it was still deleted. */
async function markIrrevocable(db: Database, { id, deletedAt }: RemovedRow): Promise<boolean> {
  const still = and(eq(accounts.id, id), eq(accounts.deletedAt, deletedAt))
  const { changes } = await db.write((tx) => tx.update(accounts).set({ purgeAfter: deletedAt }).where(still))
  return changes > 0
}

async function removeRow({ db, clock, announce }: PurgeNeeds, { id, username }: RemovedRow): Promise<void> {
  await db.write(async (tx) => {
    const { changes } = await tx
      .delete(accounts)
      .where(and(eq(accounts.id, id), isNotNull(accounts.deletedAt)))
    if (changes === 0) return
    const object = { kind: 'account', id, name: username } as const
    await recordAudit(tx, SYSTEM, { action: 'account.purged', object, at: clock() })
  })
  announce({ topic: 'accounts' })
}

/**
 * What goes before the row, in this order. What is left to the foreign keys of the row itself are a few rows at most: sessions, devices,
 * codes. What others made stays: their photos in an album that goes lose nothing but the album, and an album
 * of somebody else keeps what this account put in as its owner's own, shown as far as that one sees it.
 */
function stepsOf(id: number, now: number): Step[] {
  const ownAlbums = (tx: Tx) => tx.select({ id: albums.id }).from(albums).where(eq(albums.ownerId, id))
  const ownShares = (tx: Tx) => tx.select({ id: shares.id }).from(shares).where(eq(shares.creatorId, id))
  const ownTags = (tx: Tx) => tx.select({ id: tags.id }).from(tags).where(eq(tags.accountId, id))
  return [
    remove(overlays, () => eq(overlays.accountId, id)),
    remove(photoTags, (tx) => inArray(photoTags.tagId, ownTags(tx))),
    remove(tags, () => eq(tags.accountId, id)),
    remove(sharePhotos, (tx) => inArray(sharePhotos.shareId, ownShares(tx))),
    remove(shareContributions, (tx) => inArray(shareContributions.shareId, ownShares(tx))),
    remove(shareContributions, () => eq(shareContributions.accountId, id)),
    remove(visitorSessions, (tx) => inArray(visitorSessions.shareId, ownShares(tx))),
    remove(shareGuests, (tx) => inArray(shareGuests.shareId, ownShares(tx))),
    remove(shareGuests, () => eq(shareGuests.accountId, id)),
    change(shares, { revokedAt: now }, isOfNobody),
    // their files are put aside at the next start (`uploads/sweep.ts`)
    remove(heldUploads, (tx) => inArray(heldUploads.shareId, ownShares(tx))),
    change(heldUploads, { accountId: null }, () => eq(heldUploads.accountId, id)),
    remove(shares, () => eq(shares.creatorId, id)),
    remove(albumPhotos, (tx) => inArray(albumPhotos.albumId, ownAlbums(tx))),
    change(albums, { parentId: null }, (tx) =>
      and(inArray(albums.parentId, ownAlbums(tx)), ne(albums.ownerId, id)),
    ),
    remove(albums, () => eq(albums.ownerId, id)),
    change(albumPhotos, { addedBy: sql`(select owner_id from albums where id = album_id)` }, () =>
      eq(albumPhotos.addedBy, id),
    ),
    change(sharedCaptions, { accountId: null }, () => eq(sharedCaptions.accountId, id)),
    change(audit, { actorId: null }, () => eq(audit.actorId, id)),
    remove(accountSettings, () => eq(accountSettings.accountId, id)),
    remove(grants, () => eq(grants.accountId, id)),
    remove(areaAccess, () => eq(areaAccess.accountId, id)),
  ]
}

type Which = (tx: Tx) => SQL | undefined

/** SQLite is built without a limit for `delete` and `update`: the rows are picked by their number. */
const picked = (tx: Tx, table: SQLiteTable, which: Which, limit: number) =>
  sql`${table}.rowid in (select rowid from ${table} where ${which(tx)} limit ${limit})`

const remove =
  (table: SQLiteTable, which: Which): Step =>
  async (tx, limit) =>
    (await tx.delete(table).where(picked(tx, table, which, limit))).changes

const change =
  (table: SQLiteTable, values: Record<string, SQL | number | null>, which: Which): Step =>
  async (tx, limit) =>
    (
      await tx
        .update(table)
        .set(values)
        .where(picked(tx, table, which, limit))
    ).changes
