import { type Command, Option } from 'commander'
import { IMPORT_MODES, type ImportMode } from '../../contract/overlay-document.ts'
import { withOperator } from '../command.ts'
import { exportOverlays, importOverlays } from '../overlays.ts'

/** `--mode`: whose value stays where both sides have one. */
export const modeOption = () =>
  new Option('--mode <mode>', 'where both sides have a value')
    .choices(IMPORT_MODES)
    .default('fill-gaps' satisfies ImportMode)

/** `mantel overlays …` */
export function addOverlays(program: Command): void {
  const overlays = program
    .command('overlays')
    .description('what an account added to photos: favourites, ratings, captions, tags, albums')
  overlays
    .command('export <username>')
    .description('write it as JSON (docs/export-format.md) to standard output')
    .option('--output <file>', 'or to a file')
    .action(withOperator(program, exportOverlays))
  overlays
    .command('import <username> <file>')
    .description('take in such a file for an account')
    .option('--dry-run', 'tell what would change, and change nothing')
    .addOption(modeOption())
    .action(withOperator(program, importOverlays))
}
