import { and, eq } from 'drizzle-orm'
import type { Flags } from '../contract/flags.ts'
import type { Read } from '../db/connect.ts'
import { remembered } from '../db/remember.ts'
import { shareGuests, type shares, visitorSessions } from '../db/schema.ts'
import { Refusal } from '../lib/refusal.ts'
import { contributorsOf } from './contributors.ts'
import type { AccountPrincipal, HolderPrincipal, VisitorPrincipal } from './principal.ts'
import { linkScope, type Scope } from './scope.ts'
import { type AccountRow, maySharesShow, standingOf } from './standing.ts'

/** A link that was not revoked, with its creator and the household's features, as they are at this moment. */
export interface FoundLink {
  readonly share: typeof shares.$inferSelect
  readonly creator: AccountRow
  /** when the album it is to was removed; null also where it is to none */
  readonly albumRemovedAt: number | null
  readonly flags: Flags
}

/** Who asks for what a link holds. */
export type LinkReader = AccountPrincipal | VisitorPrincipal

/** Every link that does not open is answered alike: whether it ever was one is nobody's business. */
export const linkEnded = () => new Refusal('not_found', { reason: 'link_ended' })

const isViewed = (by: LinkReader | undefined) => by?.kind === 'account' && by.viewed === true

/** A link's creator, of whom what it shows is asked. */
export const creatorOf = ({ creator, flags }: FoundLink): AccountPrincipal => standingOf(creator, flags)

/** Why a link opens for nobody at this moment; null where it does. That its views are used up keeps only new visitors out. */
export function closedBecause(link: FoundLink, now: number): 'expired' | 'suspended' | 'gone' | null {
  const { share, creator } = link
  if (share.expiresAt !== null && share.expiresAt <= now) return 'expired'
  if (!maySharesShow(creator, link.flags)) return 'suspended'
  const needed = share.albumId !== null ? 'albums' : share.directoryId !== null ? 'folders' : null
  if (needed && !link.flags[needed]) return 'suspended'
  return link.albumRemovedAt === null ? null : 'gone'
}

/** Which photos a link may show: no more than its creator sees at this moment and may share. Throws {@link linkEnded} where it is closed. */
export async function scopeOfLink(db: Read, link: FoundLink, now: number, by?: LinkReader): Promise<Scope> {
  if (closedBecause(link, now)) throw linkEnded()
  return scopeWhenOpen(db, link, by)
}

/** The same whether or not it is closed: for those who look after the link. */
export function scopeWhenOpen(db: Read, link: FoundLink, by?: LinkReader): Promise<Scope> {
  const to = isViewed(by) ? 'whoever views as somebody' : 'all others'
  return remembered(db, `what a link shows to ${to}`, link.share.id, () => workOutScope(db, link, by))
}

async function workOutScope(db: Read, link: FoundLink, by: LinkReader | undefined): Promise<Scope> {
  const { id: shareId, direct, download, hidePlaces, hideCamera, albumId, directoryId } = link.share
  const holder: HolderPrincipal = {
    kind: 'holder',
    shareId,
    // whoever views as somebody else looks, and is handed nothing to keep
    download: link.flags.download && !isViewed(by) ? download : 'none',
    hidePlaces: hidePlaces || !link.flags.places,
    hideCamera,
  }
  return linkScope(db, creatorOf(link), holder, {
    isPicked: albumId === null && directoryId === null,
    contributors: direct && albumId !== null ? await contributorsOf(db, shareId, link.flags) : [],
  })
}

/**
 * The scope of a link for somebody who holds it: a visitor whose session on it runs, an account that opened it, or its creator. Throws
 * `Refusal`: {@link linkEnded} for all others, `forbidden` (`link_password_needed`) where its password was changed since.
 */
export async function heldScope(db: Read, by: LinkReader, link: FoundLink, now: number): Promise<Scope> {
  const scope = await scopeOfLink(db, link, now, by)
  if (by.kind === 'account' && by.accountId === link.creator.id) return scope
  const held = by.kind === 'account' ? await asGuest(db, by, link) : await asVisitor(db, by, link, now)
  if (!held) throw linkEnded()
  if (link.share.passwordHash !== null && !held.passedPassword)
    throw new Refusal('forbidden', { reason: 'link_password_needed' })
  return scope
}

async function asGuest(db: Read, { accountId }: AccountPrincipal, { share }: FoundLink) {
  const own = and(eq(shareGuests.accountId, accountId), eq(shareGuests.shareId, share.id))
  return (await db.select({ passedPassword: shareGuests.passedPassword }).from(shareGuests).where(own))[0]
}

async function asVisitor(db: Read, { visits }: VisitorPrincipal, { share }: FoundLink, now: number) {
  const { id, shareId, passedPassword, expiresAt } = visitorSessions
  const visit = visits.get(share.id) ?? 0
  const own = and(eq(id, visit), eq(shareId, share.id))
  const [session] = await remembered(db, 'a visit of a link', `${share.id} ${visit}`, () =>
    db.select({ passedPassword, expiresAt }).from(visitorSessions).where(own),
  )
  return session && session.expiresAt > now ? session : undefined
}
