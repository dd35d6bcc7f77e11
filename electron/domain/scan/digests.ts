import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNotNull, isNull, like, or } from 'drizzle-orm'
import type { Database, Read } from '../../db/connect.ts'
import { directories, files } from '../../db/schema.ts'
import { directoryDigest } from '../../workers/directory-digest.ts'

/** Directories per write: their files are read at once, which are hundreds each where people sort by event. */
const directoriesAtOnce = 8

/** What a mark begins with; no digest does. */
const markPrefix = 'mark:'

/** The digests of an area's directories of which all is indexed as it stood on disk, by absolute path. */
export async function readDigests(read: Read, areaId: number): Promise<Map<string, string>> {
  const rows = await read
    .select({ path: directories.path, digest: directories.digest })
    .from(directories)
    .where(and(eq(directories.areaId, areaId), isNotNull(directories.digest)))
  return new Map(rows.map(({ path, digest }) => [path, digest ?? '']))
}

/**
 * Notes a digest for each directory of an area that has none: of what the index holds of it, so that it is met again only where
 * the disk says the same. Any change of its files meanwhile makes it void (see db/triggers.ts). `signal` stops between writes.
 */
export async function writeDigests(db: Database, areaId: number, signal: AbortSignal): Promise<void> {
  const without = await db.read
    .select({ id: directories.id })
    .from(directories)
    .where(
      and(
        eq(directories.areaId, areaId),
        or(isNull(directories.digest), like(directories.digest, `${markPrefix}%`)),
      ),
    )
  for (let start = 0; start < without.length; start += directoriesAtOnce) {
    signal.throwIfAborted()
    await writeSome(
      db,
      without.slice(start, start + directoriesAtOnce).map(({ id }) => id),
    )
  }
}

/**
 * A mark is written first and the digest only where it still stands: a file that changes between reading and writing takes it away,
 * without anybody waiting for the reading. A mark that a stop leaves behind equals no digest
 * and is replaced by the next scan.
 */
async function writeSome(db: Database, ids: number[]): Promise<void> {
  const mark = markPrefix + randomUUID()
  const background = { priority: 'background' } as const
  await db.write(
    (tx) => tx.update(directories).set({ digest: mark }).where(inArray(directories.id, ids)),
    background,
  )
  const rows = await db.read
    .select({
      directoryId: files.directoryId,
      name: files.name,
      size: files.sizeBytes,
      mtimeMs: files.mtimeMs,
    })
    .from(files)
    .where(and(inArray(files.directoryId, ids), eq(files.presence, 'present')))
  const held = Map.groupBy(rows, ({ directoryId }) => directoryId)
  await db.write(async (tx) => {
    for (const id of ids) {
      const digest = directoryDigest(held.get(id) ?? [])
      await tx
        .update(directories)
        .set({ digest })
        .where(and(eq(directories.id, id), eq(directories.digest, mark)))
    }
  }, background)
}
