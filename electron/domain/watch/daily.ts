import type { Log } from '../../lib/log.ts'

/** Work that is done at the start and once a day while Mantel runs; short, as the tasks follow each other. */
type Tasks = Readonly<Record<string, () => Promise<unknown>>>

const dayMs = 24 * 60 * 60_000

/** Keeps the house tidy: each task once a day. One that fails is logged, tried again the next day, and keeps none of the others. */
export function createDaily({ log, tasks }: { log: Log; tasks: Tasks }) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let isClosed = false

  async function runAll(): Promise<void> {
    for (const [name, run] of Object.entries(tasks)) {
      if (isClosed) return
      await run().catch((error: unknown) => log.error(`the daily task ${name} failed`, error))
    }
  }

  return {
    /** Runs the tasks now and every day from now on. */
    start(): void {
      running = runAll()
      // by time that passes, not by the clock, which may be set
      timer = setInterval(() => {
        running = running.then(runAll)
      }, dayMs).unref()
    },
    /** What is under way is waited for. */
    async close(): Promise<void> {
      isClosed = true
      clearInterval(timer)
      await running
    },
  }
}
