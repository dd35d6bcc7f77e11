import { MEDIA_KINDS } from '../../../electron/contract/photos.ts'
import { ACCOUNTS, alsoViewing, LIBRARY, type Outcome, type Row } from '../outcomes.ts'
import { PHOTOS, type PhotoName, type Who } from '../world.ts'

type Outcomes = Record<Who, Outcome>

/** What members may look at by id. The guest has the folders granted too, but its role sees no library. */
export function photoOutcomes(name: PhotoName): Outcomes {
  const hidden: Outcomes = { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found' }
  if (name === 'missing') return { ...hidden, user: 'not_found', ...admins('not_found') }
  if (name === 'foreign') return { ...hidden, user: 'not_found' }
  if (name === 'own' || name === 'shared' || name === 'offline') return { ...hidden, viewer: 'ok' }
  return hidden
}

const admins = (outcome: Outcome) => ({ admin: outcome, super: outcome, unknownRoleWithFlag: outcome })

/** Made pictures are in the cache; originals only where the drive is, and for nobody who views as another. */
function bytesOutcomes(name: PhotoName, kind: string): Outcomes {
  const seen = alsoViewing(photoOutcomes(name))
  if (kind !== 'original') return seen
  if (seen.viewing === 'ok') seen.viewing = 'forbidden'
  if (name !== 'offline') return seen
  return { ...seen, viewer: 'unavailable', user: 'unavailable', ...admins('unavailable') }
}

/** Viewers and guests change nothing; users only what is in read-write folders. */
export function changeOutcomes(name: PhotoName): Outcomes {
  const seen: Outcomes = { ...photoOutcomes(name), guest: 'forbidden', viewer: 'forbidden' }
  return name === 'shared' ? { ...seen, user: 'forbidden' } : seen
}

const rows = (procedure: string, extra: object, outcomes: (name: PhotoName) => Outcomes): Row[] =>
  PHOTOS.map((name) => ({
    procedure,
    object: [name, ...Object.values(extra)].join(' '),
    input: (world) => ({ id: world.photo[name], ...extra }),
    expect: outcomes(name),
  }))

/** Whoever may hide photos is told who sees them then: also of those that they see, but may not change. */
const hiddenRows: Row[] = PHOTOS.map((name) => ({
  procedure: 'photos.seenWhenHidden',
  object: name,
  input: ({ photo }) => ({ ids: [photo[name]] }),
  expect: { ...photoOutcomes(name), guest: 'forbidden', viewer: 'forbidden' },
}))

/** Sets a mark to what it is, so that no cell changes what another one finds. */
const markRows = (mark: 'archived' | 'private'): Row[] =>
  PHOTOS.map((name) => ({
    procedure: 'photos.update',
    object: `${name} ${mark}`,
    input: ({ photo }) => ({ ids: [photo[name]], [mark]: name === mark }),
    expect: changeOutcomes(name),
  }))

/** Views beside the own one: those who may not see the household get their own, or are told of no such account. */
const viewRows = ['timeline.months', 'timeline.month'].flatMap((procedure): Row[] => {
  const month = procedure === 'timeline.month' ? { month: '2026-01' } : {}
  const others: Outcomes = alsoViewing({ ...LIBRARY, viewer: 'not_found', user: 'not_found' })
  const own = alsoViewing(LIBRARY)
  return [
    { procedure, object: 'own', input: () => month, expect: own },
    { procedure, object: 'everyone', input: () => ({ ...month, view: 'everyone' }), expect: own },
    {
      procedure,
      object: 'own, by its account',
      input: ({ idOf }, who) => ({ ...month, view: { accountId: idOf(who) || 1 } }),
      // the viewer's own account is another one for the account it views as
      expect: { ...own, viewing: 'not_found' },
    },
    {
      procedure,
      object: "another account's",
      input: ({ olgaId }) => ({ ...month, view: { accountId: olgaId } }),
      expect: others,
    },
    {
      procedure,
      object: 'of an account that does not exist',
      input: () => ({ ...month, view: { accountId: 999_999 } }),
      expect: { ...others, ...admins('not_found') },
    },
  ]
})

export const libraryRows: Row[] = [
  ...viewRows,
  ...rows('photos.get', {}, (name) => alsoViewing(photoOutcomes(name))),
  ...['media.open', 'media.may'].flatMap((procedure) =>
    MEDIA_KINDS.flatMap((kind) =>
      rows(procedure, { kind, version: '1' }, (name) => bytesOutcomes(name, kind)),
    ),
  ),
  ...hiddenRows,
  {
    procedure: 'photos.seenWhenHidden',
    object: 'own ones and one that is foreign',
    input: ({ photo }) => ({ ids: [photo.own, photo.foreign] }),
    expect: changeOutcomes('foreign'),
  },
  ...markRows('archived'),
  ...markRows('private'),
  {
    procedure: 'photos.update',
    object: 'own ones and one that is foreign',
    input: ({ photo }) => ({ ids: [photo.own, photo.foreign], archived: false }),
    expect: changeOutcomes('foreign'),
  },
]
