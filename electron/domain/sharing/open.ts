import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { type FoundLink, heldScope, linkEnded, scopeOfLink } from '../../access/links.ts'
import type { AccountPrincipal, Principal, VisitorPrincipal } from '../../access/principal.ts'
import type { Scope } from '../../access/scope.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { shareGuests, shares, visitorSessions } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { networkOf } from '../../lib/network.ts'
import { Refusal } from '../../lib/refusal.ts'
import { hashToken, newToken } from '../../lib/token.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import type { Throttle } from '../accounts/throttle.ts'
import { findHeld, findLinks } from './find-link.ts'

/** A visitor's session lasts so long at most, whatever they do. */
export const VISIT_MS = 24 * 60 * 60_000
/** That a link was opened once more by the same is written at most this often. */
const OPENED_STEP_MS = 60_000

interface OpenNeeds {
  db: Database
  clock: Clock
  passwords: Passwords
  throttle: Throttle
}

type Anonymous = Extract<Principal, { kind: 'anonymous' }>

interface Opening {
  by: Anonymous | VisitorPrincipal | AccountPrincipal
  token: string
  password?: string | undefined
  address: string
  /** what the visitor's browser has from links it opened before */
  visitorToken: string | null
}

interface Opened {
  link: FoundLink
  scope: Scope
  /** for a new visitor's session; `expiresAt`: epoch ms */
  visit: { token: string; expiresAt: number } | null
}

/**
 * Opens a link for whoever has its token, and its password where it has one. Somebody new counts as a view: a visitor gets a session of
 * {@link VISIT_MS}, an account becomes a guest of it. Whoever has it open already only looks again. Throws `Refusal`: `linkEnded`,
 * `forbidden` (`link_password_needed`, `link_password_wrong`), `throttled`.
 */
export async function openLink(needs: OpenNeeds, opening: Opening): Promise<Opened> {
  const { db, clock } = needs
  const link = await findByToken(needs, opening)
  const scope = await scopeOfLink(db.read, link, clock())
  if (await isHeld(needs, opening, link)) {
    await noteAgain(db, link, clock())
    return { link, scope, visit: null }
  }
  await requirePassword(needs, opening, link)
  const visit = await db.write((tx) => enter(tx, opening, link, clock()))
  return { link, scope, visit }
}

/**
 * Passes on a new password of a link that the account opened before. Throws `Refusal`: `linkEnded` also where it never was a guest of it,
 * `forbidden` (`link_password_wrong`), `throttled`.
 */
export async function passAgain(
  needs: OpenNeeds,
  by: AccountPrincipal,
  { share, password, address }: { share: number; password: string; address: string },
): Promise<{ link: FoundLink; scope: Scope }> {
  const { db, clock } = needs
  const [link] = await findLinks(db.read, eq(shares.id, share))
  if (!link) throw linkEnded()
  const scope = await scopeOfLink(db.read, link, clock())
  const own = and(eq(shareGuests.shareId, share), eq(shareGuests.accountId, by.accountId))
  const [guest] = await db.read.select({ id: shareGuests.shareId }).from(shareGuests).where(own)
  if (!guest) throw linkEnded()
  await requirePassword(needs, { password, address }, link)
  await db.write(async (tx) => {
    await requireUnchanged(tx, link)
    await requireSameStanding(tx, by)
    await tx.update(shareGuests).set({ passedPassword: true }).where(own)
    await noteView(tx, share, clock())
  })
  return { link, scope }
}

/**
 * A link by its token. Guesses are counted by address, once they are known to be some: a whole party may come by one address. A token that was
 * once a link's is none. What is shared by name has no address. Throws `Refusal`: `linkEnded`, `throttled`.
 */
export async function findByToken(
  { db, throttle }: Pick<OpenNeeds, 'db' | 'throttle'>,
  { token, address }: Pick<Opening, 'token' | 'address'>,
): Promise<FoundLink> {
  const guess = { linkGuessedFrom: address }
  throttle.begin(guess).takeBack()
  const hasToken = and(eq(shares.tokenHash, hashToken(token)), eq(shares.direct, false))
  const [link] = await findLinks(db.read, hasToken)
  if (link) return link
  const [ended] = await db.read.select({ id: shares.id }).from(shares).where(hasToken)
  if (!ended) throttle.begin(guess)
  throw linkEnded()
}

