import { eq } from 'drizzle-orm'
import { albums } from '../../../electron/db/schema.ts'
import { alsoViewing, LIBRARY, type Outcome, type Row } from '../outcomes.ts'
import { PHOTOS, type PhotoName, type Who, type World } from '../world.ts'

// What accounts add to photos: favourites, ratings, captions, tags, albums. Cells set what is set already where they can, or work on what
// they made.

type Outcomes = Record<Who, Outcome>

const all = (outcomes: Outcomes, outcome: Outcome): Outcomes => ({
  ...outcomes,
  ...Object.fromEntries(MEMBERS.map((who) => [who, outcome])),
})
const MEMBERS = ['viewer', 'user', 'admin', 'super', 'unknownRoleWithFlag'] as const

/** Viewers favourite and rate what they are shown; guests nothing at all. */
function markOutcomes(name: PhotoName): Outcomes {
  const seen = LIBRARY
  if (name === 'missing') return all(seen, 'not_found')
  if (name === 'foreign') return { ...seen, viewer: 'not_found', user: 'not_found' }
  return ['private', 'archived', 'trashed'].includes(name) ? { ...seen, viewer: 'not_found' } : seen
}

/** The rest is for those who may change things in their own overlay; */
const ownOutcomes = (name: PhotoName): Outcomes => ({ ...markOutcomes(name), viewer: 'forbidden' })

/** and what is said for everyone only where the photos are theirs to change. */
const everyonesOutcomes = (name: PhotoName): Outcomes =>
  name === 'shared' ? { ...ownOutcomes(name), user: 'forbidden' } : ownOutcomes(name)

/** A viewer's overlay holds no captions: what it sees it may not caption, what it does not see is not there. */
const captionOutcomes = (name: PhotoName): Outcomes => ({
  ...markOutcomes(name),
  viewer: markOutcomes(name).viewer === 'ok' ? 'forbidden' : 'not_found',
})

const rows = (
  procedure: string,
  title: string,
  input: (id: number, world: World, who: Who) => unknown,
  outcomes: (name: PhotoName) => Outcomes,
): Row[] =>
  PHOTOS.map((name) => ({
    procedure,
    object: `${name} ${title}`.trim(),
    input: (world, who) => input(world.photo[name], world, who),
    expect: outcomes(name),
  }))

const WHO_HOLD_ALBUMS = { ...LIBRARY, viewer: 'forbidden' } as const satisfies Outcomes

/** Who has albums and tags of their own. */
const hasOverlay = (who: Who) => (MEMBERS as readonly Who[]).includes(who) && who !== 'viewer'

/** An album of the account's own, or of somebody's where it can have none; made by the row itself. */
async function albumOf(world: World, who: Who, photoIds: number[] = []): Promise<number> {
  const owner = await world.as(world.idOf(hasOverlay(who) ? who : 'super'))
  const made = await world.get(owner, 'albums.create', {
    title: 'Row',
    ...(photoIds.length > 0 && { photoIds }),
  })
  return made.id
}

const foreignAlbum = async (world: World) =>
  (await world.get(await world.as(world.olgaId), 'albums.create', { title: 'Olga' })).id

const absent = (outcomes: Outcomes): Outcomes => {
  const found = Object.entries(outcomes).map(([who, outcome]) => [
    who,
    outcome === 'ok' ? 'not_found' : outcome,
  ])
  return Object.fromEntries(found) as Outcomes // the keys stay
}

const albumRows: Row[] = [
  { procedure: 'albums.list', input: () => ({}), expect: alsoViewing(LIBRARY) },
  {
    procedure: 'albums.list',
    object: "another account's view",
    input: ({ olgaId }) => ({ view: { accountId: olgaId } }),
    expect: alsoViewing({ ...LIBRARY, viewer: 'not_found', user: 'not_found' }),
  },
  {
    procedure: 'albums.get',
    object: 'own',
    input: async (world, who) => ({ id: await albumOf(world, who) }),
    expect: { ...LIBRARY, viewer: 'not_found', viewing: 'not_found' },
  },
  {
    procedure: 'albums.get',
    object: "another account's",
    input: async (world) => ({ id: await foreignAlbum(world) }),
    expect: alsoViewing(absent(LIBRARY)),
  },
  { procedure: 'albums.create', input: () => ({ title: 'Made' }), expect: WHO_HOLD_ALBUMS },
  {
    procedure: 'albums.create',
    object: "in another account's",
    input: async (world) => ({ title: 'Made', parentId: await foreignAlbum(world) }),
    expect: absent(WHO_HOLD_ALBUMS),
  },
  {
    procedure: 'albums.create',
    object: 'with a photo that is foreign',
    input: ({ photo }) => ({ title: 'Made', photoIds: [photo.own, photo.foreign] }),
    expect: { ...WHO_HOLD_ALBUMS, user: 'not_found' },
  },
  {
    procedure: 'albums.add',
    object: "to another account's",
    input: async (world) => ({ id: await foreignAlbum(world), ids: [world.photo.own] }),
    expect: absent(WHO_HOLD_ALBUMS),
  },
  {
    procedure: 'albums.take',
    object: "out of another account's",
    input: async (world) => ({ id: await foreignAlbum(world), ids: [world.photo.own] }),
    expect: absent(WHO_HOLD_ALBUMS),
  },
  {
    procedure: 'albums.take',
    object: 'own',
    input: async (world, who) => ({
      id: await albumOf(world, who, [world.photo.own]),
      ids: [world.photo.own],
    }),
    expect: WHO_HOLD_ALBUMS,
  },
]

