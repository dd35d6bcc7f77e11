import { ACCOUNTS, alsoViewing, LIBRARY, type Outcome, type Row } from '../outcomes.ts'
import { PHOTOS, type PhotoName, type Who, type World } from '../world.ts'
import { changeOutcomes, photoOutcomes } from './library.ts'

type Outcomes = Record<Who, Outcome>

/** Who may share at all. */
const SHARERS: Outcomes = { ...LIBRARY, viewer: 'forbidden' }
const ADMINS = ['admin', 'super', 'unknownRoleWithFlag'] as const

const all = (outcomes: Outcomes, who: readonly Who[], outcome: Outcome): Outcomes => ({
  ...outcomes,
  ...Object.fromEntries(who.map((each) => [each, outcome])),
})

/** What is private or in the trash is shared by nobody; a read-only folder is not shared on but by admins. */
function shareOutcomes(name: PhotoName): Outcomes {
  const seen: Outcomes = { ...changeOutcomes(name), guest: 'forbidden', viewer: 'forbidden' }
  return name === 'private' || name === 'trashed' ? all(seen, [...ADMINS, 'user'], 'forbidden') : seen
}

/** Whoever holds a link: all accounts and visitors, where they opened it. */
const HOLDERS: Outcomes = { ...alsoViewing(ACCOUNTS), visitor: 'ok' }
const NOT_HELD = all(HOLDERS, ['guest', 'viewer', 'user', 'viewing', 'visitor', ...ADMINS], 'not_found')

/** What is asked of a link that somebody holds, and of a photo in it. */
const HELD: Record<string, (world: World) => object> = {
  'shares.get': () => ({}),
  'shares.months': () => ({}),
  'shares.month': () => ({ month: '2026-01' }),
  'shares.photo': ({ photo }) => ({ id: photo.foreign }),
  'media.openHeld': ({ photo }) => ({ id: photo.foreign, kind: 'original', version: '1' }),
  'media.mayHeld': ({ photo }) => ({ id: photo.foreign, kind: 'thumb', version: '1' }),
}

const heldRows = Object.entries(HELD).flatMap(([procedure, input]): Row[] => [
  {
    procedure,
    object: 'of a link that was opened',
    input: (world) => ({ share: world.opened.id, ...input(world) }),
    // whoever views as another account is handed nothing to keep
    expect: procedure === 'media.openHeld' ? { ...HOLDERS, viewing: 'forbidden' } : HOLDERS,
  },
  {
    procedure,
    object: 'of a link that was not',
    input: async (world) => ({ share: (await world.unopened()).id, ...input(world) }),
    expect: NOT_HELD,
  },
  { procedure, object: 'of none', input: (world) => ({ share: 999_999, ...input(world) }), expect: NOT_HELD },
])

/** What lies beside the one photo that was shared, in the same folders that some of them have anyway. */
const besideRows = ['shares.photo', 'media.openHeld', 'media.mayHeld'].flatMap((procedure) =>
  PHOTOS.filter((name) => name !== 'foreign').map(
    (name): Row => ({
      procedure,
      object: `${name}, which the link does not hold`,
      input: ({ opened, photo }) => ({
        ...{ share: opened.id, id: photo[name] },
        ...(procedure.startsWith('media') && { kind: 'thumb', version: '1' }),
      }),
      expect: NOT_HELD,
    }),
  ),
)

/** Whoever views as another saves nothing. */
const SAVERS: Outcomes = { ...HOLDERS, viewing: 'forbidden' }
const NOT_SAVED: Outcomes = { ...NOT_HELD, viewing: 'forbidden' }

/** An archive of a link's photos that somebody asked for; of nobody where they may not. */
async function archiveOf({ call, get, callers, opened }: World, who: Who): Promise<string> {
  const input = { share: opened.id }
  const { ok } = await call(callers[who], 'shares.download', input)
  return ok ? (await get(callers[who], 'shares.download', input)).id : 'none'
}

