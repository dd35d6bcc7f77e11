import { resolve } from 'node:path'
import type { AuditEntry } from '../contract/audit.ts'
import type { AuditAction } from '../contract/audit-actions.ts'
import type { Input } from '../contract/contract.ts'
import { CommandFailure } from './failure.ts'
import { type Context, moment, table } from './output.ts'
import { findByPath, whereTyped } from './paths.ts'

interface AuditOptions {
  by?: string
  about?: string
  action?: AuditAction[]
  /** epoch ms */
  since?: number
  /** epoch ms, exclusive */
  until?: number
  before?: number
  number: number
}

type Filter = Input<'audit.list'>

/** `mantel audit` */
export async function listAudit(context: Context, options: AuditOptions): Promise<void> {
  const { operator, tell } = context
  const { by, about, action, since, until, before, number } = options
  const result = await operator.call('audit.list', {
    ...(by !== undefined && (await actorOf(context, by))),
    ...(about !== undefined && (await objectOf(context, about))),
    ...(action && { actions: action }),
    ...(since !== undefined && { from: since }),
    ...(until !== undefined && { to: until }),
    ...(before !== undefined && { before }),
    limit: number,
  })
  const rows = result.entries.map((entry) => [
    moment(entry.at),
    nameOf(entry.actor),
    entry.action,
    `${entry.object.kind} ${entry.object.name}`.trim(),
    entry.address,
    detailsOf(entry.details ?? {}),
  ])
  tell(
    result,
    rows.length === 0
      ? 'Nothing like that was written down.'
      : table(['WHEN', 'WHO', 'WHAT', 'ABOUT', 'FROM', 'DETAILS'], rows),
  )
}

const nameOf = ({ kind, name }: AuditEntry['actor']) =>
  kind === 'operator' ? 'command line' : kind === 'system' ? 'Mantel' : name

/** An account by its username; any other name is one that the log alone knows. */
async function actorOf({ operator }: Context, typed: string): Promise<Filter> {
  const { accounts } = await operator.call('accounts.list', {})
  const found = accounts.find(({ username }) => username === typed.toLowerCase())
  return found ? { actorId: found.id } : { actorName: typed }
}

/** An account, also a deleted one, or a folder. Throws {@link CommandFailure} where it is neither. */
async function objectOf({ operator }: Context, typed: string): Promise<Filter> {
  const { accounts } = await operator.call('accounts.list', {})
  const removed = await operator.call('accounts.removed', {})
  const account = [...accounts, ...removed.accounts].find(({ username }) => username === typed.toLowerCase())
  if (account) return { objectKind: 'account', objectId: account.id }
  const { folders } = await operator.call('folders.list', {})
  const folder = await findByPath(folders, resolve(whereTyped(), typed))
  if (folder) return { objectKind: 'folder', objectId: folder.id }
  throw new CommandFailure(`${typed} is neither an account nor a folder of the household`)
}

/** What changed, in a line: `role: user → viewer; name: … → …`. */
function detailsOf(details: Record<string, unknown>): string {
  return Object.entries(details)
    .flatMap(([key, value]) => {
      if (key === 'changes' && isRecord(value)) return Object.entries(value).map(changeOf)
      if (key === 'folders' && Array.isArray(value)) return value.filter(isRecord).map(grantOf)
      return [`${key}: ${textOf(value)}`]
    })
    .join('; ')
}

function changeOf([key, change]: [string, unknown]): string {
  if (!isRecord(change) || !('from' in change)) return key
  return `${key}: ${textOf(change.from)} → ${textOf(change.to)}`
}

const grantOf = ({ path, before, after }: Record<string, unknown>) =>
  `${textOf(path)}: ${accessOf(before)} → ${accessOf(after)}`

const accessOf = (grant: unknown) => (isRecord(grant) ? textOf(grant.access) : 'none')

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
