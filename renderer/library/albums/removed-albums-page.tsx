import { useQueryClient } from '@tanstack/react-query'
import { Images, Trash2 } from 'lucide-react'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Output } from '../../../electron/contract/contract.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatMoment } from '../../format.ts'
import { Page } from '../../frame/page.tsx'
import { applyHint, useApi, useApiAction } from '../../queries.ts'
import styles from './removed-albums-page.module.css'

type Removed = Output<'albums.removed'>['albums'][number]

/** One's own albums that were deleted and can still be brought back. */
export function RemovedAlbumsPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('albums.removed', {})
  const page = useRef<HTMLDivElement>(null)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <Page title={t('albums.removed.title')}>
      <div ref={page} className={styles.page} tabIndex={-1}>
        {data?.albums.length === 0 && (
          <EmptyState
            icon={<Trash2 />}
            title={t('albums.removed.none')}
            action={<Link href="/albums">{t('albums.toAll')}</Link>}
          >
            {t('albums.removed.about')}
          </EmptyState>
        )}
        {data && data.albums.length > 0 && (
          <>
            <p className={styles.about}>{t('albums.removed.about')}</p>
            <ul className={styles.list}>
              {data.albums.map((album) => (
                <RemovedRow key={album.id} album={album} focusAfterwards={page} />
              ))}
            </ul>
            <Link href="/albums">{t('albums.toAll')}</Link>
          </>
        )}
      </div>
    </Page>
  )
}

interface RemovedRowProps {
  album: Removed
  focusAfterwards: RefObject<HTMLElement | null>
}

function RemovedRow({ album, focusAfterwards }: RemovedRowProps) {
  const { t } = useTranslation()
  const { id, title, removedAt, daysLeft, albums, may } = album
  const [, navigate] = useLocation()
  const client = useQueryClient()
  const toast = useToast()
  const failureText = useFailureText()
  const restore = useApiAction('albums.restore', {
    onSuccess: () => {
      applyHint(client, { topic: 'overlay', revision: 0 })
      const onSelect = () => navigate(`/albums/${id}`)
      toast(t('albums.removed.restored', { title }), {
        action: { label: t('albums.removed.open'), onSelect },
      })
      // the row is about to go, and its button with it
      focusAfterwards.current?.focus()
    },
    onError: (failure) => toast(failureText(failure), { bad: true }),
  })
  const inside = albums - 1
  return (
    <li className={styles.row}>
      <Images aria-hidden="true" />
      <div className={styles.what}>
        <div className={styles.name}>{title}</div>
        <div className={styles.facts} title={formatMoment(removedAt)}>
          {inside > 0 && <span>{t('albums.removed.inside', { count: inside })}</span>}
          <span>{t('albums.removed.daysLeft', { count: daysLeft })}</span>
        </div>
      </div>
      {may.restore && (
        <Button small busy={restore.isPending} onClick={() => restore.mutate({ id })}>
          {t('albums.removed.restore')}
          <span className="visually-hidden">: {title}</span>
        </Button>
      )}
    </li>
  )
}
