import { type Command, Option } from 'commander'
import { AUDIT_ACTIONS } from '../../contract/audit-actions.ts'
import { listAudit } from '../audit.ts'
import { withOperator } from '../command.ts'
import { toEndMoment, toId, toMoment, toPage } from '../options.ts'

/** `mantel audit` */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('who changed what, when and from where, the newest first')
    .option('--by <name>', 'an account; "operator" for the command line, "system" for Mantel itself')
    .option('--about <name>', 'an account, also a deleted one, or a folder')
    .addOption(new Option('--action <name...>', 'these alone').choices(AUDIT_ACTIONS))
    .option(
      '--since <date>',
      'from this day or moment on, such as 2026-11-21 or "2026-11-21 18:04"',
      toMoment,
    )
    .option('--until <date>', 'up to the end of this day, or before this moment', toEndMoment)
    .option('--before <id>', 'older ones than this entry', toId)
    .option('-n, --number <number>', 'how many', toPage, 50)
    .action(withOperator(program, listAudit))
}
