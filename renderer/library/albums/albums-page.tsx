import { Images, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { Page } from '../../frame/page.tsx'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { AlbumCards } from './album-cards.tsx'
import { AlbumDialog } from './album-dialog.tsx'
import { albumsIn } from './album-tree.ts'
import styles from './albums.module.css'

/** One's own albums, those at the top. */
export function AlbumsPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('albums.list', {})
  const [making, setMaking] = useState(false)
  const { may } = useMe()
  const removed = useApi('albums.removed', {}).data?.albums.length ?? 0
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  const top = data && albumsIn(data.albums, null)
  const make = may.album && (
    <Button look="primary" icon={<Plus />} onClick={() => setMaking(true)}>
      {t('albums.new')}
    </Button>
  )
  return (
    <Page title={t('albums.title')} wide>
      {top && top.length > 0 && (
        <>
          <div className={styles.actions}>{make}</div>
          <AlbumCards albums={top} />
        </>
      )}
      {top?.length === 0 && (
        <EmptyState icon={<Images />} title={t('albums.none')} action={make}>
          {t('albums.noneText')}
        </EmptyState>
      )}
      {top && removed > 0 && (
        <p className={styles.removed} data-alone={top.length === 0 || undefined}>
          <Link href="/albums/deleted">
            <Trash2 aria-hidden="true" />
            {t('albums.removed.link', { count: removed })}
          </Link>
        </p>
      )}
      {making && <AlbumDialog albums={data?.albums ?? []} parentId={null} onClose={() => setMaking(false)} />}
    </Page>
  )
}