const downloadRows: Row[] = [
  {
    procedure: 'shares.download',
    object: 'all of a link that was opened',
    input: ({ opened }) => ({ share: opened.id }),
    expect: SAVERS,
  },
  {
    procedure: 'shares.download',
    object: 'of a link that was not',
    input: async (world) => ({ share: (await world.unopened()).id }),
    expect: NOT_SAVED,
  },
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'shares.download',
      object: name === 'foreign' ? 'what the link holds' : `${name}, which the link does not hold`,
      input: ({ opened, photo }) => ({ share: opened.id, ids: [photo[name]] }),
      expect: name === 'foreign' ? SAVERS : NOT_SAVED,
    }),
  ),
  {
    procedure: 'zip.openHeld',
    object: 'own',
    input: async (world, who) => ({ share: world.opened.id, id: await archiveOf(world, who) }),
    expect: { ...SAVERS, viewing: 'not_found' },
  },
  {
    procedure: 'zip.openHeld',
    object: "another holder's",
    input: async (world) => ({ share: world.opened.id, id: await archiveOf(world, 'admin') }),
    expect: { ...NOT_HELD, admin: 'ok' },
  },
]

const nobodys = ['anonymous', 'visitor', 'disabled', 'unknownRole'] as const

export const shareRows: Row[] = [
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'shares.createLink',
      object: name,
      input: ({ photo }) => ({ photoIds: [photo[name]] }),
      expect: shareOutcomes(name),
    }),
  ),
  {
    procedure: 'shares.createLink',
    object: "another's album",
    input: () => ({ albumId: 999_999 }),
    expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
  },
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'shares.shareWith',
      object: name,
      input: ({ photo, olgaId }) => ({ photoIds: [photo[name]], accountIds: [olgaId] }),
      expect: shareOutcomes(name),
    }),
  ),
  {
    procedure: 'shares.shareWith',
    object: "another's album",
    input: ({ olgaId }) => ({ albumId: 999_999, accountIds: [olgaId] }),
    expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.shareWith',
    object: 'an account that may not log in',
    input: ({ photo, idOf }) => ({ photoIds: [photo.own], accountIds: [idOf('disabled')] }),
    expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
  },
  { procedure: 'shares.people', input: () => ({}), expect: SHARERS },
  {
    procedure: 'shares.addPeople',
    object: "another's share",
    input: async (world) => ({ id: (await world.direct()).id, accountIds: [world.olgaId] }),
    expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.removePeople',
    object: "another's share",
    input: async (world, who) => ({
      id: (await world.direct()).id,
      accountIds: [world.idOf(who) || world.olgaId],
    }),
    expect: all(ACCOUNTS, ['guest', 'viewer', 'user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.setPart',
    object: "another's share",
    input: async (world) => ({
      id: (await world.contributing()).id,
      accountIds: [world.olgaId],
      part: 'viewer',
    }),
    expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
  },
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'shares.contribute',
      object: name,
      input: async (world) => ({ share: (await world.contributing()).id, photoIds: [world.photo[name]] }),
      expect: shareOutcomes(name),
    }),
  ),
  {
    procedure: 'shares.contribute',
    object: 'to what one only looks at',
    input: async (world) => ({ share: (await world.direct()).id, photoIds: [world.photo.own] }),
    expect: all(SHARERS, ['user', ...ADMINS], 'forbidden'),
  },
  {
    procedure: 'shares.contribute',
    object: 'to what is shared with others',
    input: async (world) => ({ share: (await world.unopened()).id, photoIds: [world.photo.own] }),
    expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.withdraw',
    object: 'one’s own addition',
    input: async (world, who) => ({
      share: await world.contributed(world.idOf(who) || world.olgaId),
      photoIds: [world.photo.own],
    }),
    expect: ACCOUNTS,
  },
  {
    procedure: 'shares.withdraw',
    object: 'of what is shared with others',
    input: async (world) => ({ share: (await world.unopened()).id, photoIds: [world.photo.own] }),
    expect: all(ACCOUNTS, ['guest', 'viewer', 'user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.bringBack',
    object: 'what one took out',
    input: async (world, who) => ({
      share: await world.contributed(world.idOf(who) || world.olgaId, true),
      photoIds: [world.photo.own],
    }),
    expect: ACCOUNTS,
  },
  {
    procedure: 'shares.bringBack',
    object: 'of what is shared with others',
    input: async (world) => ({ share: (await world.unopened()).id, photoIds: [world.photo.own] }),
    expect: all(ACCOUNTS, ['guest', 'viewer', 'user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.noteOpened',
    object: 'with whom it is shared',
    input: async (world) => ({ share: (await world.direct()).id }),
    expect: ACCOUNTS,
  },
  {
    procedure: 'shares.noteOpened',
    object: 'with others',
    input: async (world) => ({ share: (await world.unopened()).id }),
    expect: all(ACCOUNTS, ['guest', 'viewer', 'user', ...ADMINS], 'not_found'),
  },
  {
    procedure: 'shares.get',
    object: 'that is shared by name',
    input: async (world) => ({ share: (await world.direct()).id }),
    expect: { ...HOLDERS, visitor: 'not_found' },
  },
  ...(['shares.update', 'shares.addPhotos'] as const).map(
    (procedure): Row => ({
      procedure,
      object: "another's link",
      input: ({ opened, photo }) => ({
        id: opened.id,
        ...(procedure === 'shares.update' ? { options: { label: 'mine' } } : { photoIds: [photo.own] }),
      }),
      expect: all(SHARERS, ['user', ...ADMINS], 'not_found'),
    }),
  ),
  {
    procedure: 'shares.revoke',
    object: "another's link",
    input: async (world) => ({ id: (await world.unopened()).id }),
    expect: all({ ...ACCOUNTS, operator: 'ok' }, ['guest', 'viewer', 'user'], 'not_found'),
  },
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'shares.showing',
      object: name,
      input: ({ photo }) => ({ photoId: photo[name] }),
      expect: alsoViewing(photoOutcomes(name)),
    }),
  ),
  { procedure: 'shares.list', input: () => ({}), expect: alsoViewing(ACCOUNTS) },
  {
    procedure: 'shares.overview',
    object: 'own',
    input: () => ({}),
    expect: { ...alsoViewing(ACCOUNTS), operator: 'ok' },
  },
  {
    procedure: 'shares.overview',
    object: "everyone's",
    input: () => ({ everyone: true }),
    expect: {
      ...all(alsoViewing(ACCOUNTS), ['guest', 'viewer', 'user', 'viewing'], 'forbidden'),
      operator: 'ok',
    },
  },
  {
    procedure: 'shares.open',
    object: 'a link',
    input: async (world) => ({ token: (await world.unopened()).token }),
    expect: all(ACCOUNTS, nobodys, 'ok'),
  },
  {
    procedure: 'shares.open',
    object: 'no link',
    input: () => ({ token: 'nothing' }),
    expect: all(ACCOUNTS, [...nobodys, 'guest', 'viewer', 'user', ...ADMINS], 'not_found'),
  },
  ...(['card.describe', 'card.open'] as const).flatMap((procedure): Row[] => [
    {
      procedure,
      object: 'a link',
      input: async (world) => ({ token: (await world.unopened()).token }),
      expect: all(ACCOUNTS, nobodys, 'ok'),
    },
    {
      procedure,
      object: 'no link',
      input: () => ({ token: 'nothing' }),
      expect: all(ACCOUNTS, [...nobodys, 'guest', 'viewer', 'user', ...ADMINS], 'not_found'),
    },
  ]),
  {
    procedure: 'shares.passAgain',
    object: 'a link without a password, that was opened',
    input: ({ opened }) => ({ share: opened.id, password: 'any' }),
    expect: ACCOUNTS,
  },
  {
    procedure: 'shares.passAgain',
    object: 'a link that was not opened',
    input: async (world) => ({ share: (await world.unopened()).id, password: 'any' }),
    expect: all(ACCOUNTS, ['guest', 'viewer', 'user', ...ADMINS], 'not_found'),
  },
  { procedure: 'shares.withMe', input: () => ({}), expect: alsoViewing(ACCOUNTS) },
  {
    procedure: 'shares.leave',
    object: 'a link that was not opened',
    input: () => ({ share: 999_999 }),
    expect: ACCOUNTS,
  },
  ...heldRows,
  ...downloadRows,
  ...besideRows,
]
