import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import { deepestHolding } from '../areas/paths.ts'
import { besideCorrection, type CorrectionRow, readCorrections } from '../corrections/file-says.ts'
import type { PhotoFacts } from './facts.ts'

/** A file as found on disk, with what was read of it. */
export interface InspectedFile {
  /** absolute */
  directory: string
  name: string
  sizeBytes: number
  mtimeMs: number
  facts: PhotoFacts
  quickHash: string | null
}

/** Most files for one write: each is a row in `files` and one in `photos`, and most of them share directories. */
export const filesAtOnce = 150

export interface Place {
  directoryId: number
  areaId: number
}

/**
 * Writes new files with their photos, and what is new of known ones: a photo keeps its id and counts its version up when its
 * file was edited. Where a file belongs is decided here, so that folders granted meanwhile are seen. At most
 * {@link filesAtOnce} files. Answers how many were added and edited.
 */
export async function indexFiles(
  tx: Tx,
  found: readonly InspectedFile[],
  now: number,
): Promise<{ added: number; edited: number }> {
  const places = await ensureDirectories(tx, [...new Set(found.map(({ directory }) => directory))])
  const placed = found.map((file) => ({ file, place: placeOf(places, file.directory) }))
  const known = await findKnown(tx, placed)
  const corrected = await readCorrections(
    tx,
    [...known.values()].map(({ photoId }) => photoId),
  )
  const added = placed.filter(({ file, place }) => !known.has(keyOf(place.directoryId, file.name)))
  await insertFiles(tx, added, now)
  for (const { file, place } of placed) {
    const row = known.get(keyOf(place.directoryId, file.name))
    if (row) await updateFile(tx, { ...row, correction: corrected.get(row.photoId) }, file)
  }
  return { added: added.length, edited: placed.length - added.length }
}

interface Placed {
  file: InspectedFile
  place: Place
}

const keyOf = (directoryId: number, name: string) => `${directoryId}/${name}`

function placeOf(places: Map<string, Place>, directory: string): Place {
  const place = places.get(directory)
  if (!place) throw new Error(`No area holds ${directory}.`)
  return place
}

/** The directories at these paths, made where they are unknown, each with the area it belongs to; without those no area holds. */
export async function ensureDirectories(tx: Tx, paths: string[]): Promise<Map<string, Place>> {
  const all = await tx.select({ id: areas.id, path: areas.path }).from(areas)
  const areaOf = (path: string) => deepestHolding(all, path)?.id
  const rows = paths.flatMap((path) => {
    const areaId = areaOf(path)
    return areaId === undefined ? [] : [{ path, areaId }]
  })
  if (rows.length > 0) await tx.insert(directories).values(rows).onConflictDoNothing()
  const ids = await tx
    .select({ id: directories.id, path: directories.path })
    .from(directories)
    .where(inArray(directories.path, paths))
  return new Map(
    ids.flatMap(({ id, path }) => {
      const areaId = areaOf(path)
      return areaId === undefined ? [] : [[path, { directoryId: id, areaId }]]
    }),
  )
}

async function findKnown(tx: Tx, placed: Placed[]): Promise<Map<string, { id: number; photoId: number }>> {
  const rows = await tx
    .select({ id: files.id, photoId: files.photoId, directoryId: files.directoryId, name: files.name })
    .from(files)
    .where(
      and(
        inArray(files.directoryId, [...new Set(placed.map(({ place }) => place.directoryId))]),
        inArray(
          files.name,
          placed.map(({ file }) => file.name),
        ),
      ),
    )
  return new Map(rows.map((row) => [keyOf(row.directoryId, row.name), row]))
}

async function insertFiles(tx: Tx, added: Placed[], now: number): Promise<void> {
  if (added.length === 0) return
  const inserted = await tx
    .insert(photos)
    .values(added.map(({ file, place }) => ({ ...file.facts, areaId: place.areaId, addedAt: now })))
    .returning({ id: photos.id })
  // Ids count up in the order of the values; the order in which `returning` answers them is not promised.
  const ids = inserted.map(({ id }) => id).sort((a, b) => a - b)
  await tx.insert(files).values(
    added.map(({ file, place }, index) => {
      const { name, sizeBytes, mtimeMs, quickHash } = file
      const photoId = ids[index]
      if (photoId === undefined) throw new Error('An insert answered too few rows.')
      return { ...place, photoId, name, sizeBytes, mtimeMs, quickHash }
    }),
  )
}

async function updateFile(
  tx: Tx,
  { id, photoId, correction }: { id: number; photoId: number; correction: CorrectionRow | undefined },
  { facts, sizeBytes, mtimeMs, quickHash }: InspectedFile,
): Promise<void> {
  const present = { presence: 'present', missingSince: null, missingOnDay: null } as const
  await tx
    .update(files)
    .set({ sizeBytes, mtimeMs, quickHash, contentHash: null, ...present })
    .where(eq(files.id, id))
  await tx
    .update(photos)
    .set({
      ...(correction ? await besideCorrection(tx, correction, facts) : facts),
      thumbhash: null,
      hasPreview: false,
      missingAt: null,
      version: sql`${photos.version} + 1`,
    })
    .where(eq(photos.id, photoId))
}
