import { onTestFinished } from 'vitest'
import type { Database } from '../../electron/db/connect.ts'
import { areas } from '../../electron/db/schema.ts'
import { createJobs, type JobRunner } from '../../electron/domain/jobs/job-runner.ts'
import type { JobContext, JobWork } from '../../electron/domain/jobs/work.ts'
import { createLog } from '../../electron/lib/log.ts'
import { makeDatabase } from './database.ts'

export const system = { kind: 'system' } as const

/** A runner whose scans do what the test says. */
export async function makeRunner(
  scan: JobWork,
  given?: { db?: Database; other?: JobWork; pauseMs?: number },
) {
  const db = given?.db ?? (await makeDatabase())
  if (!given?.db) {
    const rows = [1, 2, 3].map((id) => ({ id, path: `/${id}`, device: '1', inode: `${id}`, createdAt: 0 }))
    await db.write((tx) => tx.insert(areas).values(rows))
  }
  const lines: string[] = []
  const hints: unknown[] = []
  let now = 1000
  const clock = () => {
    now += 1
    return now
  }
  const kinds = { scan, other: given?.other ?? scan }
  const log = createLog((line) => lines.push(line))
  const pauseAfter = () => given?.pauseMs ?? 60_000
  const runner = createJobs({
    db,
    clock,
    log,
    announce: (hint) => hints.push(hint),
    kinds,
    pauseAfter,
    atOnce: { other: 1 },
  })
  onTestFinished(() => runner.close())
  return { db, runner, lines, hints }
}

/** Work that is never done by itself. */
export const waitForAbort = ({ signal }: JobContext) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )

/** A job that waits until the test lets it go, or it is stopped. */
export function gate() {
  const started = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  const work: JobWork = async (_, context) => {
    started.resolve()
    await Promise.race([open.promise, waitForAbort(context)])
    return {}
  }
  return { work, started: started.promise, open: () => open.resolve() }
}

export const stateOf = async (runner: JobRunner, id: number) => (await runner.find(id))?.state
