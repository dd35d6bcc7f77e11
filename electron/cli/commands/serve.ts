import type { Command } from 'commander'
import { DEFAULT_PORT } from '../../headless.ts'
import { dataDirOf, type GlobalOptions, serverLog } from '../command.ts'
import { toPort } from '../options.ts'
import { serve } from '../serve.ts'

/** `mantel serve` */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description(
      'serve the household to browsers on this machine, and in the house where the feature lan is on',
    )
    .option(
      '--host <address>',
      'an address of this machine (default: 127.0.0.1; others: encrypted, for the house)',
    )
    .option(
      '--port <number>',
      `its port; 0 takes any free one (default: ${DEFAULT_PORT}; for the house as the settings say)`,
      toPort,
    )
    .action(async (options: { host?: string; port?: number }) => {
      const { json } = program.opts<GlobalOptions>()
      await serve({ dataDir: dataDirOf(program), log: serverLog, json, ...options })
    })
}
