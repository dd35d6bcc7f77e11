import { LIBRARY, type Outcome, type Row } from '../outcomes.ts'
import { PHOTOS, type PhotoName, type Who, type World } from '../world.ts'
import { photoOutcomes } from './library.ts'

/** As originals: only where the drive is, for nobody whose role sees no library, and for nobody who views as another. */
function downloadOutcomes(name: PhotoName): Record<Who, Outcome> {
  const seen: Record<Who, Outcome> = { ...photoOutcomes(name), guest: 'forbidden', viewing: 'forbidden' }
  if (name !== 'offline') return seen
  const away = 'unavailable'
  return { ...seen, viewer: away, user: away, admin: away, super: away, unknownRoleWithFlag: away }
}

/** An archive that somebody asked for; of nobody where they may not. */
async function archiveOf({ call, get, callers, photo }: World, who: Who): Promise<string> {
  const input = { ids: [photo.own] }
  const { ok } = await call(callers[who], 'downloads.begin', input)
  return ok ? (await get(callers[who], 'downloads.begin', input)).id : 'none'
}

const REFUSED_OWN: Record<Who, Outcome> = { ...LIBRARY, viewer: 'not_found', user: 'not_found' }

export const downloadRows: Row[] = [
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'downloads.begin',
      object: name,
      input: ({ photo }) => ({ ids: [photo[name]] }),
      expect: downloadOutcomes(name),
    }),
  ),
  {
    procedure: 'downloads.begin',
    object: 'own ones and one that is foreign, which is left out',
    input: ({ photo }) => ({ ids: [photo.own, photo.foreign] }),
    expect: LIBRARY,
  },
  { procedure: 'downloads.begin', object: 'a list', input: () => ({ list: {} }), expect: LIBRARY },
  {
    procedure: 'downloads.begin',
    object: "another account's list",
    input: ({ olgaId }) => ({ list: { view: { accountId: olgaId } } }),
    expect: REFUSED_OWN,
  },
  {
    procedure: 'zip.open',
    object: 'own',
    input: async (world, who) => ({ id: await archiveOf(world, who) }),
    expect: LIBRARY,
  },
  {
    procedure: 'zip.open',
    object: "another session's",
    input: async (world) => ({ id: await archiveOf(world, 'admin') }),
    expect: {
      ...LIBRARY,
      viewer: 'not_found',
      user: 'not_found',
      super: 'not_found',
      unknownRoleWithFlag: 'not_found',
    },
  },
]
