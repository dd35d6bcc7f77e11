import type { Account } from '../contract/accounts.ts'
import type { Input } from '../contract/contract.ts'
import { CommandFailure, UsageFailure } from './failure.ts'
import type { Context } from './output.ts'
import { readNewPassword } from './password.ts'
import { findByPath, parseGrant, type TypedGrant } from './paths.ts'
import { findAccount } from './users.ts'

/** The options that `users add` and `users mod` share; undefined where not given. */
interface AccountOptions {
  role?: string
  superadmin?: boolean
  folder?: string[]
  name?: string
  email?: string
  login?: boolean
  webdav?: boolean
  share?: boolean
  /** bytes */
  quota?: number | 'none'
  note?: string
  mustChangePassword?: boolean
  passwordStdin?: boolean
}

// the server checks the role against those it knows and names the field where it is none
type Role = Input<'accounts.create'>['role']

/** `mantel users add`. The first account of a household has to be a super admin. */
export async function addUser(context: Context, username: string, options: AccountOptions): Promise<void> {
  const { operator, tell } = context
  const { accounts } = await operator.call('accounts.list', {})
  if (accounts.length === 0 && !options.superadmin)
    throw new CommandFailure('The first account of a household has to be a super admin: add --superadmin')
  const { superadmin = false, folder = [] } = options
  const role = (options.role ?? (superadmin ? 'admin' : 'user')) as Role
  const result = await operator.call('accounts.create', {
    ...switchesOf(options),
    username,
    role,
    superAdmin: superadmin,
    folders: folder.map((typed) => parseGrant(typed)),
    password: await readNewPassword(options.passwordStdin ?? false),
  })
  const folders = result.account.folders.map(({ path }) => path).join(', ')
  tell(result, `Added ${result.account.username} (${role})${folders && ` with ${folders}`}.`)
  noteScan(context, folder.length > 0)
}

interface ModifyOptions extends AccountOptions {
  username?: string
  removeFolder?: string[]
}

/** `mantel users mod`: changes what is named and leaves the rest. */
export async function modifyUser(context: Context, username: string, options: ModifyOptions): Promise<void> {
  const { operator, tell } = context
  if (Object.keys(options).length === 0) throw new UsageFailure('Nothing to change: name at least one option')
  const account = await findAccount(context, username)
  const { folder, removeFolder, passwordStdin } = options
  const result = await operator.call('accounts.update', {
    ...switchesOf(options),
    id: account.id,
    ...given({
      username: options.username,
      role: options.role as Role | undefined,
      superAdmin: options.superadmin,
    }),
    ...((folder || removeFolder) && {
      folders: await changedFolders(account, folder ?? [], removeFolder ?? []),
    }),
    ...(passwordStdin && { password: await readNewPassword(true) }),
  })
  tell(result, `Changed ${result.account.username}.`)
  noteScan(context, folder !== undefined)
}

/** The fields that are set in the same way on a new account and on one that is there. */
function switchesOf({ name, email, login, webdav, share, quota, note, mustChangePassword }: AccountOptions) {
  return given({
    name,
    email,
    mayLogIn: login,
    webdav,
    mayShare: share,
    quotaBytes: quota === 'none' ? null : quota,
    note,
    mustChangePassword,
  })
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function given<T extends object>(values: T): Given<T> {
  // entries without undefined are what Given says
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>
}

/** Without a server nobody looks into a new folder by itself. */
function noteScan({ operator, note }: Context, hasNewFolders: boolean): void {
  if (hasNewFolders && !operator.serverRuns)
    note('New folders are scanned once Mantel runs, or now with "mantel scan".')
}

/** The folders the account shall have: those it has, less the removed ones, with the added ones set as typed. */
async function changedFolders(account: Account, added: string[], removed: string[]) {
  const folders = account.folders.map(({ path, access, mayShare }) => ({ path, access, mayShare }))
  for (const typed of removed) {
    // a mark behind the path does no harm here
    const { path } = parseGrant(typed)
    const found = await findByPath(folders, path)
    if (!found) throw new CommandFailure(`${account.username} has no folder ${path}`)
    folders.splice(folders.indexOf(found), 1)
  }
  const wanted: (TypedGrant & { mayShare?: boolean })[] = folders
  for (const typed of added) {
    const grant = parseGrant(typed)
    const found = await findByPath(wanted, grant.path)
    if (found?.access === grant.access) continue
    // another access brings its own default for sharing on
    if (found) wanted.splice(wanted.indexOf(found), 1, { path: found.path, access: grant.access })
    else wanted.push(grant)
  }
  return wanted
}

interface PasswordOptions {
  passwordStdin?: boolean
  clearTotp?: boolean
}

/** `mantel passwd`, with `clearTotp` also for somebody who has lost the second factor. */
export async function setPassword(
  context: Context,
  username: string,
  { passwordStdin = false, clearTotp = false }: PasswordOptions,
): Promise<void> {
  const { id, username: found } = await findAccount(context, username)
  const result = await context.operator.call('accounts.changePassword', {
    id,
    password: await readNewPassword(passwordStdin),
    ...(clearTotp && { clearTotp }),
  })
  const cleared = clearTotp ? ', and no second factor' : ''
  context.tell(result, `${found} has a new password${cleared}; all sessions of this account have ended.`)
}
