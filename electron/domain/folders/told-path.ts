import { basename, join, relative } from 'node:path'
import { capabilitiesOf } from '../../access/capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Read } from '../../db/connect.ts'
import { readGrants } from '../areas/access.ts'
import { isWithin } from '../areas/paths.ts'

/**
 * How somebody is told of places on the host's disk: those who administer by the absolute path, others from the outermost folder on that they
 * were given and that holds it, by its name: what lies around their folders is none of their business. A place outside of these is told by its name alone.
 */
export async function toldPaths(
  db: Read,
  by: AccountPrincipal | OperatorPrincipal,
): Promise<(path: string) => string> {
  if (by.kind === 'operator' || capabilitiesOf(by).has('administer')) return (path) => path
  const given = await readGrants(db, by.accountId)
  return (path) => {
    const outermost = given.find((grant) => isWithin(path, grant.path)) // they come in the order of their paths
    return outermost ? join(basename(outermost.path), relative(outermost.path, path)) : basename(path)
  }
}
