import { and, eq } from 'drizzle-orm'
import type { PhotoFilter } from '../../../electron/contract/photos.ts'
import { directories, tags } from '../../../electron/db/schema.ts'
import { addAlbum } from '../../support/belongings.ts'
import { alsoViewing, LIBRARY, type Outcome, type Row } from '../outcomes.ts'
import type { Who, World } from '../world.ts'

type Outcomes = Record<Who, Outcome>

const admins = (outcome: Outcome) => ({ admin: outcome, super: outcome, unknownRoleWithFlag: outcome })
const seen: Outcomes = alsoViewing(LIBRARY)
const nobodys: Outcomes = alsoViewing({
  ...LIBRARY,
  viewer: 'not_found',
  user: 'not_found',
  ...admins('not_found'),
})
const notForViewers: Outcomes = alsoViewing({ ...LIBRARY, viewer: 'forbidden' })

const folderId = async ({ services: { db } }: World, path: string) => {
  const [directory] = await db.read.select().from(directories).where(eq(directories.path, path))
  return directory?.id ?? 0
}

/** A tag of the account; the same one for every cell. */
const tagOf = async ({ services: { db } }: World, accountId: number) => {
  const own = and(eq(tags.accountId, accountId), eq(tags.name, 'list'))
  const [known] = await db.read.select().from(tags).where(own)
  if (known) return known.id
  const [made] = await db.write((tx) => tx.insert(tags).values({ accountId, name: 'list' }).returning())
  return made?.id ?? 0
}

const albumOf = ({ services: { db } }: World, accountId: number) => addAlbum(db, accountId, 'a')

/** Whose things a caller calls its own: whoever views as the user, that user's. */
const ownId = ({ idOf, olgaId }: World, who: Who) => idOf(who === 'viewing' ? 'user' : who) || olgaId

type Case = [object: string, filter: (world: World, who: Who) => PhotoFilter | Promise<PhotoFilter>, Outcomes]

const CASES: Case[] = [
  ['favourites', () => ({ by: 'favourites' }), seen],
  ['ratings', () => ({ by: 'rating', atLeast: 1 }), seen],
  ['recent', () => ({ by: 'recent' }), seen],
  ['on this day', () => ({ by: 'onThisDay', day: '02-29' }), seen],
  ['offline', () => ({ by: 'offline' }), seen],
  ['failed', () => ({ by: 'failed' }), seen],
  ['archived', () => ({ by: 'archived' }), notForViewers],
  ['private', () => ({ by: 'private' }), notForViewers],
  [
    'own folder',
    async (world) => ({ by: 'folder', folderId: await folderId(world, world.folders.own) }),
    seen,
  ],
  [
    'foreign folder',
    async (world) => ({ by: 'folder', folderId: await folderId(world, world.folders.foreign), deep: true }),
    // admins see it where they ask for everyone's
    nobodys,
  ],
  ['folder that does not exist', () => ({ by: 'folder', folderId: 999_999 }), nobodys],
  [
    'own album',
    async (world, who) => ({ by: 'album', albumId: await albumOf(world, ownId(world, who)) }),
    seen,
  ],
  [
    "another's album",
    async (world) => ({ by: 'album', albumId: await albumOf(world, world.olgaId) }),
    nobodys,
  ],
  ['album that does not exist', () => ({ by: 'album', albumId: 999_999 }), nobodys],
  ['own tag', async (world, who) => ({ by: 'tag', tagId: await tagOf(world, ownId(world, who)) }), seen],
  [
    "another's tag",
    async (world) => ({ by: 'tag', tagId: await tagOf(world, world.olgaId), deep: true }),
    nobodys,
  ],
  ['tag that does not exist', () => ({ by: 'tag', tagId: 999_999 }), nobodys],
]

export const listRows: Row[] = [
  ...['timeline.months', 'timeline.month'].flatMap((procedure) =>
    CASES.map(([object, filter, expect]): Row => {
      const month = procedure === 'timeline.month' ? { month: '2026-01' } : {}
      const input = async (world: World, who: Who) => ({ ...month, filter: await filter(world, who) })
      return { procedure, object: `list: ${object}`, input, expect }
    }),
  ),
  {
    procedure: 'timeline.months',
    object: "list: foreign folder, of everyone's",
    input: async (world) => ({
      view: 'everyone',
      filter: { by: 'folder', folderId: await folderId(world, world.folders.foreign) },
    }),
    expect: { ...nobodys, ...admins('ok') },
  },
  { procedure: 'folders.tree', input: () => ({}), expect: seen },
  {
    procedure: 'folders.tree',
    object: 'inside an own one',
    input: async (world) => ({ parentId: await folderId(world, world.folders.own) }),
    expect: seen,
  },
  {
    procedure: 'folders.tree',
    object: 'inside a foreign one',
    input: async (world) => ({ parentId: await folderId(world, world.folders.foreign) }),
    expect: nobodys,
  },
  {
    procedure: 'folders.tree',
    object: "inside a foreign one, of everyone's",
    input: async (world) => ({ parentId: await folderId(world, world.folders.foreign), view: 'everyone' }),
    expect: { ...nobodys, ...admins('ok') },
  },
  {
    procedure: 'folders.tree',
    object: "another account's",
    input: ({ olgaId }) => ({ view: { accountId: olgaId } }),
    expect: { ...nobodys, ...admins('ok') },
  },
  { procedure: 'library.shelves', input: () => ({ today: '06-30' }), expect: seen },
  {
    procedure: 'library.shelves',
    object: "another account's",
    input: ({ olgaId }) => ({ today: '06-30', view: { accountId: olgaId } }),
    expect: { ...nobodys, ...admins('ok') },
  },
]
