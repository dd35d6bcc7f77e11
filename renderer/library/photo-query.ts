import { queryOptions } from '@tanstack/react-query'
import type { Photo, PhotoMay } from '../../electron/contract/photos.ts'
import type { HeldPhoto } from '../../electron/contract/shares.ts'
import { type ApiFailure, call } from '../api.ts'
import { queryKey } from '../queries.ts'
import type { PhotoList } from './photo-list.ts'

/** A photo as a list shows it. */
export interface ShownPhoto extends Photo {
  /** what is saved of it, where that is not its file */
  saves?: HeldPhoto['saves']
  /** who added it to the shared album that it is looked at in */
  addedBy?: HeldPhoto['addedBy']
  /** this account may take it out of there again */
  mayWithdraw?: boolean
}

/** What is known of a photo, as the list that it is looked at in shows it. */
export const photoQuery = ({ share }: PhotoList, id: number) =>
  queryOptions<ShownPhoto, ApiFailure>({
    queryKey: share === undefined ? queryKey('photos.get', { id }) : queryKey('shares.photo', { share, id }),
    queryFn: async () =>
      share === undefined ? call('photos.get', { id }) : asPhoto(await call('shares.photo', { share, id })),
  })

const MAY_NOTHING: PhotoMay = {
  download: false,
  edit: false,
  archive: false,
  private: false,
  trash: false,
  share: false,
  favourite: false,
  rate: false,
  caption: false,
  tag: false,
  captionForAll: false,
  tagForAll: false,
  album: false,
}

/** A photo of a link like one of the library that nobody added anything to: what a link does not tell is empty, and not drawn. */
const asPhoto = ({ may: { withdraw, ...may }, ...held }: HeldPhoto): ShownPhoto => ({
  ...held,
  may: { ...MAY_NOTHING, ...may },
  mayWithdraw: withdraw,
  stateReason: null,
  folder: null,
  takenSource: 'exif',
  corrected: { date: false, place: false },
  file: null,
  seenBy: [],
  archived: false,
  private: false,
  favourite: false,
  rating: 0,
  caption: '',
  sharedCaption: '',
  tags: [],
  albums: [],
})
