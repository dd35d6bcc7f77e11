import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accounts } from './accounts.ts'
import { areas } from './folders.ts'

/** Background work with a log. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind').notNull(),
    areaId: integer('area_id').references(() => areas.id, { onDelete: 'cascade' }),
    state: text('state', {
      enum: ['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'],
    }).notNull(),
    /** who asked for it; null: the program itself or the command line, see `startedByKind` */
    startedBy: integer('started_by').references(() => accounts.id, { onDelete: 'set null' }),
    startedByKind: text('started_by_kind', {
      enum: ['account', 'operator', 'system', 'schedule', 'watch'],
    }).notNull(),
    queuedAt: integer('queued_at').notNull(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
    done: integer('done').notNull().default(0),
    /** null while not known */
    total: integer('total'),
    failed: integer('failed').notNull().default(0),
    /** what came of it, shaped by the kind */
    result: text('result', { mode: 'json' }).$type<Record<string, number>>(),
    /** why it failed, a reason code */
    error: text('error'),
  },
  (table) => [index('jobs_state').on(table.state), index('jobs_area').on(table.areaId)],
)

/** Files a job could not deal with, and why. */
export const jobFailures = sqliteTable(
  'job_failures',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    jobId: integer('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    areaId: integer('area_id').references(() => areas.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [index('job_failures_job').on(table.jobId)],
)
