import { extname } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { Database, Tx } from '../../db/connect.ts'
import { files, photos } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Candidate, wholeHashBytes } from './candidates.ts'
import type { FoundFile } from './diff.ts'
import { ensureDirectories, type Place } from './index-files.ts'
import type { Move } from './moves.ts'
import { setMissing } from './presence.ts'
import { setAsideName } from './set-aside.ts'

/** Moves per write: each is a row in `files`, one in `photos`, at most one directory, and now and then a row set aside. */
const movesAtOnce = 120

interface MoveNeeds {
  db: Database
  clock: Clock
  /** called when photos of an area came, changed or went */
  changed: (areaId: number) => void
}

/** What came of moves. */
export interface Moved {
  fileIds: number[]
  /** how many files are missing now because another one was moved onto their name, and they are nowhere else */
  displaced: number
  /** found files that are to be read all the same */
  toRead: FoundFile[]
}

/**
 * Gives known files the places they were found at; their photos keep their ids and all that was added to them. To be called with
 * the moves in the order they were resolved in. `signal` stops between writes; the next scan goes on.
 */
export async function moveFiles(
  { db, clock, changed }: MoveNeeds,
  moves: readonly Move[],
  signal: AbortSignal,
): Promise<Moved> {
  const fileIds: number[] = []
  const toRead: FoundFile[] = []
  const displaced = new Set<number>()
  for (let start = 0; start < moves.length; start += movesAtOnce) {
    signal.throwIfAborted()
    const chunk = moves.slice(start, start + movesAtOnce)
    const done = await db.write((tx) => moveChunk(tx, chunk, clock()), { priority: 'background' })
    for (const id of done.displaced) displaced.add(id)
    for (const { file, to } of done.moved) {
      fileIds.push(file.fileId)
      if (isOtherKind(file, to)) toRead.push(to)
    }
    toRead.push(...done.outdated.map(({ to }) => to))
    for (const areaId of done.areas) changed(areaId)
  }
  for (const id of fileIds) displaced.delete(id)
  return { fileIds, displaced: displaced.size, toRead }
}

interface Chunk {
  moved: Move[]
  /** what was matched is not as it was any more: another scan was there first */
  outdated: Move[]
  /** files set aside */
  displaced: number[]
  areas: Set<number>
}

async function moveChunk(tx: Tx, moves: readonly Move[], now: number): Promise<Chunk> {
  const places = await ensureDirectories(tx, [...new Set(moves.map(({ to }) => to.directory))])
  const chunk: Chunk = { moved: [], outdated: [], displaced: [], areas: new Set() }
  for (const move of moves) {
    const { file, to } = move
    const place = places.get(to.directory)
    if (!place) throw new Error(`No area holds ${to.directory}.`)
    if (!(await isAsMatched(tx, file))) {
      chunk.outdated.push(move)
      continue
    }
    chunk.displaced.push(...(await clearPlace(tx, { ...place, name: to.name, fileId: file.fileId }, now)))
    await moveOne(tx, move, place)
    chunk.moved.push(move)
    chunk.areas.add(place.areaId).add(file.areaId)
  }
  return chunk
}

/** Set aside by an earlier move of these it still is; back at its own place it is not. */
async function isAsMatched(tx: Tx, file: Candidate): Promise<boolean> {
  const [row] = await tx.select().from(files).where(eq(files.id, file.fileId))
  return (
    row?.directoryId === file.directoryId &&
    (row.name === file.name || row.name === setAsideName(file.fileId, file.name)) &&
    (row.presence === file.presence || row.presence === 'missing') &&
    row.sizeBytes === file.sizeBytes &&
    row.quickHash === file.quickHash
  )
}

/** A time that no file has: should the program stop before a file is read again, the next scan does that. */
const unread = -1

/** A photo of a large file whose time differs too is decoded once more, so that its full hash confirms the move. */
async function moveOne(tx: Tx, { file, to }: Move, { directoryId, areaId }: Place): Promise<void> {
  const { name } = to
  const mtimeMs = isOtherKind(file, to) ? unread : to.mtimeMs
  const present = { presence: 'present', missingSince: null, missingOnDay: null } as const
  await tx
    .update(files)
    .set({ areaId, directoryId, name, mtimeMs, ...present })
    .where(eq(files.id, file.fileId))
  await tx.update(photos).set({ areaId, missingAt: null }).where(eq(photos.id, file.photoId))
  if (file.mtimeMs !== to.mtimeMs && file.sizeBytes > wholeHashBytes)
    await tx
      .update(photos)
      .set({ state: 'pending' })
      .where(and(eq(photos.id, file.photoId), eq(photos.state, 'ready')))
}

/** Whether a file got another extension on its way: what it is called decides in part what it is, so it is read again. */
const isOtherKind = (file: Candidate, to: FoundFile) =>
  extname(file.name).toLowerCase() !== extname(to.name).toLowerCase()

/**
 * The file whose row still has the place is not there any more: it is missing, without a place of its own until its content
 * turns up. In a circle of moves it does so at once, for what is set aside by the first move is moved last; should the program
 * stop in between, the next scan finds it by its content. Answers who was set aside and not missing before.
 */
async function clearPlace(
  tx: Tx,
  { directoryId, name, fileId }: { directoryId: number; name: string; fileId: number },
  now: number,
): Promise<number[]> {
  const [occupant] = await tx
    .select({ id: files.id, presence: files.presence })
    .from(files)
    .where(and(eq(files.directoryId, directoryId), eq(files.name, name)))
  if (!occupant || occupant.id === fileId) return []
  await tx
    .update(files)
    .set({ name: setAsideName(occupant.id, name) })
    .where(eq(files.id, occupant.id))
  await setMissing(tx, [occupant.id], now)
  return occupant.presence === 'present' ? [occupant.id] : []
}