async function isHeld({ db, clock }: OpenNeeds, { by }: Opening, link: FoundLink): Promise<boolean> {
  if (by.kind === 'anonymous') return false
  try {
    await heldScope(db.read, by, link, clock())
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Asked by comparison alone: an empty password is a wrong one like any other. */
async function requirePassword(
  { passwords, throttle }: OpenNeeds,
  { password, address }: Pick<Opening, 'password' | 'address'>,
  { share }: FoundLink,
): Promise<void> {
  if (share.passwordHash === null) return
  if (password === undefined) throw new Refusal('forbidden', { reason: 'link_password_needed' })
  const counted = throttle.begin({ linkPasswordOf: share.id, address })
  const who = `${networkOf(address)} link ${share.id}`
  const right = await passwords
    .matches(password, share.passwordHash, { kind: 'stranger', who })
    .catch((error) => {
      counted.takeBack()
      throw error
    })
  if (!right) {
    const fields = { password: 'link_password_wrong' } as const
    throw new Refusal('forbidden', { reason: 'link_password_wrong', fields })
  }
  counted.takeBack()
}

/** The link may have changed while its password was compared. */
async function requireUnchanged(tx: Tx, { share: { id, passwordHash } }: FoundLink): Promise<void> {
  const [fresh] = await findLinks(tx, eq(shares.id, id))
  if (!fresh || fresh.share.passwordHash !== passwordHash) throw linkEnded()
}

async function enter(tx: Tx, opening: Opening, link: FoundLink, now: number): Promise<Opened['visit']> {
  const { id } = link.share
  await requireUnchanged(tx, link)
  const { by } = opening
  if (by.kind === 'account') {
    await requireSameStanding(tx, by)
    await enterAsGuest(tx, by, id, now)
    return null
  }
  return enterAsVisitor(tx, { by, visitorToken: opening.visitorToken }, id, now)
}

async function enterAsGuest(
  tx: Tx,
  { accountId }: AccountPrincipal,
  shareId: number,
  now: number,
): Promise<void> {
  const own = and(eq(shareGuests.shareId, shareId), eq(shareGuests.accountId, accountId))
  const passed = { passedPassword: true }
  const [again] = await tx.update(shareGuests).set(passed).where(own).returning({ id: shareGuests.shareId })
  if (again) return noteView(tx, shareId, now)
  await countView(tx, shareId, now)
  await tx.insert(shareGuests).values({ shareId, accountId, openedAt: now, ...passed })
}

interface Entering {
  by: Anonymous | VisitorPrincipal
  visitorToken: string | null
}

/** All links that a browser has open are under one token; one that holds no session of ours is not taken over, whoever put it there. */
async function enterAsVisitor(tx: Tx, { by, visitorToken }: Entering, shareId: number, now: number) {
  const isOurs = by.kind === 'visitor' && visitorToken !== null
  const token = isOurs ? visitorToken : newToken()
  const expiresAt = now + VISIT_MS
  const own = and(eq(visitorSessions.tokenHash, hashToken(token)), eq(visitorSessions.shareId, shareId))
  const [again] = await tx
    .update(visitorSessions)
    .set({ passedPassword: true })
    .where(and(own, gt(visitorSessions.expiresAt, now)))
    .returning({ id: visitorSessions.id })
  if (again) {
    await noteView(tx, shareId, now)
    return null
  }
  await countView(tx, shareId, now)
  // from before the clock was set back too
  const isOver = or(lt(visitorSessions.expiresAt, now), gt(visitorSessions.expiresAt, now + VISIT_MS))
  await tx.delete(visitorSessions).where(or(own, isOver))
  await tx
    .insert(visitorSessions)
    .values({ shareId, tokenHash: hashToken(token), passedPassword: true, createdAt: now, expiresAt })
  return { token, expiresAt }
}

/** Counts somebody new. Throws {@link linkEnded} where that would be one more than allowed, also where two come at the same moment. */
async function countView(tx: Tx, id: number, now: number): Promise<void> {
  const isFree = or(isNull(shares.viewLimit), lt(shares.views, shares.viewLimit))
  const [counted] = await tx
    .update(shares)
    .set({ views: sql`${shares.views} + 1`, lastOpenedAt: now })
    .where(and(eq(shares.id, id), isFree))
    .returning({ id: shares.id })
  if (!counted) throw linkEnded()
}

const noteView = async (tx: Tx, id: number, now: number): Promise<void> => {
  await tx.update(shares).set({ lastOpenedAt: now }).where(eq(shares.id, id))
}

/** Answers whether it was worth a note. */
async function noteAgain(db: Database, { share }: FoundLink, now: number): Promise<boolean> {
  if (Math.abs(now - (share.lastOpenedAt ?? 0)) < OPENED_STEP_MS) return false
  await db.write((tx) => noteView(tx, share.id, now))
  return true
}

/**
 * Notes that an account looks at what it holds; the first look at what is shared with it by name counts as a view. Whoever made it is not
 * counted. Answers whether there was anything new. Throws `Refusal` as `findHeld` does.
 */
export async function noteOpened(
  { db, clock }: Pick<OpenNeeds, 'db' | 'clock'>,
  by: AccountPrincipal,
  id: number,
): Promise<boolean> {
  const now = clock()
  const { link } = await findHeld(db.read, by, id, now)
  if (link.creator.id === by.accountId) return false
  if (link.share.direct && (await db.write((tx) => noteFirst(tx, by, id, now)))) return true
  return noteAgain(db, link, now)
}

async function noteFirst(tx: Tx, by: AccountPrincipal, id: number, now: number): Promise<boolean> {
  await requireSameStanding(tx, by)
  const own = and(eq(shareGuests.shareId, id), eq(shareGuests.accountId, by.accountId))
  const { changes } = await tx
    .update(shareGuests)
    .set({ passedPassword: true })
    .where(and(own, eq(shareGuests.passedPassword, false)))
  if (changes > 0) await countView(tx, id, now)
  return changes > 0
}
