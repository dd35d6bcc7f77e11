import type { Input } from '../../../electron/contract/contract.ts'
import type { Link } from '../../../electron/contract/shares.ts'

/** What is shared: an album, a folder with those below it, or picked photos. */
export type ShareOf = { albumId: number } | { folderId: number } | { photoIds: readonly number[] }

/** The question for one's own shares of it; of picked photos, those that hold the first. */
export function listInput(of: ShareOf): Input<'shares.list'> {
  if (!('photoIds' in of)) return of
  const [photoId = 0] = of.photoIds
  return { photoId }
}

/** The shares of what a dialog is about, sorted by where they stand in it. */
export interface Sorted {
  /** by name */
  direct: Link | null
  link: Link | null
  rest: Link[]
}

/**
 * Sorts the answer to {@link listInput}. In front stand the newest link that opens and what is shared by name; what is changed there must hold for
 * nothing but what the dialog is about, so that a link of more photos is among the rest. Several picked photos were shared by nobody before: theirs
 * is what was made in the dialog.
 * @param made ids of the shares that were made in the dialog
 */
export function sortShares(of: ShareOf, links: readonly Link[], made: readonly number[]): Sorted {
  const isPicked = 'photoIds' in of
  const isMade = ({ id }: Link) => made.includes(id)
  const isSame = (link: Link) => !isPicked || isMade(link) || (of.photoIds.length === 1 && link.count === 1)
  const shown = isPicked && of.photoIds.length > 1 ? links.filter(isMade) : links
  const direct = shown.find((link) => link.direct && isSame(link) && link.may.update) ?? null
  const link =
    shown.find((one) => !one.direct && isSame(one) && one.url !== null && one.closed === null) ?? null
  return { direct, link, rest: shown.filter((one) => one !== direct && one !== link) }
}
