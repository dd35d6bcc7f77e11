import { basename, relative, sep } from 'node:path'
import { and, inArray } from 'drizzle-orm'
import { listScope } from '../../access/filters.ts'
import { mayWith } from '../../access/photo-actions.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import type { FolderStep } from '../../contract/folders.ts'
import type { View } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { areas, directories } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { isWithin } from '../areas/paths.ts'
import { findDirectory } from './directories.ts'

/**
 * The way to a folder: from the outermost one that the account has around it down to itself. Throws `Refusal` as `readTree` does. Nothing above
 * what the account has is named.
 */
export async function readTrail(
  db: Read,
  by: AccountPrincipal,
  { folderId, view }: { folderId: number; view?: View | undefined },
): Promise<FolderStep[]> {
  const scope = await listScope(db, by, view, 'folder')
  const folder = await findDirectory(db, scope, folderId)
  if (!folder) throw notFound()
  const reached = [...scope.areas.keys()]
  const roots = await db.select({ path: areas.path }).from(areas).where(inArray(areas.id, reached))
  const around = roots.filter(({ path }) => isWithin(folder.path, path))
  const root = around.sort((a, b) => a.path.length - b.path.length)[0]?.path ?? folder.path
  const { id, path, areaId } = directories
  const steps = await db
    .select({ id, path, areaId })
    .from(directories)
    .where(and(inArray(path, pathsDownTo(root, folder.path)), inArray(areaId, reached)))
  steps.sort((a, b) => a.path.length - b.path.length)
  const reachable = await reachableScope(db, by)
  return steps.map((step, index) => {
    const { share } = mayWith(reachable, { areaId: step.areaId, shelf: 'shown' })
    const may = { share }
    const above = steps[index - 1]?.path
    if (above !== undefined) return { id: step.id, name: relative(above, step.path), may }
    // a directory in between is known when its scan has ended: until then it has no step of its own
    const below = relative(root, step.path)
    return { id: step.id, name: [basename(root) || root, below].filter(Boolean).join(sep), may }
  })
}

/** The paths from a root down to one below it, both included. */
function pathsDownTo(root: string, path: string): string[] {
  const parts = relative(root, path).split(sep).filter(Boolean)
  const start = root.endsWith(sep) ? root : root + sep
  return [root, ...parts.map((_, index) => start + parts.slice(0, index + 1).join(sep))]
}
