import { dirname } from 'node:path'
import { and, eq, gte, lt, or } from 'drizzle-orm'
import type { Database } from '../../db/connect.ts'
import { directories } from '../../db/schema.ts'
import { isWithin, rangeBelow } from '../areas/paths.ts'
import { ensureDirectories } from './index-files.ts'

/** Directories per write. */
const directoriesAtOnce = 200

/**
 * Notes the directories of an area that hold no files themselves, but others that do: the tree of folders is made of rows. Answers
 * whether any were missing. `signal` stops between writes.
 */
export async function completeDirectories(db: Database, root: string, signal: AbortSignal): Promise<boolean> {
  const { from, to } = rangeBelow(root)
  const inside = or(eq(directories.path, root), and(gte(directories.path, from), lt(directories.path, to)))
  const rows = await db.read.select({ path: directories.path }).from(directories).where(inside)
  const known = new Set(rows.map(({ path }) => path))
  const missing = new Set<string>()
  for (const { path } of rows)
    for (let above = dirname(path); isWithin(above, root); above = dirname(above)) {
      if (known.has(above) || missing.has(above)) break
      missing.add(above)
    }
  const paths = [...missing]
  for (let start = 0; start < paths.length; start += directoriesAtOnce) {
    signal.throwIfAborted()
    const some = paths.slice(start, start + directoriesAtOnce)
    await db.write((tx) => ensureDirectories(tx, some), { priority: 'background' })
  }
  return paths.length > 0
}
