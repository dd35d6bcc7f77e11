import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import {
  albumPhotos,
  albums,
  overlays,
  photoTags,
  shareContributions,
  sharedCaptions,
  sharePhotos,
  shares,
  tags,
} from '../../db/schema.ts'
import { handOnCorrection } from '../corrections/hand-on.ts'
import { type Leaving, Survivors } from './survivors.ts'

/**
 * Hands on what people attached to a photo that is about to be forgotten to one that holds the same and is still on disk:
 * favourites, ratings, captions, tags, corrections, places in albums, covers and links. Gaps are filled only; what an account says of
 * the survivor already stays. The survivor's own marks (private, archived, in the trash) are left alone: they speak of that
 * file, in its folder, and neither is it to be hidden by this nor shown. Nobody gains sight of anything either: scopes
 * ask for the survivor's folder as ever. Answers the areas of the survivors that got something.
 */
export async function handOn(tx: Tx, leaving: Leaving): Promise<number[]> {
  const survivors = await Survivors.find(tx, leaving)
  if (!survivors) return []
  const hand = new Hand(tx, leaving, survivors)
  await hand.overlays()
  await hand.correction()
  await hand.sharedCaption()
  await hand.tags()
  await hand.albums()
  await hand.covers()
  await hand.links()
  await hand.contributions()
  return [...hand.areas]
}

type OverlayRow = typeof overlays.$inferInsert

class Hand {
  readonly areas = new Set<number>()
  readonly #tx: Tx
  readonly #from: number
  readonly #survivors: Survivors

  constructor(tx: Tx, leaving: Leaving, survivors: Survivors) {
    this.#tx = tx
    this.#from = leaving.photoId
    this.#survivors = survivors
  }

  async overlays(): Promise<void> {
    const rows = await this.#tx.select().from(overlays).where(eq(overlays.photoId, this.#from))
    await this.#fillOverlays(rows.flatMap((row) => this.#to(this.#survivors.forAccount(row.accountId), row)))
  }

  /** Date and place that were put right; like a caption for everyone, only where nobody comes to know them by it. */
  async correction(): Promise<void> {
    const survivor = this.#survivors.forEverybody()
    if (survivor && (await handOnCorrection(this.#tx, this.#from, survivor.photoId)))
      this.areas.add(survivor.areaId)
  }

  /** Where others would read it who did not before, its author keeps it as a caption of their own. */
  async sharedCaption(): Promise<void> {
    const [row] = await this.#tx.select().from(sharedCaptions).where(eq(sharedCaptions.photoId, this.#from))
    if (!row) return
    const [shared] = this.#to(this.#survivors.forEverybody(), row)
    if (shared) {
      await this.#tx.insert(sharedCaptions).values(shared).onConflictDoNothing()
    } else if (row.accountId !== null) {
      const { accountId, caption, updatedAt } = row
      const own = { accountId, caption, updatedAt }
      await this.#fillOverlays(this.#to(this.#survivors.forAccount(accountId), own))
    }
  }

  /** Tags without an account are everybody's with the folder; they have no author to fall back to. */
  async tags(): Promise<void> {
    const rows = await this.#tx
      .select({ tagId: photoTags.tagId, accountId: tags.accountId })
      .from(photoTags)
      .innerJoin(tags, eq(tags.id, photoTags.tagId))
      .where(eq(photoTags.photoId, this.#from))
    const added = rows.flatMap(({ tagId, accountId }) => {
      const survivor =
        accountId === null ? this.#survivors.forEverybody() : this.#survivors.forAccount(accountId)
      return this.#to(survivor, { tagId })
    })
    if (added.length > 0) await this.#tx.insert(photoTags).values(added).onConflictDoNothing()
  }

  /** Each stays whose who put it there, for the album shows only what that account can see. */
  async albums(): Promise<void> {
    const rows = await this.#tx
      .select({ row: albumPhotos, ownerId: albums.ownerId })
      .from(albumPhotos)
      .innerJoin(albums, eq(albums.id, albumPhotos.albumId))
      .where(eq(albumPhotos.photoId, this.#from))
    const added = rows.flatMap(({ row, ownerId }) =>
      this.#to(this.#survivors.forShowing(row.addedBy ?? ownerId), row),
    )
    if (added.length > 0) await this.#tx.insert(albumPhotos).values(added).onConflictDoNothing()
  }

  async covers(): Promise<void> {
    const rows = await this.#tx
      .select({ id: albums.id, ownerId: albums.ownerId })
      .from(albums)
      .where(eq(albums.coverPhotoId, this.#from))
    for (const { id, ownerId } of rows) {
      const [cover] = this.#to(this.#survivors.forShowing(ownerId), {})
      if (!cover) continue
      await this.#tx.update(albums).set({ coverPhotoId: cover.photoId }).where(eq(albums.id, id))
    }
  }

  async links(): Promise<void> {
    const rows = await this.#tx
      .select({ shareId: sharePhotos.shareId, creatorId: shares.creatorId })
      .from(sharePhotos)
      .innerJoin(shares, eq(shares.id, sharePhotos.shareId))
      .where(eq(sharePhotos.photoId, this.#from))
    const added = rows.flatMap(({ shareId, creatorId }) =>
      this.#to(this.#survivors.forShowing(creatorId), { shareId }),
    )
    if (added.length > 0) await this.#tx.insert(sharePhotos).values(added).onConflictDoNothing()
  }

  async contributions(): Promise<void> {
    const rows = await this.#tx
      .select()
      .from(shareContributions)
      .where(eq(shareContributions.photoId, this.#from))
    const added = rows.flatMap((row) => this.#to(this.#survivors.forShowing(row.accountId), row))
    if (added.length > 0) await this.#tx.insert(shareContributions).values(added).onConflictDoNothing()
  }

  async #fillOverlays(rows: OverlayRow[]): Promise<void> {
    if (rows.length === 0) return
    const ofOld = { favourite: overlays.favourite, rating: overlays.rating, caption: overlays.caption }
    await this.#tx
      .insert(overlays)
      .values(rows)
      .onConflictDoUpdate({
        target: [overlays.accountId, overlays.photoId],
        set: {
          favourite: sql`max(${ofOld.favourite}, excluded.favourite)`,
          rating: sql`case when ${ofOld.rating} = 0 then excluded.rating else ${ofOld.rating} end`,
          caption: sql`case when ${ofOld.caption} = '' then excluded.caption else ${ofOld.caption} end`,
          updatedAt: sql`max(${overlays.updatedAt}, excluded.updated_at)`,
        },
      })
  }

  /** The row as one of the survivor's; none where there is no survivor for it. */
  #to<R extends object>(survivor: { photoId: number; areaId: number } | undefined, row: R) {
    if (!survivor) return []
    this.areas.add(survivor.areaId)
    return [{ ...row, photoId: survivor.photoId }]
  }
}
