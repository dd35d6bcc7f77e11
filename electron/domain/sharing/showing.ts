import { and, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import { capabilitiesOf, mayEnter } from '../../access/capabilities.ts'
import { closedBecause, type FoundLink, scopeWhenOpen } from '../../access/links.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import type { Showing } from '../../contract/shares.ts'
import type { Read } from '../../db/connect.ts'
import { albumPhotos, shareContributions, shareGuests, sharePhotos, shares } from '../../db/schema.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { findPhoto } from '../library/photo.ts'
import { findInList, photosOfLink } from './content.ts'
import { findLinks } from './find-link.ts'
import { guestsOf } from './guests.ts'
import { contentsOf } from './name.ts'
import { isCreator } from './own.ts'

/**
 * What is shared and shows a photo at this moment, the latest first: by the account, for whoever administers by anybody, and albums of others that
 * the account added the photo to. `now`: epoch ms. Throws `Refusal` `not_found` for a photo out of reach.
 */
export async function sharesShowing(
  db: Read,
  by: AccountPrincipal,
  photoId: number,
  now: number,
): Promise<Showing[]> {
  if (!(await findPhoto(db, await reachableScope(db, by), photoId))) throw notFound()
  const showing: FoundLink[] = []
  for (const link of await findLinks(db, and(toldTo(db, by, photoId), mayHold(db, photoId))))
    if (await shows(db, link, photoId, now)) showing.push(link)
  return describe(db, by, showing)
}

/** Shares of which somebody is told that a photo is in them. */
function toldTo(db: Read, by: AccountPrincipal, photoId: number): SQL | undefined {
  if (capabilitiesOf(by).has('administer')) return undefined
  const { shareId, accountId } = shareContributions
  // of what they had once and have no more, nobody is told
  const has = and(eq(shareGuests.shareId, shareId), eq(shareGuests.accountId, accountId))
  const added = db
    .select({ id: shareId })
    .from(shareContributions)
    .innerJoin(shareGuests, has)
    .where(and(contributionOf(photoId), eq(accountId, by.accountId)))
  return or(eq(shares.creatorId, by.accountId), inArray(shares.id, added))
}

const contributionOf = (photoId: number) =>
  and(eq(shareContributions.photoId, photoId), isNull(shareContributions.withdrawnBy))

/** Shares that may hold a photo, as quickly as that can be said: those of folders all may. */
function mayHold(db: Read, photoId: number): SQL | undefined {
  const albums = db
    .select({ id: albumPhotos.albumId })
    .from(albumPhotos)
    .where(eq(albumPhotos.photoId, photoId))
  const picked = db
    .select({ id: sharePhotos.shareId })
    .from(sharePhotos)
    .where(eq(sharePhotos.photoId, photoId))
  const added = db
    .select({ id: shareContributions.shareId })
    .from(shareContributions)
    .where(contributionOf(photoId))
  return or(
    isNotNull(shares.directoryId),
    inArray(shares.albumId, albums),
    inArray(shares.id, picked),
    inArray(shares.id, added),
  )
}

async function shows(db: Read, link: FoundLink, photoId: number, now: number): Promise<boolean> {
  if (closedBecause(link, now)) return false
  try {
    const list = await photosOfLink(db, link, await scopeWhenOpen(db, link))
    await findInList(db, list, photoId)
    return true
  } catch (error) {
    // it is not in it, or the album or folder is out of its creator's reach
    if (error instanceof Refusal && error.code === 'not_found') return false
    throw error
  }
}

async function describe(db: Read, by: AccountPrincipal, links: readonly FoundLink[]): Promise<Showing[]> {
  const contents = await contentsOf(
    db,
    links.map(({ share }) => share),
  )
  const guests = await guestsOf(db, links, (account) => account.mayLogIn && mayEnter(account))
  const tellsAll = capabilitiesOf(by).has('administer')
  return links.flatMap(({ share, creator }): Showing[] => {
    const { id, direct, viewLimit, views, label } = share
    const isOwn = isCreator(by, creator.id)
    const people = direct ? (guests.get(id) ?? []) : []
    // shared by name with nobody who may log in
    if (direct && people.length === 0) return []
    const content = contents.get(id)?.content ?? { kind: 'photos' }
    return [
      {
        ...{ id, direct, isOwn, kind: content.kind },
        title: content.kind === 'photos' ? '' : content.title,
        label: isOwn || tellsAll ? label : '',
        isFull: viewLimit !== null && views >= viewLimit,
        by: creator.name || (tellsAll ? creator.username : ''),
        people: isOwn || tellsAll ? people.map(({ accountId, name }) => ({ accountId, name })) : [],
      },
    ]
  })
}
