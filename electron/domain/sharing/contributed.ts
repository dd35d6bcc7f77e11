import { and, eq, type SQL, sql } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import { contributionsIn } from '../../access/contributors.ts'
import type { FoundLink } from '../../access/links.ts'
import type { Principal } from '../../access/principal.ts'
import { photosIn, type Scope } from '../../access/scope.ts'
import type { HeldPhoto } from '../../contract/shares.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, albumPhotos, photos, shareContributions, shareGuests } from '../../db/schema.ts'

/** Whether somebody may add photos of their own to what is shared with them. */
export async function mayContribute(db: Read, by: Principal, { share }: FoundLink): Promise<boolean> {
  if (by.kind !== 'account' || !share.direct || !capabilitiesOf(by).has('share')) return false
  const own = and(eq(shareGuests.shareId, share.id), eq(shareGuests.accountId, by.accountId))
  const [guest] = await db.select({ part: shareGuests.part }).from(shareGuests).where(own)
  return guest?.part === 'contributor'
}

/** Photos that were added to a share, by all or one, and are not in its album anyway, as `id`. */
const addedAlone = ({ share }: FoundLink, accountId?: number): SQL => sql`
  select id from (${contributionsIn(share.id, accountId)}) as added
  where not exists (select 1 from ${albumPhotos} where ${eq(albumPhotos.albumId, share.albumId ?? 0)}
    and ${albumPhotos.photoId} = added.id)`

/** Whether there are photos in a share that somebody may take out again: as whoever shares it all that were added, else their own. */
export async function mayWithdrawSome(db: Read, by: Principal, link: FoundLink): Promise<boolean> {
  if (by.kind !== 'account' || by.viewed || !link.share.direct) return false
  const own = by.accountId === link.creator.id ? undefined : by.accountId
  const rows = await db.all(sql`select 1 from (${addedAlone(link, own)}) limit 1`)
  return rows.length > 0
}

/** How many photos that were added to a share it shows. */
export async function countContributed(db: Read, link: FoundLink, scope: Scope): Promise<number> {
  if (!link.share.direct) return 0
  const [row] = await db.all<{ count: number }>(sql`
    select count(*) as count from (${addedAlone(link)}) as held cross join ${photos} on ${photos.id} = held.id
    where ${photosIn(scope)}`)
  return row?.count ?? 0
}

export type Added = Pick<HeldPhoto, 'addedBy'> & { mayWithdraw: boolean }

/** Who added a photo to a share, and whether whoever asks may take it out again. */
export async function addedTo(db: Read, by: Principal, link: FoundLink, photoId: number): Promise<Added> {
  const { share, creator } = link
  const is = and(eq(shareContributions.shareId, share.id), eq(shareContributions.photoId, photoId))
  const [row] = share.direct
    ? await db
        .select({ id: accounts.id, name: accounts.name })
        .from(shareContributions)
        .innerJoin(accounts, eq(accounts.id, shareContributions.accountId))
        .where(and(is, sql`${photoId} in (${addedAlone(link)})`))
    : []
  if (!row) return { addedBy: null, mayWithdraw: false }
  const me = by.kind === 'account' && !by.viewed ? by.accountId : null
  const isOwn = by.kind === 'account' && row.id === by.accountId
  return { addedBy: { name: row.name, isOwn }, mayWithdraw: me === row.id || me === creator.id }
}
