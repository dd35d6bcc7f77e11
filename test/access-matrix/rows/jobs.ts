import { nothing, OWN_JOBS, type Row } from '../outcomes.ts'
import type { World } from '../world.ts'

/** A job of that area, to be looked at by one cell alone. */
const jobOf = (area: 'own' | 'foreign') => async (world: World) => ({
  id: await world.services.jobs.scan(world.areas[area], { kind: 'system' }),
})

export const jobRows: Row[] = [
  { procedure: 'jobs.list', input: nothing, expect: OWN_JOBS },
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
    expect: { ...OWN_JOBS, user: 'not_found' },
  },
  ...['jobs.failures', 'jobs.pause', 'jobs.resume', 'jobs.cancel', 'jobs.retry'].flatMap(
    (procedure): Row[] => [
      { procedure, object: 'own', input: jobOf('own'), expect: OWN_JOBS },
      { procedure, object: 'foreign', input: jobOf('foreign'), expect: { ...OWN_JOBS, user: 'not_found' } },
    ],
  ),
]
