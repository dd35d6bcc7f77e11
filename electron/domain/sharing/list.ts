import { and, eq, inArray } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import { type FoundLink, heldScope } from '../../access/links.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../../access/principal.ts'
import type { Output } from '../../contract/contract.ts'
import type { Read } from '../../db/connect.ts'
import { shareGuests, sharePhotos, shares } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import { describeHeld } from './describe.ts'
import { findLinks } from './find-link.ts'

interface To {
  albumId?: number | undefined
  folderId?: number | undefined
  photoId?: number | undefined
}

/** An account's own links, or those of them to one album, folder or picked photo. */
export function ownLinks(
  db: Read,
  { accountId }: AccountPrincipal,
  { albumId, folderId, photoId }: To,
): Promise<FoundLink[]> {
  const picked = db
    .select({ id: sharePhotos.shareId })
    .from(sharePhotos)
    .where(eq(sharePhotos.photoId, photoId ?? 0))
  return findLinks(
    db,
    and(
      eq(shares.creatorId, accountId),
      albumId === undefined ? undefined : eq(shares.albumId, albumId),
      folderId === undefined ? undefined : eq(shares.directoryId, folderId),
      photoId === undefined ? undefined : inArray(shares.id, picked),
    ),
  )
}

/** Every link that is somebody's own, or (`everyone`) anybody's; throws `Refusal` `forbidden` for whoever does not administer. */
export async function sharedBy(
  db: Read,
  by: AccountPrincipal | OperatorPrincipal,
  everyone: boolean,
): Promise<FoundLink[]> {
  if (!everyone && by.kind === 'account') return ownLinks(db, by, {})
  if (!capabilitiesOf(by).has('administer')) throw new Refusal('forbidden')
  return findLinks(db, undefined)
}

type WithMe = Output<'shares.withMe'>['links']

/** The links that an account opened and what was shared with it by name, as long as they hold, the latest first. Of one whose new password it has not given nothing is told but that. */
export async function linksWithMe(db: Read, by: AccountPrincipal, now: number): Promise<WithMe> {
  const mine = await db.select().from(shareGuests).where(eq(shareGuests.accountId, by.accountId))
  const byShare = new Map(mine.map((row) => [row.shareId, row]))
  const links = await findLinks(db, inArray(shares.id, [...byShare.keys()]))
  const told: WithMe = []
  for (const link of links) {
    const { openedAt, passedPassword } = byShare.get(link.share.id) ?? { openedAt: 0, passedPassword: true }
    const one = await describedFor(db, by, link, now)
    if (one) told.push({ ...one, openedAt, isNew: link.share.direct && !passedPassword })
  }
  return told.sort((a, b) => b.openedAt - a.openedAt)
}

/** Null for a link that is closed at the moment. */
async function describedFor(db: Read, by: AccountPrincipal, link: FoundLink, now: number) {
  try {
    const scope = await heldScope(db, by, link, now)
    return { ...(await describeHeld({ db, by, now }, link, scope)), needsPassword: false }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.details.reason !== 'link_password_needed') return null
    const { id, direct, expiresAt } = link.share
    const none = {
      count: 0,
      download: 'none',
      cover: null,
      may: { upload: false, contribute: false, withdraw: false },
    } as const
    const nothing = { title: '', description: '', ...none }
    return { id, direct, expiresAt, by: link.creator.name, ...nothing, needsPassword: true }
  }
}
