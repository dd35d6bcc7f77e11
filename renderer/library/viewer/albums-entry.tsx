import { BookImage } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../../electron/contract/shares.ts'
import { useApi } from '../../queries.ts'
import { Adder, Chips } from './chips.tsx'
import { Entry } from './entry.tsx'
import type { OverlayEntriesProps } from './overlay-entries.tsx'

/** The account's albums that a photo is in, and what puts it into more of them, or into one of somebody else's. */
export function AlbumsEntry({ photo, overlay, wanted }: OverlayEntriesProps) {
  const { t } = useTranslation()
  const { addToAlbum, addToNewAlbum, takeFromAlbum, addToShared } = overlay
  const list = useApi('albums.list', {}, { enabled: addToAlbum !== null })
  const withMe = useApi('shares.withMe', {}, { enabled: addToAlbum !== null && addToShared !== null })
  if (!addToAlbum && photo.albums.length === 0) return null
  const albums = list.data?.albums ?? []
  const shared = addToShared ? (withMe.data?.links.filter(({ may }) => may.contribute) ?? []) : []
  const nameOf = ({ title, by }: HeldLink) =>
    by === '' ? title : t('viewer.overlay.sharedAlbum', { title, name: by })
  const chips = photo.albums.map((album) => ({
    id: album.id,
    text: album.title,
    onRemove: addToAlbum && (() => takeFromAlbum(album)),
  }))
  const add = (text: string) => {
    const isMeant = (name: string) => name.toLowerCase() === text.toLowerCase()
    const own = albums.find(({ title }) => isMeant(title))
    if (own) return addToAlbum?.(own)
    const theirs = shared.find((album) => isMeant(nameOf(album)) || isMeant(album.title))
    if (theirs) addToShared?.(theirs)
    else addToNewAlbum(text)
  }
  return (
    <Entry icon={<BookImage />} name={t('viewer.overlay.albums')}>
      <Chips chips={chips} />
      {addToAlbum && (
        <Adder
          field="album"
          label={t('viewer.overlay.addAlbum')}
          placeholder={t('viewer.overlay.albumExample')}
          known={[...albums.map(({ title }) => title), ...shared.map(nameOf)]}
          onAdd={add}
          wanted={wanted}
        />
      )}
    </Entry>
  )
}
