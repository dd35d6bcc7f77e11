import { Images } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Album } from '../../../electron/contract/albums.ts'
import { CoverCard, CoverGrid } from '../views/cover-card.tsx'
import { yearsOf } from './album-tree.ts'

interface AlbumCardsProps {
  albums: readonly Album[]
  strip?: boolean
}

/** Albums as cards that lead to them. */
export function AlbumCards({ albums, strip = false }: AlbumCardsProps) {
  const { t } = useTranslation()
  return (
    <CoverGrid label={t('albums.title')} strip={strip}>
      {albums.map((album) => (
        <CoverCard
          key={album.id}
          href={`/albums/${album.id}`}
          covers={album.cover ? [album.cover] : []}
          icon={<Images />}
          title={album.title}
          about={[t('common.photos', { count: album.count }), yearsOf(album)].filter(Boolean).join(' · ')}
        />
      ))}
    </CoverGrid>
  )
}
