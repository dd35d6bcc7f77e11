import type { Command } from 'commander'
import { DEFAULT_HOST, DEFAULT_PORT } from '../../headless.ts'
import { dataDirOf, type GlobalOptions, serverLog } from '../command.ts'
import { toPort } from '../options.ts'
import { serve } from '../serve.ts'

/** `mantel serve` */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve the household to browsers on this machine')
    .option('--host <address>', 'a loopback address', DEFAULT_HOST)
    .option('--port <number>', 'the port; 0 takes any free one', toPort, DEFAULT_PORT)
    .action(async (options: { host: string; port: number }) => {
      const { json } = program.opts<GlobalOptions>()
      await serve({ dataDir: dataDirOf(program), log: serverLog, json, ...options })
    })
}
