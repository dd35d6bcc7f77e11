import { MEDIA_KINDS } from '../../../electron/contract/photos.ts'
import { ACCOUNTS, LIBRARY, nothing, type Outcome, type Row } from '../outcomes.ts'
import { PHOTOS, type PhotoName, type Who } from '../world.ts'

/** What members may look at by id. The guest has the folders granted too, but its role sees no library. */
function photoOutcomes(name: PhotoName): Record<Who, Outcome> {
  const hidden: Record<Who, Outcome> = { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found' }
  if (name === 'foreign') return { ...hidden, user: 'not_found' }
  return name === 'own' || name === 'shared' ? { ...ACCOUNTS, guest: 'not_found' } : hidden
}

const photoRows = (procedure: string, extra: object): Row[] =>
  PHOTOS.map((name) => ({
    procedure,
    object: [name, ...Object.values(extra)].join(' '),
    input: (world) => ({ id: world.photo[name], ...extra }),
    expect: photoOutcomes(name),
  }))

export const libraryRows: Row[] = [
  { procedure: 'timeline.months', input: nothing, expect: LIBRARY },
  { procedure: 'timeline.month', input: () => ({ month: '2026-01' }), expect: LIBRARY },
  ...photoRows('photos.get', {}),
  ...MEDIA_KINDS.flatMap((kind) => photoRows('media.open', { kind, version: '1' })),
]
