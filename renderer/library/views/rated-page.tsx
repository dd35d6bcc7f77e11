import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Select } from '../../components/select.tsx'
import { layerSearch } from '../layer.ts'
import type { ListPlace } from '../photo-list.ts'
import { PhotoListPage } from '../photo-list-page.tsx'
import { ListEmpty } from './list-empty.tsx'
import { ListHead } from './list-head.tsx'

const STARS = ['1', '2', '3', '4', '5'] as const

interface RatedPageProps {
  atLeast: number
  place: ListPlace
  openPhotoId: number | null
}

/** What one has rated with so many stars or more. */
export function RatedPage({ atLeast, place, openPhotoId }: RatedPageProps) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const options = STARS.map((value) => ({ value, label: t('views.rated.atLeast', { count: Number(value) }) }))
  const title = t('views.rated.title')
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
          actions={
            <Select
              label={t('views.rated.choose')}
              value={String(atLeast)}
              options={options}
              onChange={(stars) => navigate(`/rated/${stars}${place.search}`, { replace: true })}
            />
          }
        />
      )}
      empty={
        <ListEmpty icon={<Star />} title={t('views.rated.empty')}>
          {t('views.rated.text')}
        </ListEmpty>
      }
    />
  )
}
