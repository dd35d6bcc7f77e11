import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { addUser, modifyUser, setPassword } from '../edit-users.ts'
import { several, toQuota } from '../options.ts'
import { removeUser } from '../remove-users.ts'
import { listUsers, showUser } from '../users.ts'

const FOLDER =
  'a folder for the account; with :ro behind the path it may only be read; can be given several times'

/** `mantel users …`, `mantel passwd` */
export function addUsers(program: Command): void {
  const users = program.command('users').description('the accounts of the household')
  users.command('ls').description('list them').action(withOperator(program, listUsers))
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
    .description('remove one; no file is touched')
    .action(withOperator(program, removeUser))
  program
    .command('passwd <username>')
    .description('set a new password and end all sessions of the account')
    .option('-p, --password-stdin', 'read the password from standard input')
    .action(
      withOperator(program, (context, username: string, options: { passwordStdin?: boolean }) =>
        setPassword(context, username, options.passwordStdin ?? false),
      ),
    )
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
