import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { several } from '../options.ts'
import { moveInFromPhotoPrism } from '../photoprism/move-in.ts'
import { modeOption } from './overlays.ts'

/** `mantel move-in …` */
export function addMoveIn(program: Command): void {
  const moveIn = program
    .command('move-in')
    .description('bring people and what they added from another photo server')
  moveIn
    .command('photoprism')
    .description(
      'users, favourites, captions, albums, labels and names of people from a database of PhotoPrism',
    )
    .requiredOption('--database <file>', "a copy of PhotoPrism's index.db; it is only read")
    .requiredOption('--originals <dir>', 'where its originals lie on this machine')
    .option('--dry-run', 'tell what would come in, and change nothing')
    .option(
      '--user <theirs=ours>',
      'who becomes whom here; "theirs=" leaves one out; can be given several times',
      several,
    )
    .option(
      '--give-to <username>',
      'who gets favourites, captions and tags, which PhotoPrism keeps once for everybody (default: its first admin); can be given several times',
      several,
    )
    .option('--give-folder', 'new accounts get the originals as a folder, read-only')
    .addOption(modeOption())
    .action(withOperator(program, moveInFromPhotoPrism))
}
