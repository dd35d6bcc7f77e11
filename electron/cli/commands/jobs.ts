import type { Command } from 'commander'
import { withOperator } from '../command.ts'
import { listJobs, pauseJob, resumeJob, scan } from '../jobs.ts'
import { toId, toLimit } from '../options.ts'

/** `mantel scan`, `mantel jobs …` */
export function addJobs(program: Command): void {
  program
    .command('scan [paths...]')
    .description('look for new and changed pictures in all folders, or in those named')
    .option('--wait', 'end when the scan has ended (always so where no server is running)')
    .action(
      withOperator(
        program,
        (context, paths: string[], options: { wait?: boolean }) =>
          scan(context, paths, options.wait ?? false),
        { works: true },
      ),
    )
  const jobs = program
    .command('jobs')
    .description('list what Mantel does and did in the background, the latest first')
    .option('--limit <number>', 'how many', toLimit, 20)
    .action(withOperator(program, (context, options: { limit: number }) => listJobs(context, options.limit)))
  jobs
    .command('pause')
    .description('stop one that is waiting or running, until it is resumed')
    .argument('<id>', 'its number in the list', toId)
    .action(withOperator(program, pauseJob))
  jobs
    .command('resume')
    .description('let a paused one go on')
    .argument('<id>', 'its number in the list', toId)
    .action(withOperator(program, resumeJob))
}
