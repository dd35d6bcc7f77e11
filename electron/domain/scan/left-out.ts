import { join } from 'node:path'
import { eq, inArray } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { directories, files } from '../../db/schema.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import type { WalkOptions } from '../../workers/walk-messages.ts'

/** Files of one question to the database and the walk worker. */
const filesAtOnce = 500

interface LeftOutNeeds {
  read: Read
  walk: Pick<WalkClient, 'leftOut'>
}

/**
 * Which of these known files the present rules leave out: patterns of the household, `.mantelignore` files, hidden and system
 * names. A scan does not find them, but they have not vanished. What could not be asked counts as not left out.
 */
export async function findLeftOut(
  { read, walk }: LeftOutNeeds,
  { root, ignore }: Pick<WalkOptions, 'root' | 'ignore'>,
  fileIds: readonly number[],
  signal: AbortSignal,
): Promise<number[]> {
  const found: number[] = []
  for (let start = 0; start < fileIds.length; start += filesAtOnce) {
    signal.throwIfAborted()
    const known = await read
      .select({ id: files.id, name: files.name, directory: directories.path })
      .from(files)
      .innerJoin(directories, eq(directories.id, files.directoryId))
      .where(inArray(files.id, fileIds.slice(start, start + filesAtOnce)))
    const paths = known.map(({ directory, name }) => join(directory, name))
    const leftOut = await walk.leftOut({ root, ignore, paths })
    for (const [index, { id }] of known.entries()) if (leftOut[index]) found.push(id)
  }
  return found
}
