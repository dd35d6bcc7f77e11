import type { Output } from '../contract/contract.ts'
import { REASONS } from '../contract/reasons.ts'
import { CommandFailure } from './failure.ts'
import { type Context, moment, table } from './output.ts'
import { untilEnded } from './wait.ts'

type Backup = Output<'backup.list'>['backups'][number]

/** `mantel backup`: waits for its end. `to`: an absolute path. Throws {@link CommandFailure} with the reason where it failed. */
export async function backUp(context: Context, to: string | undefined): Promise<void> {
  const { operator, tell } = context
  if (to !== undefined) {
    await operator.call('backup.create', { to })
    return tell({ file: to }, `Wrote and checked ${to}`)
  }
  const { jobId } = await operator.call('backup.create', {})
  const [job] = await untilEnded(context, jobId === null ? [] : [jobId])
  if (job?.state !== 'done') throw new CommandFailure(`The backup failed: ${reasonOf(job?.error)}`)
  const [newest] = (await operator.call('backup.list', {})).backups.filter(({ kind }) => kind !== 'set-aside')
  if (!newest) throw new CommandFailure('The backup is not where it was written')
  const { folderInUse } = await operator.call('settings.backup', {})
  tell({ backup: newest }, `Wrote and checked ${newest.name} (${sizeOf(newest.bytes)}) in ${folderInUse}`)
}

/** `mantel backup ls` */
export async function listBackups({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('backup.list', {})
  const rows = result.backups.map((backup) => [
    backup.name,
    moment(backup.at),
    sizeOf(backup.bytes),
    backup.withKey ? 'yes' : 'no',
    stateOf(backup),
  ])
  tell(result, rows.length === 0 ? 'No backups yet.' : table(['NAME', 'MADE', 'SIZE', 'KEY', 'STATE'], rows))
}

/** What `mantel restore` tells. */
export const restoredText = ({ from, setAside }: Output<'backup.restore'>) =>
  setAside === null
    ? `Restored ${from}.`
    : `Restored ${from}. The state before is kept as ${setAside}; "mantel restore ${setAside}" brings it back.`

function stateOf({ problem, checked }: Backup): string {
  if (problem !== null) return reasonOf(problem)
  return checked ? 'checked' : 'as it was'
}

const reasonOf = (code: string | null | undefined): string =>
  code && Object.hasOwn(REASONS, code) ? REASONS[code as keyof typeof REASONS] : (code ?? 'it was stopped')

/** Bytes as people say them: `512 KB`, `3.4 MB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
