import { dirname, isAbsolute, join, parse, relative } from 'node:path'
import type { Reason } from '../../contract/reasons.ts'
import type { PathCheck } from '../../workers/walk-messages.ts'
import { isWithin } from './paths.ts'

/** A directory as the file system knows it. The numbers are 64-bit, hence text. */
export interface FolderIdentity {
  /** absolute, links resolved */
  path: string
  device: string
  inode: string
}

/** Looks at a directory, outside the main process; tells why where it can't be listed. */
type FolderProbe = (path: string) => Promise<PathCheck>

export type CheckedFolder = { ok: true; folder: FolderIdentity } | { ok: false; reason: Reason }

interface CheckNeeds {
  probe: FolderProbe
  /** absolute */
  dataDir: string
  /** folders the household has already */
  known: readonly FolderIdentity[]
}

/**
 * Whether `path` can be a folder of the household (product §4): absolute, there, a directory, readable, not inside the data
 * directory, not a file system's root or a system drive. Compared by components after resolving links and by file
 * identity, so another name for a known folder (a mount, another spelling) gives that folder's path.
 */
export async function checkFolder(
  path: string,
  { probe, dataDir, known }: CheckNeeds,
): Promise<CheckedFolder> {
  if (!isAbsolute(path) || path.includes('\0')) return { ok: false, reason: 'folder_relative' }
  const found = await identify(path, probe)
  if ('problem' in found) return { ok: false, reason: found.problem }
  const system = await identify(systemRoot(found.path), probe)
  if (isSystemRoot(found.path) || isSame(system, found)) return { ok: false, reason: 'folder_system' }

  const chain = await readChain(found, probe)
  const own = await identify(dataDir, probe)
  if (isWithin(found.path, dataDir) || chain.some((above) => isSame(own, above)))
    return { ok: false, reason: 'folder_in_data_directory' }
  return { ok: true, folder: { ...found, path: await canonicalPath(chain, known, probe) } }
}

type Problem = { problem: (PathCheck & { ok: false })['problem'] }

async function identify(path: string, probe: FolderProbe): Promise<FolderIdentity | Problem> {
  const found = await probe(path)
  if (!found.ok) return { problem: found.problem }
  return { path: found.realPath, device: found.device, inode: found.inode }
}

function isSame(a: FolderIdentity | Problem, b: FolderIdentity): boolean {
  return 'path' in a && a.device === b.device && a.inode === b.inode
}

/** Windows' other drives may be given whole; its system drive and the root elsewhere may not. */
function isSystemRoot(path: string): boolean {
  return path === parse(path).root && path.toLowerCase() === systemRoot(path).toLowerCase()
}

function systemRoot(path: string): string {
  return process.platform === 'win32' ? `${process.env.SystemDrive ?? 'C:'}\\` : parse(path).root
}

/** The folder and everything above it but the root, deepest first; what can't be looked at is left out. */
async function readChain(folder: FolderIdentity, probe: FolderProbe): Promise<FolderIdentity[]> {
  const chain = [folder]
  for (let path = dirname(folder.path); path !== dirname(path); path = dirname(path)) {
    const above = await identify(path, probe)
    if ('path' in above) chain.push({ ...above, path })
  }
  return chain
}

/** The folder's path through a known folder, where a directory above it is one under another name. */
async function canonicalPath(
  chain: FolderIdentity[],
  known: readonly FolderIdentity[],
  probe: FolderProbe,
): Promise<string> {
  const path = chain[0]?.path ?? ''
  for (const above of chain) {
    for (const candidate of known.filter((other) => isSame(other, above) && other.path !== above.path)) {
      // Numbers of files are used again: only what stands at the known path now counts.
      if (isSame(await identify(candidate.path, probe), above))
        return join(candidate.path, relative(above.path, path))
    }
  }
  return path
}
