import { eq, sql } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { directories, files } from '../../db/schema.ts'

/** A known file with the content of a found one. */
export interface Candidate {
  fileId: number
  photoId: number
  areaId: number
  directoryId: number
  /** absolute */
  directory: string
  name: string
  sizeBytes: number
  mtimeMs: number
  quickHash: string | null
  presence: 'present' | 'missing'
}

interface Content {
  sizeBytes: number
  quickHash: string | null
}

/** A content known so many times is never matched: with that many copies about, nobody misses the one. */
const mostCopies = 20

/** Up to this size the quick hash is of the whole file (electron/workers/quick-hash.ts): nothing is left to confirm. */
export const wholeHashBytes = 2 * 64 * 1024

/** What files of the same content share; undefined where nothing can be told of it. Empty files say nothing. */
export const contentKey = ({ sizeBytes, quickHash }: Content) =>
  quickHash === null || sizeBytes === 0 ? undefined : `${sizeBytes}/${quickHash}`

/** Known files, missing ones included, that have the size and the hash of the ends of a found one. */
export async function findCandidates(read: Read, found: readonly Content[]): Promise<Candidate[]> {
  const contents = found.filter((file) => contentKey(file) !== undefined)
  if (contents.length === 0) return []
  const known = await read
    .select({ sizeBytes: files.sizeBytes, quickHash: files.quickHash })
    .from(files)
    .where(hasContentOf(contents))
    .groupBy(files.sizeBytes, files.quickHash)
    .having(sql`count(*) <= ${mostCopies}`)
  if (known.length === 0) return []
  return read
    .select({
      fileId: files.id,
      photoId: files.photoId,
      areaId: files.areaId,
      directoryId: files.directoryId,
      directory: directories.path,
      name: files.name,
      sizeBytes: files.sizeBytes,
      mtimeMs: files.mtimeMs,
      quickHash: files.quickHash,
      presence: files.presence,
    })
    .from(files)
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(hasContentOf(known))
}

function hasContentOf(contents: readonly Content[]) {
  const values = contents.map(({ sizeBytes, quickHash }) => sql`(${sizeBytes}, ${quickHash})`)
  return sql`(${files.sizeBytes}, ${files.quickHash}) in (values ${sql.join(values, sql`, `)})`
}
