import { inArray, lte } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { heldUploads } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { HeldFiles } from './held-files.ts'
import { DECLINED_MS, UNCLAIMED_MS } from './limits.ts'

interface SweepNeeds {
  db: Database
  clock: Clock
  files: HeldFiles
  log: Log
}

/** Rows of one write: others wait for it. */
const ROWS_AT_ONCE = 500

/**
 * To be called once at start, before anything is received: brings files and rows together. What had not arrived goes; a file that the
 * database does not know (an older copy of it was restored, its account is gone) is put aside for {@link UNCLAIMED_MS} and told in the log; a row
 * whose file is gone (accepted after that copy was made) goes.
 */
export async function sweepUploads({ db, clock, files, log }: SweepNeeds): Promise<void> {
  const rows = await db.read.select({ id: heldUploads.id, fileKey: heldUploads.fileKey }).from(heldUploads)
  const known = new Set(rows.map(({ fileKey }) => fileKey))
  const listed = await files.list()
  for (const { key, isPartial } of listed) {
    if (known.has(key)) continue
    if (isPartial) await files.remove(key)
    else {
      await files.setAside(key, clock())
      log.warn('a file that was sent through a link is not known to the database; it was put aside', { key })
    }
  }
  const there = new Set(listed.map(({ key }) => key))
  const gone = rows.filter(({ fileKey }) => !there.has(fileKey)).map(({ id }) => id)
  if (gone.length > 0) log.warn('files that were sent through links are gone', { count: gone.length })
  for (let from = 0; from < gone.length; from += ROWS_AT_ONCE)
    await db.write((tx) =>
      tx.delete(heldUploads).where(inArray(heldUploads.id, gone.slice(from, from + ROWS_AT_ONCE))),
    )
}

/** Once a day: removes what was turned down {@link DECLINED_MS} ago, and what was put aside too long ago. */
export async function forgetUploads({ db, clock, files }: Omit<SweepNeeds, 'log'>): Promise<void> {
  const time = clock() - DECLINED_MS
  for (;;) {
    const gone = await db.write(async (tx) => {
      const due = await tx
        .select({ id: heldUploads.id, fileKey: heldUploads.fileKey })
        .from(heldUploads)
        .where(lte(heldUploads.declinedAt, time))
        .limit(ROWS_AT_ONCE)
      const ids = due.map(({ id }) => id)
      await tx.delete(heldUploads).where(inArray(heldUploads.id, ids))
      return due
    })
    for (const { fileKey } of gone) await files.remove(fileKey)
    if (gone.length < ROWS_AT_ONCE) break
  }
  await files.forgetAside(clock() - UNCLAIMED_MS)
}
