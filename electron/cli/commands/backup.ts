import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { Refusal } from '../../lib/refusal.ts'
import { restoreDirectly } from '../../maintenance.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { backUp, listBackups, restoredText } from '../backup.ts'
import { check } from '../check.ts'
import { dataDirOf, quietLog, tellerOf, withOperator } from '../command.ts'
import { CommandFailure, RefusedFailure } from '../failure.ts'
import { findRunning } from '../operator.ts'
import { whereTyped } from '../paths.ts'

/** `mantel backup`, `mantel restore`, `mantel check` */
export function addBackup(program: Command): void {
  const backup = program
    .command('backup')
    .description('copy the database to where backups go, and check the copy')
    .option('--to <file>', 'write the copy to this file instead')
    .action(
      withOperator(
        program,
        (context, { to }: { to?: string }) => backUp(context, to && resolve(whereTyped(), to)),
        { works: true },
      ),
    )
  backup
    .command('ls')
    .description('list the copies, the newest first')
    .action(withOperator(program, listBackups))
  addRestore(program)
  program
    .command('check')
    .description('look through database, originals and cache, and change nothing')
    .option('--bytes', 'read every original and tell which have rotted')
    .action(({ bytes = false }: { bytes?: boolean }) => check(tellerOf(program), dataDirOf(program), bytes))
}

function addRestore(program: Command): void {
  program
    .command('restore <backup>')
    .description('put a backup in the place of the database, which is set aside; its name, or a path')
    .addOption(
      new Option('--key <which>', 'where the backup brings another key than the one in use').choices([
        'keep',
        'take',
      ]),
    )
    .action(async (named: string, { key }: { key?: 'keep' | 'take' }) => {
      const path = resolve(whereTyped(), named)
      const isPath = basename(named) !== named || existsSync(path)
      const result = await restore(dataDirOf(program), isPath ? { file: path } : { name: named }, key)
      tellerOf(program).tell(result, restoredText(result))
    })
}

/** Through the server that runs, else by itself. */
async function restore(
  dataDir: string,
  which: { name: string } | { file: string },
  key: 'keep' | 'take' | undefined,
) {
  try {
    const server = await findRunning(dataDir)
    if (server) return await server.call('backup.restore', { ...which, ...(key && { key }) })
    const name = 'file' in which ? which.file : which.name
    return await restoreDirectly({ dataDir, log: quietLog, spawn: forkSpawner, name, key })
  } catch (error) {
    const refused =
      error instanceof RefusedFailure ? error.error : error instanceof Refusal && error.toApiError()
    if (!refused) throw error
    if (refused.code === 'not_found')
      throw new CommandFailure('There is no such backup; "mantel backup ls" lists them')
    throw new RefusedFailure(refused)
  }
}
