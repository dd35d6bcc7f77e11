import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Access } from '../contract/fields.ts'
import type { View } from '../contract/photos.ts'
import { REASONS, type Reason } from '../contract/reasons.ts'
import type { Read } from '../db/connect.ts'
import { accounts, areaAccess, areas, photos } from '../db/schema.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { readAreasInUse } from './areas-in-use.ts'
import { capabilitiesOf, extentsOf } from './capabilities.ts'
import { mayWith } from './photo-actions.ts'
import type { AccountPrincipal, HolderPrincipal, OperatorPrincipal } from './principal.ts'

declare const minted: unique symbol

export type Shelf = (typeof photos.$inferSelect)['shelf']

/** How an account reaches one area. */
export interface Reach {
  readonly access: Access
  readonly mayShare: boolean
  /** why its files can't be had at the moment; null while it is online */
  readonly offline: Reason | null
}

/**
 * Which photos somebody reaches. Every query over photos demands one, and only this file can make one: reading or
 * counting photos without asking here does not compile.
 */
export interface Scope {
  readonly [minted]: true
  readonly areas: ReadonlyMap<number, Reach>
  readonly shelves: readonly Shelf[]
  /** false while the household has switched videos off: they are nowhere then, but on the disk */
  readonly videos: boolean
  /** what keeps it narrower than its areas and shelves: a condition on `photos` */
  readonly only?: SQL
  readonly by: AccountPrincipal | OperatorPrincipal | HolderPrincipal
}

const mint = (scope: Omit<Scope, typeof minted>) => scope as Scope // the brand exists in types only

/**
 * What an account's timeline holds: nothing archived, private, trashed or missing. `mine`: the folders granted to it; for those who
 * may see the household also `everyone`: all of it, and one account's: what is granted to that one. Others who ask for everyone get
 * their own; asking for another account's throws `Refusal` `not_found`, as does an account that does not exist.
 */
export async function timelineScope(db: Read, by: AccountPrincipal, view: View = 'mine'): Promise<Scope> {
  return mint({ areas: await viewed(db, by, view), shelves: ['shown'], videos: by.flags.videos, by })
}

/**
 * The same folders' photos of one shelf that is hidden from the timeline. Throws `Refusal` `forbidden` for whoever sees nothing hidden,
 * else as {@link timelineScope} does.
 */
export async function hiddenScope(
  db: Read,
  by: AccountPrincipal,
  view: View | undefined,
  shelf: 'archived' | 'private',
): Promise<Scope> {
  if (!capabilitiesOf(by).has('viewHidden')) throw new Refusal('forbidden')
  return mint({ ...(await timelineScope(db, by, view)), shelves: [shelf] })
}

/** The part of a scope that lies in some of its areas. */
export function partOf(scope: Scope, isIn: (areaId: number, reach: Reach) => boolean): Scope {
  const areas = new Map([...scope.areas].filter(([id, reach]) => isIn(id, reach)))
  return mint({ ...scope, areas })
}

/**
 * What an account may look at by id: for admins every folder of the household, for others their own; for viewers
 * nothing private, archived or in the trash.
 */
export async function reachableScope(db: Read, by: AccountPrincipal): Promise<Scope> {
  const shelves: Shelf[] = capabilitiesOf(by).has('viewHidden')
    ? ['shown', 'archived', 'private', 'trashed']
    : ['shown']
  return mint({ areas: await widestReach(db, by), shelves, videos: by.flags.videos, by })
}

/** Somebody who added photos to what another shares. */
export interface Contributor {
  readonly account: AccountPrincipal
  /** a query of the ids of these photos */
  readonly added: SQL
}

interface Shown {
  /** photos were picked one by one: archived ones too, then */
  isPicked: boolean
  contributors: readonly Contributor[]
}

/**
 * What a link may show of what its creator sees at this moment: the folders that may be shared on, nothing private, in the trash or
 * missing, and of what is archived only photos that were picked one by one; and of what others added to it what the same rules let
 * each of them share. What the link is to narrows it further.
 */
export async function linkScope(
  db: Read,
  creator: AccountPrincipal,
  holder: HolderPrincipal,
  { isPicked, contributors }: Shown,
): Promise<Scope> {
  const { shelves, areas, videos } = await shareable(db, creator)
  const shown = shelves.filter((shelf) => shelf === 'shown' || (isPicked && shelf === 'archived'))
  const theirs = await Promise.all(
    contributors.map(async ({ account, added }) => ({ added, areas: (await shareable(db, account)).areas })),
  )
  const scope = { shelves: shown, videos, by: holder }
  if (theirs.length === 0) return mint({ ...scope, areas })
  const isIn = (reached: Areas) => inArray(photos.areaId, [...reached.keys()])
  const only = or(
    isIn(areas),
    ...theirs.map((each) => and(isIn(each.areas), sql`${photos.id} in (${each.added})`)),
  )
  const all = new Map([...theirs.flatMap((each) => [...each.areas]), ...areas])
  return mint({ ...scope, areas: all, ...(only && { only }) })
}

