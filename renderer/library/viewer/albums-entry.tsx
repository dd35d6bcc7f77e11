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
  const nameOf = ({ title, by }: HeldLink) =>
    by === ''
      ? t('viewer.overlay.sharedAlbumNoName', { title })
      : t('viewer.overlay.sharedAlbum', { title, name: by })
  const ownOf = (data = list.data) => data?.albums ?? []
  const theirsOf = (data = withMe.data) =>
    addToShared ? (data?.links ?? []).filter(({ may }) => may.contribute) : []
  const chips = photo.albums.map((album) => ({
    id: album.id,
    text: album.title,
    onRemove: addToAlbum && (() => takeFromAlbum(album)),
  }))
  const add = async (text: string) => {
    const isMeant = (name: string) => name.toLowerCase() === text.toLowerCase()
    // a name that is not known yet may be that of an album all the same
    const own = ownOf(list.data ?? (await list.refetch()).data).find(({ title }) => isMeant(title))
    if (own) return addToAlbum?.(own)
    const known = addToShared ? (withMe.data ?? (await withMe.refetch()).data) : undefined
    // by its whole name: a title alone may be meant for an album of one's own
    const theirs = theirsOf(known).find((album) => isMeant(nameOf(album)))
    if (theirs) addToShared?.({ id: theirs.id, name: nameOf(theirs) })
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
          known={[...ownOf().map(({ title }) => title), ...theirsOf().map(nameOf)]}
          onAdd={(text) => void add(text)}
          wanted={wanted}
        />
      )}
    </Entry>
  )
}
