import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { several } from '../options.ts'
import { addUser, listUsers, modifyUser, removeUser, setPassword } from '../users.ts'

const FOLDER =
  'a folder for the account; with :ro behind the path it may only be read; can be given several times'

/** `mantel users …`, `mantel passwd` */
export function addUsers(program: Command): void {
  const users = program.command('users').description('the accounts of the household')
  users.command('ls').description('list them').action(withOperator(program, listUsers))
  users
    .command('add <username>')
    .description('add one; the password is asked for on the terminal')
    .option('--role <role>', 'admin, user, viewer or guest (default: user; admin for a super admin)')
    .option('--superadmin', 'may do everything; the first account has to be one')
    .option('--folder <path[:ro]>', FOLDER, several)
    .option('--name <name>', 'the display name')
    .option('--email <address>', 'the e-mail address')
    .option('--password-stdin', 'read the password from standard input')
    .action(withOperator(program, addUser, { mayMake: true }))
  users
    .command('mod <username>')
    .description('change what is named; all else stays as it is')
    .option('--username <name>', 'a new username')
    .option('--name <name>', 'the display name')
    .option('--role <role>', 'admin, user, viewer or guest')
    .option('--superadmin', 'make it a super admin')
    .option('--no-superadmin', 'take that away')
    .option('--login', 'let it log in')
    .option('--no-login', 'end its sessions and let it log in no more')
    .option(
      '--folder <path[:ro]>',
      `${FOLDER}. Added to those it has; one it has already changes its access`,
      several,
    )
    .option('--remove-folder <path>', 'take a folder away; can be given several times', several)
    .option('--email <address>', 'the e-mail address; "" for none')
    .option('--password-stdin', 'read a new password from standard input')
    .action(withOperator(program, modifyUser))
  users
    .command('rm <username>')
    .description('remove one; no file is touched')
    .action(withOperator(program, removeUser))
  program
    .command('passwd <username>')
    .description('set a new password and end all sessions of the account')
    .option('--password-stdin', 'read the password from standard input')
    .action(
      withOperator(program, (context, username: string, options: { passwordStdin?: boolean }) =>
        setPassword(context, username, options.passwordStdin ?? false),
      ),
    )
}
