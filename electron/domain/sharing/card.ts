import { type FoundLink, linkEnded, scopeOfLink } from '../../access/links.ts'
import type { Read } from '../../db/connect.ts'
import type { VisiblePhoto } from '../library/photo.ts'
import { readPreferences } from '../settings/preferences.ts'
import { findInList, photosOfLink, summarise } from './content.ts'
import { heldNameOf } from './name.ts'

/** What a messenger may show of a link before anybody opens it. */
export interface Card {
  /** of one with a password nothing is told but that something is shared */
  locked: boolean
  /** the album's or the folder's; empty for picked photos */
  title: string
  /** display name of whoever made it; empty where they have none */
  by: string
  description: string
  /** of the photo in front; null where there is none */
  cover: { id: number; version: number } | null
  /** in which whoever made it reads Mantel */
  language: 'system' | 'en' | 'de'
}

/** A link's card: no more than it shows to whoever opens it. Throws `Refusal` `not_found` for one that opens for nobody new. */
export async function cardOf(db: Read, link: FoundLink, now: number): Promise<Card> {
  const { share, creator } = link
  if (share.viewLimit !== null && share.views >= share.viewLimit) throw linkEnded()
  const list = await photosOfLink(db, link, await scopeOfLink(db, link, now))
  const { language } = (await readPreferences(db, creator.id)).preferences
  if (share.passwordHash !== null)
    return { locked: true, title: '', by: '', description: '', cover: null, language }
  const { cover } = await summarise(db, list)
  return { locked: false, ...(await heldNameOf(db, share)), by: creator.name, cover, language }
}

/** The photo on a link's card; null where it shows none. Throws `Refusal` as {@link cardOf} does. */
export async function photoOnCard(db: Read, link: FoundLink, now: number): Promise<VisiblePhoto | null> {
  const { cover } = await cardOf(db, link, now)
  if (!cover) return null
  return findInList(db, await photosOfLink(db, link, await scopeOfLink(db, link, now)), cover.id)
}