/** What an account reaches at this moment and may share on. */
async function shareable(db: Read, by: AccountPrincipal): Promise<Scope & { areas: Areas }> {
  const seen = await reachableScope(db, by)
  const areas = [...seen.areas].filter(([areaId]) => mayWith(seen, { areaId, shelf: 'shown' }).share)
  return { ...seen, areas: new Map(areas) }
}

type Areas = Map<number, Reach>

async function viewed(db: Read, by: AccountPrincipal, view: View): Promise<Areas> {
  if (view === 'mine') return ownReach(db, by)
  if (view === 'everyone') return widestReach(db, by)
  if (view.accountId === by.accountId) return ownReach(db, by)
  if (!capabilitiesOf(by).has('viewHousehold')) throw notFound()
  const exists = and(eq(accounts.id, view.accountId), isNull(accounts.deletedAt))
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(exists)
  if (!account) throw notFound()
  const theirs = await grantedReach(db, account.id)
  // looked at with the caller's own rights, never with theirs
  return new Map([...(await widestReach(db, by))].filter(([id]) => theirs.has(id)))
}

async function ownReach(db: Read, by: AccountPrincipal): Promise<Areas> {
  return capabilitiesOf(by).has('viewLibrary') ? grantedReach(db, by.accountId) : new Map()
}

async function grantedReach(db: Read, accountId: number): Promise<Areas> {
  const { access, mayShare } = areaAccess
  const rows = await db
    .select({
      access,
      mayShare,
      area: { id: areas.id, status: areas.status, statusReason: areas.statusReason },
    })
    .from(areaAccess)
    .innerJoin(areas, eq(areas.id, areaAccess.areaId))
    .where(eq(areaAccess.accountId, accountId))
  return new Map(rows.map(({ area, ...reach }) => [area.id, { ...reach, offline: offlineReason(area) }]))
}

async function widestReach(db: Read, by: AccountPrincipal): Promise<Areas> {
  const own = await ownReach(db, by)
  if (!capabilitiesOf(by).has('viewHousehold')) return own
  const every = await readAreasInUse(db)
  return new Map(
    every.map((area) => [area.id, own.get(area.id) ?? { ...UNGRANTED, offline: offlineReason(area) }]),
  )
}

const UNGRANTED = { access: 'read-only', mayShare: false } as const

function offlineReason({ status, statusReason }: Pick<typeof areas.$inferSelect, 'status' | 'statusReason'>) {
  if (status === 'online') return null
  // one that only a newer version knows is told as the plainest there is
  return statusReason !== null && Object.hasOwn(REASONS, statusReason)
    ? (statusReason as Reason)
    : 'root_missing'
}

/** Counting for the admin area: every folder, every shelf but the missing, videos too. Empty for whoever does not administer. */
export async function administrationScope(
  db: Read,
  by: AccountPrincipal | OperatorPrincipal,
): Promise<Scope> {
  const every = capabilitiesOf(by).has('administer') ? await db.select({ id: areas.id }).from(areas) : []
  const reach: Reach = { ...UNGRANTED, offline: null }
  const shelves: Shelf[] = ['shown', 'archived', 'private', 'trashed']
  return mint({ areas: new Map(every.map(({ id }) => [id, reach])), shelves, videos: true, by })
}

/** Areas whose jobs this actor may see, start and stop: all for whoever may so everywhere, else those of its own folders. */
export async function scannableAreas(db: Read, by: AccountPrincipal | OperatorPrincipal): Promise<number[]> {
  const extent = extentsOf(by).get('ownJobs')
  if (extent === 'yes') return (await db.select({ id: areas.id }).from(areas)).map(({ id }) => id)
  if (by.kind !== 'account' || extent === undefined) return []
  return [...(await ownReach(db, by)).keys()]
}

/** The condition that keeps a query over `photos` inside the scope. */
export function photosIn(scope: Scope): SQL {
  const ids = [...scope.areas.keys()]
  // no area has this number; a constant would leave queries that name their index without a way through it
  if (ids.length === 0) return eq(photos.areaId, 0)
  const kinds = scope.videos ? undefined : ne(photos.kind, 'video')
  const shelves = inArray(photos.shelf, [...scope.shelves])
  return and(inArray(photos.areaId, ids), shelves, kinds, scope.only) ?? sql`0`
}
