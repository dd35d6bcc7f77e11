import { Argument, type Command } from 'commander'
import { withOperator } from '../command.ts'
import { listFlags, setFlag } from '../flags.ts'

/** `mantel flags …` */
export function addFlags(program: Command): void {
  const flags = program.command('flags').description('the features of the household')
  flags.command('ls').description('list them').action(withOperator(program, listFlags))
  flags
    .command('set <name>')
    .description('switch one for everyone')
    .addArgument(new Argument('<state>').choices(['on', 'off']))
    .action(withOperator(program, setFlag))
}
