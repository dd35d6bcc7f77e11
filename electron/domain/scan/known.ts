import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { directories, files, photos } from '../../db/schema.ts'
import type { WalkEntry } from '../../workers/walk-messages.ts'

/** A file as the database knows it. */
export interface KnownFile {
  fileId: number
  photoId: number
  name: string
  sizeBytes: number
  mtimeMs: number
  quickHash: string | null
  presence: 'present' | 'missing'
  state: (typeof photos.$inferSelect)['state']
}

/** The files known in one directory (absolute path), missing ones included, by name. */
export async function readKnownFiles(read: Read, directory: string): Promise<Map<string, KnownFile>> {
  const rows = await read
    .select({
      fileId: files.id,
      photoId: files.photoId,
      name: files.name,
      sizeBytes: files.sizeBytes,
      mtimeMs: files.mtimeMs,
      quickHash: files.quickHash,
      presence: files.presence,
      state: photos.state,
    })
    .from(directories)
    .innerJoin(files, eq(files.directoryId, directories.id))
    .innerJoin(photos, eq(photos.id, files.photoId))
    .where(eq(directories.path, directory))
  return new Map(rows.map((row) => [row.name, row]))
}

/** Whether a file on disk is as it was when it was last looked at: by size and time of change, without reading it. */
export function isUnchanged(known: KnownFile, { size, mtimeMs }: WalkEntry): boolean {
  return known.sizeBytes === size && known.mtimeMs === mtimeMs
}

/** How many files of an area were on disk when it was last looked at. */
export async function countPresent(read: Read, areaId: number): Promise<number> {
  const rows = await read
    .select({ count: sql<number>`count(*)` })
    .from(files)
    .where(and(eq(files.areaId, areaId), eq(files.presence, 'present')))
  return rows[0]?.count ?? 0
}

/** Directories that are read at once. */
const directoriesAtOnce = 1000

interface Directory {
  id: number
  /** absolute */
  path: string
}

/** All directories known of an area, page by page. */
export async function* directoriesOf(read: Read, areaId: number): AsyncGenerator<Directory[], void> {
  let last = 0
  for (;;) {
    const page = await read
      .select({ id: directories.id, path: directories.path })
      .from(directories)
      .where(and(eq(directories.areaId, areaId), gt(directories.id, last)))
      .orderBy(directories.id)
      .limit(directoriesAtOnce)
    yield page
    last = page.at(-1)?.id ?? last
    if (page.length < directoriesAtOnce) return
  }
}

/** The files that were on disk in these directories when they were last looked at. */
export async function readPresentFiles(
  read: Read,
  within: readonly Directory[],
): Promise<{ fileId: number; directory: string }[]> {
  if (within.length === 0) return []
  return read
    .select({ fileId: files.id, directory: directories.path })
    .from(files)
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(
      and(
        inArray(
          files.directoryId,
          within.map(({ id }) => id),
        ),
        eq(files.presence, 'present'),
      ),
    )
}
