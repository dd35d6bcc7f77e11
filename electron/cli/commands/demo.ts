import { resolve } from 'node:path'
import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { makeDemo } from '../demo.ts'
import { whereTyped } from '../paths.ts'

/** `mantel demo` */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('fill an empty household with three people and pictures drawn for them')
    .requiredOption('--pictures <dir>', 'where to draw the pictures')
    .action(
      withOperator(
        program,
        (context, options: { pictures: string }) =>
          makeDemo(context, resolve(whereTyped(), options.pictures)),
        { mayMake: true, works: true },
      ),
    )
}
