import { rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { inArray } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { files } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { WalkError } from '../../workers/walk-client.ts'
import type { WalkEntry } from '../../workers/walk-messages.ts'
import type { JobContext } from '../jobs/work.ts'

interface ClearNeeds {
  db: Database
  walk: Pick<WalkClient, 'walk'>
  clock: Clock
  /** absolute */
  cacheDirectory: string
}

/** A picture is written before it is noted whose it is: what is younger than this (milliseconds) is left alone. */
const settledAfterMs = 24 * 3600_000
/** Names asked for in one statement. */
const namesAtOnce = 500

/**
 * Removes made pictures that no file of the household has any more, such as those of files deleted long ago: they would only be found if the same
 * content came back, and would be made anew then. Originals are not touched. Answers how many, and their bytes.
 */
export async function clearCache(
  { db, walk, clock, cacheDirectory }: ClearNeeds,
  context: JobContext,
): Promise<{ removed: number; bytes: number }> {
  const result = { removed: 0, bytes: 0 }
  let looked = 0
  const walking = walk.walk({ root: cacheDirectory, ignore: [], skip: [] }, context.signal)
  try {
    for await (const { directory, entries } of walking) {
      for (let start = 0; start < entries.length; start += namesAtOnce) {
        const some = entries.slice(start, start + namesAtOnce)
        for (const { name, size } of await orphansOf(db, clock() - settledAfterMs, some)) {
          context.signal.throwIfAborted()
          await rm(join(directory, name), { force: true })
          result.removed += 1
          result.bytes += size
        }
        looked += some.length
        context.progress(looked, null, result)
      }
    }
  } catch (error) {
    // there is no cache yet
    if (!(error instanceof WalkError && error.reason === 'folder_missing')) throw error
  }
  return result
}

/** Those of these pictures that are older than a moment and that no file has the content of. */
async function orphansOf(db: Database, before: number, entries: readonly WalkEntry[]): Promise<WalkEntry[]> {
  const old = entries.filter(({ name, mtimeMs }) => mtimeMs < before && /^[0-9a-f]{64}\./.test(name))
  if (old.length === 0) return []
  const hashOf = ({ name }: WalkEntry) => basename(name, extname(name))
  const known = await db.read
    .select({ hash: files.contentHash })
    .from(files)
    .where(inArray(files.contentHash, old.map(hashOf)))
  const has = new Set(known.map(({ hash }) => hash))
  return old.filter((entry) => !has.has(hashOf(entry)))
}
