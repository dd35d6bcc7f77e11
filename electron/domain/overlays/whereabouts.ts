import { basename, dirname, relative, sep } from 'node:path'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Read } from '../../db/connect.ts'
import { areas } from '../../db/schema.ts'
import { readGrants } from '../areas/access.ts'
import { isWithin } from '../areas/paths.ts'

/** A directory as a document names it: the folder it lies in by its name, and the way from there with `/`. */
export interface Place {
  folder: string
  directory: string
}

/**
 * Names directories the way documents do, so that they mean the same on another computer: from the outermost folder on that this account
 * was given, or, for those who see the household's, from the outermost of these.
 */
export async function placesFor(
  db: Read,
  holder: AccountPrincipal | OperatorPrincipal,
): Promise<(directory: string) => Place> {
  const given = holder.kind === 'account' ? await readGrants(db, holder.accountId) : []
  const seesAll = holder.kind === 'operator' || capabilitiesOf(holder).has('viewHousehold')
  const all = seesAll ? await db.select({ path: areas.path }).from(areas).orderBy(areas.path) : []
  const known = new Map<string, Place>()
  return (directory) => {
    const before = known.get(directory)
    if (before) return before
    const holds = ({ path }: { path: string }) => isWithin(directory, path)
    // in the order of their paths, so that the first is the outermost
    const root = (given.find(holds) ?? all.find(holds))?.path ?? dirname(directory)
    const place = { folder: basename(root), directory: relative(root, directory).split(sep).join('/') }
    known.set(directory, place)
    return place
  }
}
