import { useTranslation } from 'react-i18next'
import { layerSearch } from '../layer.ts'
import type { ListPlace } from '../photo-list.ts'
import { PhotoListPage } from '../photo-list-page.tsx'
import { ListEmpty } from './list-empty.tsx'
import { ListHead } from './list-head.tsx'
import { SHELVES, type Shelf } from './shelves.tsx'

interface ShelfPageProps {
  shelf: Shelf
  place: ListPlace
  openPhotoId: number | null
}

/** Favourites, what was added last, the archive and the like: a list with its name, and why it may be empty. */
export function ShelfPage({ shelf, place, openPhotoId }: ShelfPageProps) {
  const { t } = useTranslation()
  const { icon: Icon } = SHELVES[shelf]
  const title = t(`views.shelf.${shelf}.title`)
  return (
    <PhotoListPage
      place={place}
      title={title}
      openPhotoId={openPhotoId}
      head={(count) => (
        <ListHead
          title={title}
          trail={[{ href: `/library${layerSearch(place.list.view)}`, label: t('views.library') }]}
          count={count}
        />
      )}
      empty={
        <ListEmpty icon={<Icon />} title={t(`views.shelf.${shelf}.empty`)}>
          {t(`views.shelf.${shelf}.text`)}
        </ListEmpty>
      }
    />
  )
}
