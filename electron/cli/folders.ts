import { resolve } from 'node:path'
import type { Folder } from '../contract/folders.ts'
import { REASONS } from '../contract/reasons.ts'
import { CommandFailure } from './failure.ts'
import { type Context, moment, table } from './output.ts'
import { findByPath, whereTyped } from './paths.ts'
import { endOf, refuseBadEnds, untilEnded } from './wait.ts'

/** `mantel folders ls` */
export async function listFolders({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('folders.list', {})
  const rows = result.folders.map((folder) => [
    folder.path,
    folder.online ? 'online' : offline(folder),
    String(folder.photoCount),
    moment(folder.lastScanAt),
    folder.accounts
      .map(({ username, access }) => (access === 'read-only' ? `${username} (read-only)` : username))
      .join(', '),
  ])
  tell(
    result,
    rows.length === 0
      ? 'The household has no folder yet.'
      : table(['FOLDER', 'STATE', 'PHOTOS', 'LAST SCAN', 'ACCOUNTS'], rows),
  )
}

function offline({ offlineReason }: Folder): string {
  if (offlineReason === null) return 'offline'
  const sentence = Object.hasOwn(REASONS, offlineReason)
    ? REASONS[offlineReason as keyof typeof REASONS]
    : offlineReason
  return `offline: ${sentence}`
}

/** `mantel folders add` */
export async function addFolder({ operator, tell }: Context, typed: string): Promise<void> {
  const result = await operator.call('folders.add', { path: resolve(whereTyped(), typed) })
  tell(result, `Added ${result.folder.path}.`)
}

/**
 * `mantel folders accept`: what the last scan of a folder did not find is really gone. Scans it then, itself where no server
 * runs; throws {@link CommandFailure} when that scan did not end well.
 */
export async function acceptVanished(context: Context, typed: string): Promise<void> {
  const { operator, tell, note } = context
  const { id, path, vanishedCount } = await findFolder(context, typed)
  const { jobId } = await operator.call('folders.accept', { id })
  const files = vanishedCount === 1 ? '1 file that was' : `${vanishedCount} files that were`
  const taken = `Took ${files} not found in ${path} as gone.`
  const result = { jobId, folderId: id, path, vanishedCount }
  if (operator.serverRuns)
    return tell(result, `${taken} The scan that marks them has started; "mantel jobs" shows it.`)
  note('No server is running, so this command scans by itself and ends when it is done.')
  const jobs = await untilEnded(context, [jobId])
  tell({ ...result, jobs }, [taken, ...jobs.map(endOf)].join('\n'))
  refuseBadEnds(jobs)
}

/** `mantel folders rm` */
export async function removeFolder(context: Context, typed: string): Promise<void> {
  const { id, path } = await findFolder(context, typed)
  const result = await context.operator.call('folders.remove', { id })
  context.tell(result, `Forgot ${path}. No file was touched.`)
}

/** The household's folder at a path as typed. Throws {@link CommandFailure} where it is none. */
export async function findFolder({ operator }: Context, typed: string): Promise<Folder> {
  const path = resolve(whereTyped(), typed)
  const { folders } = await operator.call('folders.list', {})
  const found =
    (await findByPath(folders, path)) ??
    (/^\d+$/.test(typed) ? folders.find(({ id }) => id === Number(typed)) : undefined)
  if (!found)
    throw new CommandFailure(`${path} is not a folder of the household; "mantel folders ls" lists them`)
  return found
}
