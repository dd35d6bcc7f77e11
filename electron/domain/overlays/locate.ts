import { and, eq, inArray, or } from 'drizzle-orm'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { Whereabouts } from '../../contract/overlays.ts'
import type { Read } from '../../db/connect.ts'
import { directories, files, photos } from '../../db/schema.ts'
import type { Place } from './whereabouts.ts'

/** Which photo a document means: its id here, or why there is none. */
export type Located = number | 'not-found' | 'ambiguous'

/** Ids in one statement: SQLite takes 32,766 values. */
const IDS_AT_ONCE = 10_000

interface Candidate extends Place {
  photoId: number
  contentHash: string | null
  quickHash: string | null
  sizeBytes: number
  fileName: string
}

/**
 * Finds the photos of a scope that a document means: by the hash of the whole file; else by path and size; else by the hash of both ends and
 * the size. Of several with one hash the one at the same path is meant; where more than one is left nothing is guessed.
 */
export async function locate(
  db: Read,
  scope: Scope,
  placeOf: (directory: string) => Place,
  finds: readonly Whereabouts[],
): Promise<Located[]> {
  const candidates = await candidatesFor(db, scope, placeOf, finds)
  const byHash = Map.groupBy(candidates, ({ contentHash }) => contentHash)
  const bySize = Map.groupBy(candidates, ({ sizeBytes }) => sizeBytes)
  return finds.map((find) => {
    const same = find.contentHash === null ? [] : (byHash.get(find.contentHash) ?? [])
    if (same.length > 0) return onlyOne(same) ?? atPath(same, find) ?? 'ambiguous'
    const like = (bySize.get(find.sizeBytes) ?? []).filter((candidate) => !contradicts(candidate, find))
    const there = like.filter((candidate) => isAt(candidate, find))
    if (there.length > 0) return onlyOne(there) ?? inFolder(there, find) ?? 'ambiguous'
    const ends = like.filter(({ quickHash }) => quickHash !== null && quickHash === find.quickHash)
    return ends.length > 0 ? (onlyOne(ends) ?? 'ambiguous') : 'not-found'
  })
}

/** The photo that all of them are files of, if there is just one. */
function onlyOne(candidates: readonly Candidate[]): number | undefined {
  const ids = new Set(candidates.map(({ photoId }) => photoId))
  const [first] = ids
  return ids.size === 1 ? first : undefined
}

function atPath(candidates: readonly Candidate[], find: Whereabouts): number | undefined {
  const there = candidates.filter((candidate) => isAt(candidate, find))
  return onlyOne(there) ?? inFolder(there, find)
}

const inFolder = (candidates: readonly Candidate[], find: Whereabouts) =>
  onlyOne(candidates.filter(({ folder }) => isSameText(folder, find.folder)))

const isAt = (candidate: Candidate, find: Whereabouts) =>
  isSameText(candidate.fileName, find.fileName) && isSameText(candidate.directory, find.directory)

/** File systems differ in how they put accents together. */
const isSameText = (a: string, b: string) => a === b || a.normalize('NFC') === b.normalize('NFC')

/** Whether what is known of both says that they are different files. */
const contradicts = (a: Pick<Whereabouts, 'contentHash' | 'quickHash'>, b: typeof a) =>
  differ(a.contentHash, b.contentHash) || differ(a.quickHash, b.quickHash)

const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b

async function candidatesFor(
  db: Read,
  scope: Scope,
  placeOf: (directory: string) => Place,
  finds: readonly Whereabouts[],
): Promise<Candidate[]> {
  const hashes = known(finds.map(({ contentHash }) => contentHash))
  const ends = known(finds.map(({ quickHash }) => quickHash))
  const names = known(
    finds.flatMap(({ fileName: name }) => [name, name.normalize('NFC'), name.normalize('NFD')]),
  )
  const sizes = [...new Set(finds.map(({ sizeBytes }) => sizeBytes))]
  const like = and(
    inArray(files.sizeBytes, sizes),
    or(inArray(files.name, names), inArray(files.quickHash, ends)),
  )
  // one statement each, for each to have its index
  const rows = [...(await readFiles(db, inArray(files.contentHash, hashes))), ...(await readFiles(db, like))]
  const visible = await inScope(
    db,
    scope,
    rows.map(({ photoId }) => photoId),
  )
  return rows
    .filter(({ photoId }) => visible.has(photoId))
    .map(({ directory, ...row }) => ({ ...row, ...placeOf(directory) }))
}

const known = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))]

function readFiles(db: Read, which: ReturnType<typeof and>) {
  return db
    .select({
      photoId: files.photoId,
      contentHash: files.contentHash,
      quickHash: files.quickHash,
      sizeBytes: files.sizeBytes,
      fileName: files.name,
      directory: directories.path,
    })
    .from(files)
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .where(which)
}

/** Which of these photos the scope holds. */
export async function inScope(db: Read, scope: Scope, ids: readonly number[]): Promise<Set<number>> {
  const wanted = [...new Set(ids)]
  const found = new Set<number>()
  for (let from = 0; from < wanted.length; from += IDS_AT_ONCE) {
    const some = inArray(photos.id, wanted.slice(from, from + IDS_AT_ONCE))
    const rows = await db
      .select({ id: photos.id })
      .from(photos)
      .where(and(some, photosIn(scope)))
    for (const { id } of rows) found.add(id)
  }
  return found
}
