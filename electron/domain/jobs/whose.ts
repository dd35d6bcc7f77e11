import { and, eq, exists, inArray, ne, or, type SQL } from 'drizzle-orm'
import { RIGHTS } from '../../access/rights.ts'
import { ROLES } from '../../contract/roles.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { accounts, jobs } from '../../db/schema.ts'
import type { StartedBy } from './jobs.ts'

const RULING_ROLES = ROLES.filter((role) => RIGHTS.jobs[role] === 'yes')
/** Of accounts: whoever may stop every job of the household. */
const rules = or(eq(accounts.superAdmin, true), inArray(accounts.role, RULING_ROLES))

/**
 * Condition over `jobs`: the house itself, the command line or an admin started it. Such a job stays paused until one of them lets it go
 * on; one that a user started is only theirs, and holds up nobody who wants the same work done.
 */
export function isOfHousehold(read: Read | Tx): SQL | undefined {
  const starter = read
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, jobs.startedBy), rules))
  return or(ne(jobs.startedByKind, 'account'), exists(starter))
}

/** Whether whoever asks for work may let any paused job go on. */
export async function mayRuleJobs(tx: Tx, by: StartedBy): Promise<boolean> {
  if (by.kind !== 'account') return by.kind === 'operator'
  const [row] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, by.accountId), rules))
  return row !== undefined
}