/** An album of the account's own that it has removed. */
async function removedAlbumOf(world: World, who: Who): Promise<number> {
  const id = await albumOf(world, who)
  const { accountId } = await ownerOf(world, id)
  await world.get(await world.as(accountId), 'albums.remove', { id })
  return id
}

async function ownerOf({ services: { db } }: World, id: number): Promise<{ accountId: number }> {
  const [album] = await db.read.select().from(albums).where(eq(albums.id, id))
  return { accountId: album?.ownerId ?? 0 }
}

/** Changes of an album: one's own, and another account's. */
const changes: [procedure: string, rest: (world: World) => object][] = [
  ['albums.update', () => ({ description: 'changed' })],
  ['albums.remove', () => ({})],
  ['albums.arrange', ({ photo }) => ({ ids: [photo.own], before: null })],
]
const albumChanges: Row[] = [
  ...changes.flatMap(([procedure, rest]): Row[] => [
    {
      procedure,
      object: 'own',
      input: async (world, who) => ({ id: await albumOf(world, who, [world.photo.own]), ...rest(world) }),
      expect: WHO_HOLD_ALBUMS,
    },
    {
      procedure,
      object: "another account's",
      input: async (world) => ({ id: await foreignAlbum(world), ...rest(world) }),
      expect: absent(WHO_HOLD_ALBUMS),
    },
  ]),
  {
    procedure: 'albums.restore',
    object: 'own',
    input: async (world, who) => ({ id: await removedAlbumOf(world, who) }),
    expect: WHO_HOLD_ALBUMS,
  },
  {
    procedure: 'albums.restore',
    object: 'one that was not removed',
    input: async (world, who) => ({ id: await albumOf(world, who) }),
    expect: absent(WHO_HOLD_ALBUMS),
  },
  { procedure: 'albums.removed', input: () => ({}), expect: alsoViewing(LIBRARY) },
]

/** A tag of this account, for everyone or its own. */
async function tagBy(world: World, accountId: number, shared: boolean): Promise<number> {
  const by = await world.as(accountId)
  const photo = accountId === world.olgaId ? world.photo.foreign : world.photo.own
  await world.get(by, 'photos.tag', { ids: [photo], add: [['changed']], shared })
  const { tags } = await world.get(by, 'photos.get', { id: photo })
  return tags.find((tag) => tag.shared === shared && tag.path[0] === 'changed')?.id ?? 0
}

/** Changes of a tag: one's own, another account's, and one for everyone, which is for those who may change every photo. */
const tagChanges: Row[] = (
  [
    ['tags.update', { name: 'changed' }],
    ['tags.remove', {}],
  ] as const
).flatMap(([procedure, rest]): Row[] => [
  {
    procedure,
    object: 'own',
    input: async (world, who) => ({
      id: await tagBy(world, hasOverlay(who) ? world.idOf(who) : world.idOf('super'), false),
      ...rest,
    }),
    expect: WHO_HOLD_ALBUMS,
  },
  {
    procedure,
    object: "another account's",
    input: async (world) => ({ id: await tagBy(world, world.olgaId, false), ...rest }),
    expect: absent(WHO_HOLD_ALBUMS),
  },
  {
    procedure,
    object: 'for everyone',
    input: async (world) => ({ id: await tagBy(world, world.idOf('super'), true), ...rest }),
    expect: { ...WHO_HOLD_ALBUMS, user: 'forbidden' },
  },
])

export const attachedRows: Row[] = [
  ...rows('photos.overlay', 'favourite', (id) => ({ ids: [id], favourite: false }), markOutcomes),
  ...rows('photos.overlay', 'rating', (id) => ({ ids: [id], rating: 0 }), markOutcomes),
  ...rows('photos.overlay', 'caption', (id) => ({ ids: [id], caption: '' }), captionOutcomes),
  {
    procedure: 'photos.overlay',
    object: 'own ones and one that is foreign',
    input: ({ photo }) => ({ ids: [photo.own, photo.foreign], favourite: true }),
    expect: markOutcomes('foreign'),
  },
  ...rows('photos.sharedCaption', '', (id) => ({ ids: [id], caption: '' }), everyonesOutcomes),
  ...rows('photos.tag', '', (id) => ({ ids: [id], add: [['row']] }), ownOutcomes),
  ...rows(
    'photos.tag',
    'for everyone',
    (id) => ({ ids: [id], add: [['row']], shared: true }),
    everyonesOutcomes,
  ),
  {
    procedure: 'photos.tag',
    object: "another account's tag",
    input: async (world) => ({
      ids: [world.photo.own],
      remove: [await tagBy(world, world.olgaId, false)],
    }),
    expect: absent(WHO_HOLD_ALBUMS),
  },
  { procedure: 'tags.list', input: () => ({}), expect: alsoViewing(LIBRARY) },
  {
    procedure: 'tags.list',
    object: "another account's view",
    input: ({ olgaId }) => ({ view: { accountId: olgaId } }),
    expect: alsoViewing({ ...LIBRARY, viewer: 'not_found', user: 'not_found' }),
  },
  ...rows(
    'albums.add',
    '',
    async (id, world, who) => ({ id: await albumOf(world, who), ids: [id] }),
    ownOutcomes,
  ),
  ...albumRows,
  ...albumChanges,
  ...tagChanges,
]
