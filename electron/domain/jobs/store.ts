import { and, asc, desc, eq, inArray, isNull, lte, notInArray, or } from 'drizzle-orm'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { jobFailures, jobs } from '../../db/schema.ts'
import { type JobRow, unfinished } from './job-list.ts'
import type { Check, StartedBy } from './jobs.ts'
import { isOfHousehold, mayRuleJobs } from './whose.ts'

/** Jobs that are kept for the log; older ones go, with their failures. */
const jobsKept = 500
/** Of those that nobody asked for and nothing failed in, which a busy folder makes by the minute, fewer. */
const ownKept = 100
/** Rows of failures for one write. */
const failuresAtOnce = 200
/** Failures that are kept of a job; those beyond are counted only. */
export const failuresKept = 1000

/** A failure that a job listed. */
export interface Failure {
  path: string
  reason: string
}

/**
 * Queues a job, unless the same work is queued, running or paused; answers the id of the one that will do it. A paused one of the
 * household goes on where an admin or the command line asks; whatever asks by itself, and a user, leaves it. A user's own goes on where
 * anybody asks, and is the household's from when another did: what two want done is not for one of them to stop.
 */
export async function insertJob(
  tx: Tx,
  { kind, areaId, by, now }: { kind: string; areaId: number | null; by: StartedBy; now: number },
): Promise<number> {
  const sameArea = areaId === null ? isNull(jobs.areaId) : eq(jobs.areaId, areaId)
  const same = and(eq(jobs.kind, kind), sameArea, inArray(jobs.state, [...unfinished]))
  const [present] = await tx.select().from(jobs).where(same)
  if (present) {
    await joinJob(tx, present, by)
    return present.id
  }
  const row = { kind, areaId, ...starterColumns(by), state: 'queued', queuedAt: now } as const
  const [made] = await tx.insert(jobs).values(row).returning({ id: jobs.id })
  if (!made) throw new Error('An insert answered no row.')
  return made.id
}

const starterColumns = (by: StartedBy) => ({
  startedBy: by.kind === 'account' ? by.accountId : null,
  startedByKind: by.kind,
})

/** Somebody wants what this unfinished job does: see {@link insertJob}. */
async function joinJob(tx: Tx, job: JobRow, by: StartedBy): Promise<void> {
  const isThis = eq(jobs.id, job.id)
  const [households] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isThis, isOfHousehold(tx)))
  const rules = await mayRuleJobs(tx, by)
  if (job.state === 'paused' && (rules || !households))
    await tx.update(jobs).set({ state: 'queued' }).where(isThis)
  if (households || (by.kind === 'account' && by.accountId === job.startedBy)) return
  const isUser = by.kind === 'account' && !rules
  await tx
    .update(jobs)
    .set(starterColumns(isUser ? { kind: 'system' } : by))
    .where(isThis)
}

/** Jobs that wait, the longest waiting first. All of them: behind many of one kind there may be one of another. */
export async function readQueue(read: Read): Promise<JobRow[]> {
  return read.select().from(jobs).where(eq(jobs.state, 'queued')).orderBy(asc(jobs.id))
}

/** Marks what a stop of the program interrupted, and queues the same work again. */
export async function requeueInterrupted(db: Database, now: number): Promise<void> {
  await db.write(async (tx) => {
    const running = await tx.select().from(jobs).where(eq(jobs.state, 'running'))
    const ended = { state: 'interrupted', finishedAt: now, error: 'job_restarted' } as const
    await tx.update(jobs).set(ended).where(eq(jobs.state, 'running'))
    const stopped = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.state, 'interrupted'), eq(jobs.error, 'stopping')))
    await tx
      .update(jobs)
      .set({ error: 'job_restarted' })
      .where(and(eq(jobs.state, 'interrupted'), eq(jobs.error, 'stopping')))
    for (const { kind, areaId, startedBy, startedByKind } of [...running, ...stopped])
      await insertJob(tx, { kind, areaId, by: starter(startedByKind, startedBy), now })
  })
}

function starter(kind: JobRow['startedByKind'], accountId: number | null): StartedBy {
  if (kind !== 'account') return { kind }
  // The account may have been deleted since.
  return accountId === null ? { kind: 'system' } : { kind, accountId }
}

/** Sets columns of a job while it is in one of the states; answers whether it was. `check` runs first. */
export async function setJob(
  db: Database,
  { id, from, check }: { id: number; from: JobRow['state'][]; check?: Check | undefined },
  values: Partial<JobRow>,
): Promise<boolean> {
  const where = and(eq(jobs.id, id), inArray(jobs.state, from))
  const { changes } = await db.write(async (tx) => {
    await check?.(tx)
    return tx.update(jobs).set(values).where(where)
  })
  return changes > 0
}

/** Writes a running job's numbers and the failures it listed since. */
export async function writeProgress(
  db: Database,
  { id, areaId }: Pick<JobRow, 'id' | 'areaId'>,
  { done, total, failed }: Pick<JobRow, 'done' | 'total' | 'failed'>,
  failures: Failure[],
): Promise<void> {
  for (let start = 0; start === 0 || start < failures.length; start += failuresAtOnce) {
    const chunk = failures.slice(start, start + failuresAtOnce)
    await db.write(
      async (tx) => {
        await tx.update(jobs).set({ done, total, failed }).where(eq(jobs.id, id))
        if (chunk.length === 0) return
        await tx.insert(jobFailures).values(chunk.map((failure) => ({ ...failure, jobId: id, areaId })))
      },
      { priority: 'background' },
    )
  }
}

/** The files a job has listed as failed so far. */
export async function readFailedPaths(read: Read, jobId: number): Promise<string[]> {
  const rows = await read
    .select({ path: jobFailures.path })
    .from(jobFailures)
    .where(eq(jobFailures.jobId, jobId))
  return rows.map(({ path }) => path)
}

/** Forgets finished jobs beyond the newest {@link jobsKept}, and the uneventful among Mantel's own beyond {@link ownKept}. */
export async function pruneJobs(db: Database): Promise<void> {
  const isOwn = and(
    eq(jobs.state, 'done'),
    eq(jobs.failed, 0),
    or(eq(jobs.startedByKind, 'watch'), eq(jobs.kind, 'previews')),
  )
  await db.write(
    async (tx) => {
      const newest = (offset: number) =>
        tx.select({ id: jobs.id }).from(jobs).orderBy(desc(jobs.id)).limit(1).offset(offset)
      const [oldest] = await newest(jobsKept)
      if (oldest)
        await tx.delete(jobs).where(and(lte(jobs.id, oldest.id), notInArray(jobs.state, [...unfinished])))
      const [oldestOwn] = await newest(ownKept).where(isOwn)
      if (oldestOwn) await tx.delete(jobs).where(and(lte(jobs.id, oldestOwn.id), isOwn))
    },
    { priority: 'background' },
  )
}
