import { basename } from 'node:path'
import { readAreasInUse } from '../access/areas-in-use.ts'
import { capabilitiesOf, extentsOf } from '../access/capabilities.ts'
import { lookingWhoever, whoever } from '../access/policies.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../access/principal.ts'
import { scannableAreas } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import type { Job } from '../contract/jobs.ts'
import { requireSameStanding } from '../domain/accounts/rules.ts'
import { toldPaths } from '../domain/folders/told-path.ts'
import type { Check, JobInfo, StartedBy } from '../domain/jobs/jobs.ts'
import { countAgain } from '../domain/scan/again-pass.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'
import type { Services } from './services.ts'

const DEFAULT_LIMIT = 100

export const jobsProcedures = {
  'jobs.list': procedure({
    ...contract['jobs.list'],
    allow: lookingWhoever('ownJobs'),
    async run({ by, input: { limit = DEFAULT_LIMIT, ...filter }, services: { db, jobs } }) {
      const areaIds = rulesAll(by) ? undefined : await scannableAreas(db.read, by)
      // one more than asked for tells whether there are more
      const found = await jobs.list({ ...filter, limit: limit + 1, areaIds })
      const told = await toldPaths(db.read, by)
      const folderOf = ({ folder }: JobInfo) => (folder !== null && isToldFolders(by) ? told(folder) : null)
      const shown = found.slice(0, limit).map((job) => toldTo(by, { ...job, folder: folderOf(job) }))
      return { jobs: shown, more: found.length > limit }
    },
  }),
  'jobs.failures': procedure({
    ...contract['jobs.failures'],
    allow: lookingWhoever('ownJobs'),
    async run({ by, input, services }) {
      const job = await findJob(services, by, input.id)
      const told = await toldPaths(services.db.read, by)
      const { failures, more } = await services.jobs.failures(job.id)
      const nameOf = (path: string) => (isToldFolders(by) ? told(path) : basename(path))
      return { failures: failures.map(({ path, reason }) => ({ path: nameOf(path), reason })), more }
    },
  }),
  'jobs.scan': procedure({
    ...contract['jobs.scan'],
    allow: whoever('ownJobs'),
    async run({ by, input, services: { db, jobs } }) {
      const allowed = await scannableAreas(db.read, by)
      const wanted = input.folderIds ?? (await idsInUse(db)).filter((id) => allowed.includes(id))
      if (wanted.some((id) => !allowed.includes(id))) throw notFound()
      const jobIds: number[] = []
      for (const areaId of wanted) jobIds.push(await jobs.scan(areaId, startedBy(by), still(by)))
      return { jobIds }
    },
  }),
  'jobs.rebuild': procedure({
    ...contract['jobs.rebuild'],
    allow: whoever('administer'),
    async run({ by, input: { what, folderIds }, services: { db, jobs } }) {
      const inUse = await idsInUse(db)
      if (folderIds?.some((id) => !inUse.includes(id))) throw notFound()
      const jobIds: number[] = []
      for (const areaId of folderIds ?? inUse)
        if ((await countAgain(db.read, areaId, what)) > 0)
          jobIds.push(await jobs.rebuild(what, areaId, startedBy(by), still(by)))
      return { jobIds }
    },
  }),
  'jobs.clearCache': procedure({
    ...contract['jobs.clearCache'],
    allow: whoever('administer'),
    run: async ({ by, services: { jobs } }) => ({
      jobIds: [await jobs.clearCache(startedBy(by), still(by))],
    }),
  }),
  'jobs.pause': procedure({
    ...contract['jobs.pause'],
    allow: whoever('ownJobs'),
    async run({ by, input, services }) {
      const job = await findToStop(services, by, input.id)
      return { state: await services.jobs.pause(job.id, still(by)) }
    },
  }),
  'jobs.resume': procedure({
    ...contract['jobs.resume'],
    allow: whoever('ownJobs'),
    async run({ by, input, services }) {
      const job = await findToStop(services, by, input.id)
      return { state: await services.jobs.resume(job.id, still(by)) }
    },
  }),
  'jobs.cancel': procedure({
    ...contract['jobs.cancel'],
    allow: whoever('ownJobs'),
    async run({ by, input, services }) {
      const job = await findToStop(services, by, input.id)
      await services.jobs.cancel(job.id, still(by))
      return {}
    },
  }),
  'jobs.retry': procedure({
    ...contract['jobs.retry'],
    allow: whoever('ownJobs'),
    async run({ by, input, services }) {
      const job = await findToStop(services, by, input.id)
      return { jobIds: [await services.jobs.retry(job.id, startedBy(by), still(by))] }
    },
  }),
}

type Actor = AccountPrincipal | OperatorPrincipal

const idsInUse = async ({ read }: Services['db']) => (await readAreasInUse(read)).map(({ id }) => id)

/** Who a job started by this actor is noted under. */
export const startedBy = (by: Actor): StartedBy =>
  by.kind === 'account' ? { kind: 'account', accountId: by.accountId } : { kind: 'operator' }

/** That the actor is still who it was when its rights were looked at. */
export const still =
  (by: Actor): Check =>
  (tx) =>
    requireSameStanding(tx, by)

/** Whose right reaches every job, those that work on no folder too. */
const rulesAll = (by: Actor): boolean => extentsOf(by).get('ownJobs') === 'yes'

/** Whether folders are named to this actor: while the household has them switched off, to those alone who administer it. */
const isToldFolders = (by: Actor): boolean =>
  by.kind === 'operator' || by.flags.folders || capabilitiesOf(by).has('administer')

/** A job the actor may see: on a folder within reach. Others do not exist for it. */
async function findJob({ db, jobs }: Services, by: Actor, id: number): Promise<JobInfo> {
  const job = await jobs.find(id)
  if (!job) throw notFound()
  if (rulesAll(by)) return job
  if (job.folderId === null || !(await scannableAreas(db.read, by)).includes(job.folderId)) throw notFound()
  return job
}

/** One of these that the actor may stop and run again. Throws `not_found`, `forbidden` (`job_of_another`). */
async function findToStop(services: Services, by: Actor, id: number): Promise<JobInfo> {
  const job = await findJob(services, by, id)
  if (!mayStop(by, job)) throw new Refusal('forbidden', { reason: 'job_of_another' })
  return job
}

/** Every job for those whose right reaches that far; others stop only what they began, or one would stop a folder's scans for all. */
function mayStop(by: Actor, { starterId }: JobInfo): boolean {
  if (by.kind === 'account' && by.viewed) return false
  return rulesAll(by) || (by.kind === 'account' && by.accountId === starterId)
}

/** The job as this actor is told of it. */
function toldTo(by: Actor, job: JobInfo): Job {
  const { starterId, starterHasName, ...told } = job
  const isOwn = by.kind === 'account' && by.accountId === starterId
  // usernames are for logging in: those of others are told to admins alone
  const startedBy = starterHasName || isOwn || capabilitiesOf(by).has('administer') ? told.startedBy : null
  const stops = mayStop(by, job)
  const live = job.state === 'queued' || job.state === 'running'
  const resume = job.state === 'paused'
  const ended = !live && !resume
  return {
    ...told,
    startedBy,
    may: {
      pause: stops && live,
      resume: stops && resume,
      cancel: stops && !ended,
      retry: stops && ended && job.state !== 'done',
    },
  }
}
