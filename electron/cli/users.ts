import type { Account } from '../contract/accounts.ts'
import type { Input } from '../contract/contract.ts'
import { CommandFailure, UsageFailure } from './failure.ts'
import { type Context, moment, table } from './output.ts'
import { readNewPassword } from './password.ts'
import { findByPath, parseGrant, type TypedGrant } from './paths.ts'

/** `mantel users ls` */
export async function listUsers({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('accounts.list', {})
  const rows = result.accounts.map((account) => [
    account.username,
    account.name,
    account.superAdmin ? `${account.role}, super admin` : account.role,
    account.mayLogIn ? 'yes' : 'no',
    String(account.photoCount),
    moment(account.lastSeenAt),
    account.folders
      .map(({ path, access }) => (access === 'read-only' ? `${path} (read-only)` : path))
      .join(', '),
  ])
  tell(
    result,
    rows.length === 0
      ? 'Nobody has an account yet.'
      : table(['USERNAME', 'NAME', 'ROLE', 'LOGIN', 'PHOTOS', 'LAST SEEN', 'FOLDERS'], rows),
  )
}

/** The options that `users add` and `users mod` share; undefined where not given. */
interface AccountOptions {
  role?: string
  superadmin?: boolean
  folder?: string[]
  name?: string
  email?: string
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
  const { name, email, superadmin = false, folder = [] } = options
  const role = (options.role ?? (superadmin ? 'admin' : 'user')) as Role
  const result = await operator.call('accounts.create', {
    username,
    role,
    superAdmin: superadmin,
    folders: folder.map((typed) => parseGrant(typed)),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    password: await readNewPassword(options.passwordStdin ?? false),
  })
  const folders = result.account.folders.map(({ path }) => path).join(', ')
  tell(result, `Added ${result.account.username} (${role})${folders && ` with ${folders}`}.`)
  noteScan(context, folder.length > 0)
}

interface ModifyOptions extends AccountOptions {
  username?: string
  login?: boolean
  removeFolder?: string[]
}

/** `mantel users mod`: changes what is named and leaves the rest. */
export async function modifyUser(context: Context, username: string, options: ModifyOptions): Promise<void> {
  const { operator, tell } = context
  if (Object.keys(options).length === 0) throw new UsageFailure('Nothing to change: name at least one option')
  const account = await findAccount(context, username)
  const { folder, removeFolder, passwordStdin } = options
  const change: Omit<Input<'accounts.update'>, 'id'> = {
    ...(options.username !== undefined && { username: options.username }),
    ...(options.name !== undefined && { name: options.name }),
    ...(options.email !== undefined && { email: options.email }),
    ...(options.role !== undefined && { role: options.role as Role }),
    ...(options.superadmin !== undefined && { superAdmin: options.superadmin }),
    ...(options.login !== undefined && { mayLogIn: options.login }),
    ...((folder || removeFolder) && {
      folders: await changedFolders(account, folder ?? [], removeFolder ?? []),
    }),
    ...(passwordStdin && { password: await readNewPassword(true) }),
  }
  const result = await operator.call('accounts.update', { id: account.id, ...change })
  tell(result, `Changed ${result.account.username}.`)
  noteScan(context, folder !== undefined)
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

/** `mantel users rm`. Files on disk stay. */
export async function removeUser(context: Context, username: string): Promise<void> {
  const account = await findAccount(context, username)
  const result = await context.operator.call('accounts.remove', { id: account.id })
  context.tell(result, `Removed ${account.username}. No file was touched.`)
}

/** `mantel passwd` */
export async function setPassword(context: Context, username: string, fromStdin: boolean): Promise<void> {
  const { id, username: found } = await findAccount(context, username)
  const result = await context.operator.call('accounts.changePassword', {
    id,
    password: await readNewPassword(fromStdin),
  })
  context.tell(result, `${found} has a new password; all sessions of this account have ended.`)
}

async function findAccount({ operator }: Context, username: string): Promise<Account> {
  const { accounts } = await operator.call('accounts.list', {})
  const found = accounts.find((account) => account.username === username.toLowerCase())
  if (!found) throw new CommandFailure(`Nobody here is called ${username}`)
  return found
}
