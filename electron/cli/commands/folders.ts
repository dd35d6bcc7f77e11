import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { acceptVanished, addFolder, listFolders, removeFolder } from '../folders.ts'

/** `mantel folders …` */
export function addFolders(program: Command): void {
  const folders = program.command('folders').description('the folders the household knows')
  folders.command('ls').description('list them').action(withOperator(program, listFolders))
  folders
    .command('add <path>')
    .description('add one, for admins to grant')
    .action(withOperator(program, addFolder, { mayMake: true }))
  folders
    .command('rm <path>')
    .description('forget one that nobody is granted; no file is touched')
    .action(withOperator(program, removeFolder))
  folders
    .command('accept <folder>')
    .description('what its last scan did not find, so that it went offline, is really gone; its path or id')
    .action(withOperator(program, acceptVanished, { works: true }))
}
