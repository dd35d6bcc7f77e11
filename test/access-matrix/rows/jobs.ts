import { jobs } from '../../../electron/db/schema.ts'
import { ADMINISTRATORS, alsoViewing, nothing, OWN_JOBS, type Row } from '../outcomes.ts'
import type { Who, World } from '../world.ts'

/** A scan of that area, ended already, to be looked at by one cell alone: started by the cell's own account or by the house. */
const jobOf = (area: 'own' | 'foreign', whose: 'its' | 'another') => async (world: World, who: Who) => {
  const accountId = world.idOf(who)
  const starter =
    whose === 'its' && accountId > 0
      ? { startedBy: accountId, startedByKind: 'account' as const }
      : { startedByKind: 'schedule' as const }
  const row = {
    kind: 'scan',
    areaId: world.areas[area],
    state: 'cancelled' as const,
    queuedAt: 1,
    ...starter,
  }
  const [made] = await world.services.db.write((tx) => tx.insert(jobs).values(row).returning({ id: jobs.id }))
  return { id: made?.id ?? 0 }
}

const NOT_FOUND = { ...OWN_JOBS, user: 'not_found' } as const
/** All see it; but only those who may do so with every job stop it or run it again. */
const ANOTHERS = { ...OWN_JOBS, user: 'forbidden' } as const

export const jobRows: Row[] = [
  { procedure: 'jobs.list', input: nothing, expect: alsoViewing(OWN_JOBS) },
  {
    procedure: 'jobs.scan',
    object: 'own',
    input: ({ areas }) => ({ folderIds: [areas.own] }),
    expect: OWN_JOBS,
  },
  {
    procedure: 'jobs.scan',
    object: 'foreign',
    input: ({ areas }) => ({ folderIds: [areas.foreign] }),
    expect: NOT_FOUND,
  },
  {
    procedure: 'jobs.rebuild',
    object: 'any folder',
    input: ({ areas }) => ({ what: 'rebuild-thumbnails', folderIds: [areas.foreign] }),
    expect: ADMINISTRATORS,
  },
  { procedure: 'jobs.clearCache', input: nothing, expect: ADMINISTRATORS },
  {
    procedure: 'jobs.failures',
    object: 'own job',
    input: jobOf('own', 'its'),
    expect: alsoViewing(OWN_JOBS),
  },
  {
    procedure: 'jobs.failures',
    object: "another's job on an own folder",
    input: jobOf('own', 'another'),
    expect: alsoViewing(OWN_JOBS),
  },
  {
    procedure: 'jobs.failures',
    object: 'foreign',
    input: jobOf('foreign', 'another'),
    expect: alsoViewing(NOT_FOUND),
  },
  ...['jobs.pause', 'jobs.resume', 'jobs.cancel', 'jobs.retry'].flatMap((procedure): Row[] => [
    { procedure, object: 'own job', input: jobOf('own', 'its'), expect: OWN_JOBS },
    {
      procedure,
      object: "another's job on an own folder",
      input: jobOf('own', 'another'),
      expect: ANOTHERS,
    },
    {
      procedure,
      object: 'own job on a folder taken away since',
      input: jobOf('foreign', 'its'),
      expect: NOT_FOUND,
    },
    { procedure, object: 'foreign', input: jobOf('foreign', 'another'), expect: NOT_FOUND },
  ]),
]
