import { basename } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import { closedBecause, type FoundLink, scopeWhenOpen } from '../../access/links.ts'
import type { AccountPrincipal, OperatorPrincipal, Principal } from '../../access/principal.ts'
import type { Scope } from '../../access/scope.ts'
import { mayUploadThrough } from '../../access/uploads.ts'
import type { HeldLink, Link } from '../../contract/shares.ts'
import { linkPath } from '../../contract/values.ts'
import type { Read } from '../../db/connect.ts'
import { areas, heldUploads, shares } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Secrets } from '../../lib/secrets.ts'
import { tokenOf } from './address.ts'
import { photosOfLink, summarise } from './content.ts'
import { countContributed, mayContribute, mayWithdrawSome } from './contributed.ts'
import { guestsOf } from './guests.ts'
import { contentsOf, heldNameOf } from './name.ts'
import { isCreator, mayRevoke } from './own.ts'

interface Needs {
  db: Read
  secrets: Secrets
  now: number
  /** where links open, without a path */
  base: string
}

/** Links as their owners and whoever administers see them. */
export async function describeLinks(
  { db, secrets, now, base }: Needs,
  by: AccountPrincipal | OperatorPrincipal,
  links: readonly FoundLink[],
): Promise<Link[]> {
  const contents = await contentsOf(
    db,
    links.map(({ share }) => share),
  )
  const guests = await guestsOf(db, links)
  const uploads = await uploadsTo(db, links)
  const described: Link[] = []
  // whoever may share no more takes back, and changes nothing; whoever looks with another's eyes neither
  const mayShare = capabilitiesOf(by).has('share')
  for (const link of links) {
    const { share, creator } = link
    const own = isCreator(by, creator.id)
    const token = own && !share.direct && !isViewed(by) ? tokenOf(secrets, share) : null
    const { id } = share
    described.push({
      ...termsOf(share),
      creator: { id: creator.id, username: creator.username, name: creator.name },
      content: contents.get(id)?.content ?? { kind: 'photos' },
      url: token === null ? null : base + linkPath(token),
      hasPassword: share.passwordHash !== null,
      ...(await shownBy(db, link, now)),
      ...(uploads.get(id) ?? { upload: null, waiting: 0 }),
      guests: guests.get(id) ?? [],
      may: { update: own && mayShare, revoke: mayRevoke(by, creator.id) && !isViewed(by) },
    })
  }
  return described
}

/** What a share's row says of itself. */
function termsOf(share: FoundLink['share']) {
  const { id, direct, label, expiresAt, viewLimit, views, createdAt, lastOpenedAt } = share
  const { download, hidePlaces, hideCamera } = share
  const times = { expiresAt, createdAt, lastOpenedAt }
  return { id, direct, label, ...times, viewLimit, views, download, hidePlaces, hideCamera }
}

/** Whoever views as somebody else is told no link's address. */
const isViewed = (by: AccountPrincipal | OperatorPrincipal) => by.kind === 'account' && by.viewed === true

const NOTHING = { count: 0, cover: null, contributed: 0 }

async function shownBy(
  db: Read,
  link: FoundLink,
  now: number,
): Promise<Pick<Link, 'count' | 'cover' | 'contributed' | 'closed'>> {
  const { viewLimit, views } = link.share
  const closed = closedBecause(link, now) ?? (viewLimit !== null && views >= viewLimit ? 'limit' : null)
  const summary = await summaryOf(db, link)
  return summary ? { ...summary, closed } : { ...NOTHING, closed: closed ?? 'gone' }
}

/** What a link shows; null where its album or folder is out of its creator's reach. */
async function summaryOf(db: Read, link: FoundLink) {
  try {
    const scope = await scopeWhenOpen(db, link)
    const summary = await summarise(db, await photosOfLink(db, link, scope))
    return { ...summary, contributed: await countContributed(db, link, scope) }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null
    throw error
  }
}

/** Where what holders send is meant to go, and how many files of theirs wait. */
async function uploadsTo(
  db: Read,
  links: readonly FoundLink[],
): Promise<Map<number, Pick<Link, 'upload' | 'waiting'>>> {
  const ids = JSON.stringify(links.map(({ share }) => share.id))
  const rows = await db
    .select({
      id: shares.id,
      folderId: areas.id,
      path: areas.path,
      waiting: sql<number>`(select count(*) from ${heldUploads} where ${heldUploads.shareId} = ${shares.id} and ${heldUploads.declinedAt} is null)`,
    })
    .from(shares)
    .leftJoin(areas, eq(areas.id, shares.uploadAreaId))
    .where(sql`${shares.id} in (select value from json_each(${ids}))`)
  return new Map(
    rows.map(({ id, folderId, path, waiting }) => {
      const upload = folderId === null || path === null ? null : { folderId, name: basename(path) }
      return [id, { upload, waiting }]
    }),
  )
}

/**
 * A link as whoever holds it sees it, whose scope was asked for. Throws `Refusal` `not_found` where its album or folder is out of its
 * creator's reach.
 */
export async function describeHeld(
  { db, by, now }: { db: Read; by: Principal; now: number },
  link: FoundLink,
  scope: Scope,
): Promise<HeldLink> {
  const { share, creator } = link
  return {
    id: share.id,
    direct: share.direct,
    ...(await heldNameOf(db, share)),
    by: creator.name,
    expiresAt: share.expiresAt,
    download: scope.by.kind === 'holder' ? scope.by.download : 'none',
    may: {
      upload: await mayUploadThrough(db, by, link, now),
      contribute: await mayContribute(db, by, link),
      withdraw: await mayWithdrawSome(db, by, link),
    },
    ...(await summarise(db, await photosOfLink(db, link, scope))),
  }
}
