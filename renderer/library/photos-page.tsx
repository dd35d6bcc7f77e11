import { useTranslation } from 'react-i18next'
import { LibraryEmpty } from './library-empty.tsx'
import type { ListPlace } from './photo-list.ts'
import { PhotoListPage } from './photo-list-page.tsx'

interface PhotosPageProps {
  place: ListPlace
  openPhotoId: number | null
}

/** All photos by day. */
export function PhotosPage({ place, openPhotoId }: PhotosPageProps) {
  const { t } = useTranslation()
  const title = t('frame.photos')
  return (
    <PhotoListPage
      place={place}
      title={title}
      openPhotoId={openPhotoId}
      head={() => <h1 className="visually-hidden">{title}</h1>}
      empty={<LibraryEmpty layer={place.list.view} />}
    />
  )
}
