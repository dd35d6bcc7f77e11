import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { toId } from '../options.ts'
import { listShares, removeShare } from '../shares.ts'

/** `mantel shares …` */
export function addShares(program: Command): void {
  const shares = program.command('shares').description('what is shared, by links and with accounts')
  shares.command('ls').description('list them, of all accounts').action(withOperator(program, listShares))
  shares
    .command('rm')
    .argument('<id>', 'as ls shows it', toId)
    .description('take one back for good; whoever has it open sees nothing more')
    .action(withOperator(program, removeShare))
}
