import { extname, join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { files, photos } from '../../db/schema.ts'
import { wholeHashBytes } from './candidates.ts'
import { ensureDirectories } from './index-files.ts'
import type { Move } from './moves.ts'

/** Moves per write: each is a row in `files`, one in `photos`, at most one directory, and now and then a row set aside. */
export const movesAtOnce = 120

/**
 * Gives known files the places they were found at; their photos keep their ids and all that was added to them. To be called with
 * the moves in the order they were resolved in, at most {@link movesAtOnce}. A photo of a large file whose time differs
 * too is decoded once more, so that its full hash confirms the move. Answers the areas the photos came from and are in now.
 */
export async function moveFiles(tx: Tx, moves: readonly Move[]): Promise<Set<number>> {
  const places = await ensureDirectories(tx, [...new Set(moves.map(({ to }) => to.directory))])
  const concerned = new Set<number>()
  for (const { file, to } of moves) {
    const place = places.get(to.directory)
    if (!place) throw new Error(`No area holds ${to.directory}.`)
    const { directoryId, areaId } = place
    await clearPlace(tx, directoryId, to.name, file.fileId)
    await tx
      .update(files)
      .set({
        areaId,
        directoryId,
        name: to.name,
        mtimeMs: to.mtimeMs,
        presence: 'present',
        missingSince: null,
        missingOnDay: null,
      })
      .where(eq(files.id, file.fileId))
    await tx.update(photos).set({ areaId, missingAt: null }).where(eq(photos.id, file.photoId))
    if (file.mtimeMs !== to.mtimeMs && file.sizeBytes > wholeHashBytes)
      await tx
        .update(photos)
        .set({ state: 'pending' })
        .where(and(eq(photos.id, file.photoId), eq(photos.state, 'ready')))
    concerned.add(areaId).add(file.areaId)
  }
  return concerned
}

/** Whether a file got another extension on its way: what it is called decides in part what it is, so it is read again. */
export const isOtherKind = ({ file, to }: Move) =>
  extname(file.name).toLowerCase() !== extname(to.name).toLowerCase()

/**
 * In a circle of moves the first one's place is still taken. The row there, which moves later, waits under a name no file can
 * have; should the program stop in between, the next scan finds its file again by its content.
 */
async function clearPlace(tx: Tx, directoryId: number, name: string, fileId: number): Promise<void> {
  const [occupant] = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.directoryId, directoryId), eq(files.name, name)))
  if (!occupant || occupant.id === fileId) return
  await tx
    .update(files)
    .set({ name: join('moving', String(occupant.id)) })
    .where(eq(files.id, occupant.id))
}
