import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { addUser, modifyUser, setPassword } from '../edit-users.ts'
import { several, toQuota } from '../options.ts'
import { listRemoved, removeUser, restoreUser } from '../remove-users.ts'
import { listUsers, showUser } from '../users.ts'

const FOLDER =
  'a folder for the account; with :ro behind the path it may only be read; can be given several times'

/** `mantel users …` */
export function addUsers(program: Command): void {
  const users = program.command('users').description('the accounts of the household')
  users
    .command('ls')
    .description('list them')
    .option('--deleted', 'those that were deleted and can be restored')
    .action(
      withOperator(program, (context, { deleted }: { deleted?: boolean }) =>
        deleted ? listRemoved(context) : listUsers(context),
      ),
    )
  users.command('show <username>').description('all about one').action(withOperator(program, showUser))
  const add = users
    .command('add <username>')
    .description('add one; the password is asked for on the terminal')
  switches(
    add
      .option('-r, --role <role>', 'admin, user, viewer or guest (default: user; admin for a super admin)')
      .option('-s, --superadmin', 'may do everything; the first account has to be one')
      .option('--folder <path[:ro]>', FOLDER, several)
      .option('-p, --password-stdin', 'read the password from standard input')
      .option('-l, --no-login', 'it may not log in yet'),
  ).action(withOperator(program, addUser, { mayMake: true }))
  const modify = users.command('mod <username>').description('change what is named; all else stays as it is')
  switches(
    modify
      .option('--username <name>', 'a new username')
      .option('-r, --role <role>', 'admin, user, viewer or guest')
      .option('-s, --superadmin', 'make it a super admin')
      .option('--no-superadmin', 'take that away')
      .option(
        '--folder <path[:ro]>',
        `${FOLDER}. Added to those it has; one it has already changes its access`,
        several,
      )
      .option('--remove-folder <path>', 'take a folder away; can be given several times', several)
      .option('-p, --password-stdin', 'read a new password from standard input')
      .option('--login', 'let it log in')
      .option('-l, --no-login', 'end its sessions and let it log in no more'),
  ).action(withOperator(program, modifyUser))
  users
    .command('rm <username>')
    .description('remove one, after telling what it holds; no file is touched')
    .option('--keep', 'keep what it added for 30 days, in which it can be restored (so unless told)')
    .option(
      '--transfer-to <username>',
      'give its albums and links to another account; keep the rest likewise',
    )
    .option('--now', 'keep nothing')
    .option('-y, --yes', 'do not ask')
    .action(withOperator(program, removeUser))
  users
    .command('restore <username>')
    .description('bring a deleted one back as it was; by its id where several had the name')
    .option('--as <username>', 'under another username')
    .action(withOperator(program, restoreUser))
}

/** `mantel passwd` */
export function addPasswd(program: Command): void {
  program
    .command('passwd <username>')
    .description('set a new password and end all sessions of the account')
    .option('-p, --password-stdin', 'read the password from standard input')
    .option('--clear-totp', 'switch off its second factor as well')
    .action(withOperator(program, setPassword))
}

/** What `add` and `mod` set in the same way. */
const switches = (command: Command) =>
  command
    .option('-n, --name <name>', 'the display name')
    .option('-m, --email <address>', 'the e-mail address; "" for none')
    .option('-w, --webdav', 'let it use WebDAV')
    .option('--no-webdav', 'no WebDAV')
    .option('--share', 'let it share')
    .option('--no-share', 'no sharing')
    .option('--quota <size>', 'how much it may upload, such as 50GB or 500MB; "none" for no limit', toQuota)
    .option('--note <text>', 'a note that admins see')
    .option('--must-change-password', 'it has to choose a password of its own before anything else')
    .option('--no-must-change-password', 'it need not')
