import { and, desc, eq, gt, gte, inArray, ne } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { accounts, areas, jobFailures, jobs } from '../../db/schema.ts'
import type { JobFailures, JobFilter, JobInfo } from './jobs.ts'
import type { Progress } from './progress.ts'

export type JobRow = typeof jobs.$inferSelect

/** States of a job that is still to be done. */
export const unfinished = ['queued', 'running', 'paused'] as const

/** How far a job is that runs at this moment; undefined for all others. */
type ProgressOf = (id: number) => Progress | undefined

const columns = { job: jobs, path: areas.path, name: accounts.name, username: accounts.username }

/** Jobs with live progress where they run: what is still to be done before all else, then the newest first. */
export async function listJobs(db: Read, filter: JobFilter, progressOf: ProgressOf): Promise<JobInfo[]> {
  const { areaIds, limit, offset = 0 } = filter
  if (areaIds?.length === 0) return []
  const rows = await db
    .select(columns)
    .from(jobs)
    .leftJoin(areas, eq(areas.id, jobs.areaId))
    .leftJoin(accounts, eq(accounts.id, jobs.startedBy))
    .where(whereOf(filter))
    .orderBy(desc(inArray(jobs.state, [...unfinished])), desc(jobs.id))
    .limit(limit)
    .offset(offset)
  return rows.map((row) => toInfo(row, progressOf))
}

function whereOf({ areaIds, id, state, kind, folderId, startedBy, since, withFailures }: JobFilter) {
  return and(
    areaIds && inArray(jobs.areaId, [...areaIds]),
    id === undefined ? undefined : eq(jobs.id, id),
    state && eq(jobs.state, state),
    kind === undefined ? undefined : eq(jobs.kind, kind),
    folderId === undefined ? undefined : eq(jobs.areaId, folderId),
    startedBy === 'house' ? ne(jobs.startedByKind, 'account') : undefined,
    typeof startedBy === 'number' ? eq(jobs.startedBy, startedBy) : undefined,
    since === undefined ? undefined : gte(jobs.queuedAt, since),
    withFailures && gt(jobs.failed, 0),
  )
}

/** One job, or undefined. */
export async function findJob(db: Read, id: number, progressOf: ProgressOf): Promise<JobInfo | undefined> {
  const [row] = await db
    .select(columns)
    .from(jobs)
    .leftJoin(areas, eq(areas.id, jobs.areaId))
    .leftJoin(accounts, eq(accounts.id, jobs.startedBy))
    .where(eq(jobs.id, id))
  return row && toInfo(row, progressOf)
}

/** Files a job could not deal with, in the order they came. */
export async function readFailures(db: Read, jobId: number): Promise<JobFailures> {
  const failures = await db
    .select({ path: jobFailures.path, reason: jobFailures.reason })
    .from(jobFailures)
    .where(eq(jobFailures.jobId, jobId))
    .orderBy(jobFailures.id)
  const [job] = await db.select({ failed: jobs.failed }).from(jobs).where(eq(jobs.id, jobId))
  return { failures, more: Math.max(0, (job?.failed ?? 0) - failures.length) }
}

interface Joined {
  job: JobRow
  path: string | null
  name: string | null
  username: string | null
}

function toInfo({ job, path, name, username }: Joined, progressOf: ProgressOf): JobInfo {
  const live = job.state === 'running' ? progressOf(job.id) : undefined
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    folder: path,
    folderId: job.areaId,
    startedBy: name || username,
    starterHasName: Boolean(name),
    starterId: job.startedBy,
    startedByKind: job.startedByKind,
    queuedAt: job.queuedAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    done: live?.done ?? job.done,
    total: live?.total ?? job.total,
    failed: live?.failed ?? job.failed,
    rate: live?.rate ?? null,
    secondsLeft: live?.secondsLeft ?? null,
    result: job.result,
    error: job.error,
  }
}
