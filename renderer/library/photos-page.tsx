import { useTranslation } from 'react-i18next'
import { useMe } from '../me.ts'
import { LibraryEmpty } from './library-empty.tsx'
import type { ListPlace } from './photo-list.ts'
import { PhotoListPage } from './photo-list-page.tsx'

interface PhotosPageProps {
  place: ListPlace
  openPhotoId: number | null
}

/** All photos by day; for those who have none of their own, what is shared with them. */
export function PhotosPage({ place, openPhotoId }: PhotosPageProps) {
  const { t } = useTranslation()
  const { may } = useMe()
  const head = <h1 className="visually-hidden">{t(may.viewLibrary ? 'frame.photos' : 'frame.shared')}</h1>
  const empty = <LibraryEmpty layer={place.list.view} />
  if (may.viewLibrary)
    return <PhotoListPage place={place} openPhotoId={openPhotoId} head={() => head} empty={empty} />
  return (
    <>
      {head}
      {empty}
    </>
  )
}
