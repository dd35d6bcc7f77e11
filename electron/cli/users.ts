import type { Account } from '../contract/accounts.ts'
import { CommandFailure } from './failure.ts'
import { bytes, type Context, moment, sheet, table } from './output.ts'

/** `mantel users ls` */
export async function listUsers({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('accounts.list', {})
  const rows = result.accounts.map((account) => [
    account.username,
    account.name,
    roleOf(account),
    yesNo(account.mayLogIn),
    String(account.photoCount),
    moment(account.lastSeenAt),
    foldersOf(account).join(', '),
  ])
  tell(
    result,
    rows.length === 0
      ? 'Nobody has an account yet.'
      : table(['USERNAME', 'NAME', 'ROLE', 'LOGIN', 'PHOTOS', 'LAST SEEN', 'FOLDERS'], rows),
  )
}

/** `mantel users show` */
export async function showUser(context: Context, username: string): Promise<void> {
  const { operator, tell } = context
  const account = await findAccount(context, username)
  const { sessions } = await operator.call('sessions.list', { accountId: account.id })
  const { appPasswords } = await operator.call('appPasswords.list', { accountId: account.id })
  const folders = foldersOf(account)
  const lines: [string, string | string[]][] = [
    ['Username', account.username],
    ['Name', account.name || '–'],
    ['E-mail', account.email ?? '–'],
    ['Role', roleOf(account)],
    ['May log in', yesNo(account.mayLogIn)],
    ['Waits for a folder', yesNo(account.pending)],
    ['Must choose a password', yesNo(account.mustChangePassword)],
    ['WebDAV', account.webdav ? 'on' : 'off'],
    ['May share', yesNo(account.mayShare)],
    ['Quota', account.quotaBytes === null ? 'none' : bytes(account.quotaBytes)],
    ['Photos', String(account.photoCount)],
    ['Sessions', String(sessions.length)],
    ['Second factor', account.totp ? 'on' : 'off'],
    ['App passwords', String(appPasswords.length)],
    ['Created', moment(account.createdAt)],
    ['Last seen', moment(account.lastSeenAt)],
    ['Folders', folders.length > 0 ? folders : '–'],
    ['Note', account.note.split('\n')],
  ]
  tell({ account, sessions, appPasswords }, sheet(lines))
}

/** The account of a username in any case. Throws {@link CommandFailure} where there is none. */
export async function findAccount({ operator }: Context, username: string): Promise<Account> {
  const { accounts } = await operator.call('accounts.list', {})
  const found = accounts.find((account) => account.username === username.toLowerCase())
  if (!found) throw new CommandFailure(`Nobody here is called ${username}`)
  return found
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no')

const roleOf = ({ role, superAdmin }: Account) => (superAdmin ? `${role}, super admin` : role)

const foldersOf = ({ folders }: Account) =>
  folders.map(({ path, access }) => (access === 'read-only' ? `${path} (read-only)` : path))
