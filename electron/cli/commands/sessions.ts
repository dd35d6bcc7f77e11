import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { toId } from '../options.ts'
import { endSessions, listSessions } from '../sessions.ts'

/** `mantel sessions …` */
export function addSessions(program: Command): void {
  const sessions = program.command('sessions').description('who is logged in, and where')
  sessions
    .command('ls [username]')
    .description("list everybody's sessions, or those of one account, the latest used first")
    .action(withOperator(program, listSessions))
  sessions
    .command('rm')
    .description('end one, or all of an account')
    .argument('[id]', 'its number in the list', toId)
    .option('--all-of <username>', 'all of this account')
    .action(withOperator(program, endSessions))
}
