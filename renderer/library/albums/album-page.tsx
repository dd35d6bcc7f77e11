import { ImagePlus, Images } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { ShareButton } from '../../shares/sharing/share-button.tsx'
import { useChoosing } from '../choosing/choosing-area.tsx'
import { useForAlbum } from '../choosing/use-ways.ts'
import type { ListPlace } from '../photo-list.ts'
import { PhotoListPage } from '../photo-list-page.tsx'
import views from '../views/cover-card.module.css'
import { ListEmpty } from '../views/list-empty.tsx'
import { ListHead } from '../views/list-head.tsx'
import { AddedByOthers } from './added-by-others.tsx'
import { AlbumCards } from './album-cards.tsx'
import { AlbumDialog } from './album-dialog.tsx'
import { AlbumMenu } from './album-menu.tsx'
import { albumsAbove, albumsIn } from './album-tree.ts'

interface AlbumPageProps {
  albumId: number
  place: ListPlace
  openPhotoId: number | null
}

/** An album: what is said of it, the albums in it, and its photos. */
export function AlbumPage({ albumId, place, openPhotoId }: AlbumPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data, error, refetch } = useApi('albums.list', {})
  const { begin } = useChoosing()
  const forAlbum = useForAlbum()
  const [doing, setDoing] = useState<'edit' | 'new' | null>(null)
  const albums = data?.albums
  const album = albums?.find(({ id }) => id === albumId)
  if (error && !albums) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!albums) return null
  if (!album)
    return (
      <ListEmpty
        icon={<Images />}
        title={t('albums.gone')}
        action={<Link href="/albums">{t('albums.toAll')}</Link>}
      >
        {t('albums.goneText')}
      </ListEmpty>
    )
  const inside = albumsIn(albums, albumId)
  const trail = [
    { href: '/albums', label: t('albums.title') },
    ...albumsAbove(albums, album).map(({ id, title }) => ({ href: `/albums/${id}`, label: title })),
  ]
  const title = album.title
  return (
    <>
      <PhotoListPage
        place={place}
        title={title}
        openPhotoId={openPhotoId}
        head={(count) => (
          <>
            <ListHead
              title={title}
              trail={trail}
              count={count}
              aside={album.may.edit && me.may.share && <AddedByOthers albumId={albumId} />}
              note={album.description}
              actions={
                album.may.edit && (
                  <>
                    {me.may.share && (
                      <ShareButton of={{ albumId }} label={t('sharing.album')} title={title} count={count} />
                    )}
                    {(album.count > 0 || inside.length > 0) && (
                      <Button icon={<ImagePlus />} onClick={() => begin(forAlbum(album))}>
                        {t('choosing.into')}
                      </Button>
                    )}
                    <AlbumMenu
                      album={album}
                      list={place.list}
                      count={count}
                      onEdit={() => setDoing('edit')}
                      onNew={() => setDoing('new')}
                    />
                  </>
                )
              }
            />
            {inside.length > 0 && count !== null && (
              <div className={count === 0 ? views.fill : undefined}>
                <AlbumCards albums={inside} strip={count > 0} />
              </div>
            )}
          </>
        )}
        empty={
          inside.length === 0 && (
            <ListEmpty
              icon={<Images />}
              title={t('albums.empty')}
              action={
                album.may.edit && (
                  <Button look="primary" icon={<ImagePlus />} onClick={() => begin(forAlbum(album))}>
                    {t('choosing.into')}
                  </Button>
                )
              }
            >
              {t('albums.emptyText')}
            </ListEmpty>
          )
        }
      />
      {doing && (
        <AlbumDialog
          albums={albums}
          {...(doing === 'edit' && { album })}
          parentId={albumId}
          onClose={() => setDoing(null)}
        />
      )}
    </>
  )
}
