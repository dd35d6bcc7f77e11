import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ImageOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { failureOf } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { formatDay, formatNumber, formatWallClock } from '../../format.ts'
import { useListPlace } from '../photo-list.ts'
import { photoQuery } from '../photo-query.ts'
import type { MonthCount } from '../timeline/geometry.ts'
import { DarkRoom } from './dark-room.tsx'
import { useDarkRoom } from './use-dark-room.ts'
import { type Glimpse, type Neighbours, useEnds, useNeighbours } from './use-neighbours.ts'
import { useViewerKeys } from './use-viewer-keys.ts'
import styles from './viewer.module.css'

interface ViewerProps {
  /** what the list is called that it lies over */
  list: string
  photoId: number
  months: readonly MonthCount[]
  onShow: (photoId: number) => void
  onClose: () => void
}

/** One photo on near-black over the whole window, in the timeline's order. */
export function Viewer({ list, photoId, months, onShow, onClose }: ViewerProps) {
  const { t } = useTranslation()
  const held = useListPlace().list
  const photo = useQuery(photoQuery(held, photoId))
  const neighbours = useNeighbours(photoId, photo.data, months)
  const shown = neighbours.here ?? (photo.data ? glimpseOf(photo.data, held.share) : null)
  const root = useRef<HTMLDivElement>(null)
  const ends = useEnds(months)
  useDarkRoom(root)
  useFactsAhead(neighbours)

  const { ordinal, total } = neighbours
  const { previous, next } = useLasting(photoId, neighbours)
  const position =
    ordinal === null
      ? null
      : t('viewer.position', { place: formatNumber(ordinal), total: formatNumber(total) })
  const name = shown && `${formatDay(shown.takenAt)}, ${formatWallClock(shown.takenAt)}`
  return createPortal(
    <div
      ref={root}
      className={styles.viewer}
      role="dialog"
      aria-modal="true"
      aria-label={t('viewer.title')}
      tabIndex={-1}
      data-viewer=""
    >
      <p className="visually-hidden" aria-live="polite">
        {[position, name].filter(Boolean).join('. ')}
      </p>
      {shown ? (
        <DarkRoom
          root={root}
          list={list}
          shown={shown}
          previous={previous}
          next={next}
          listed={neighbours.here !== null}
          isLast={ordinal !== null && ordinal === total}
          name={name ?? ''}
          position={position}
          photo={photo.data}
          error={photo.error}
          onRetry={() => void photo.refetch()}
          onShow={onShow}
          onEnd={(end) => void ends(end).then((id) => id !== null && onShow(id))}
          onClose={onClose}
        />
      ) : (
        photo.error && (
          <Missing list={list} error={photo.error} onRetry={() => void photo.refetch()} onClose={onClose} />
        )
      )}
    </div>,
    document.body,
  )
}

const glimpseOf = (
  { id, version, kind, state, width, height, takenAt, may }: Photo,
  share: number | undefined,
): Glimpse => ({
  id,
  version,
  share,
  kind,
  state,
  ratio: width && height ? width / height : 1,
  thumbhash: null,
  takenAt,
  may,
})

interface MissingProps {
  list: string
  error: unknown
  onRetry: () => void
  onClose: () => void
}

/** A photo that is not there, or not for this account. */
function Missing({ list, error, onRetry, onClose }: MissingProps) {
  const { t } = useTranslation()
  const text = useFailureText()
  useViewerKeys({ close: onClose }, true)
  const gone = failureOf(error)?.code === 'not_found'
  return (
    <div className={styles.message} role="alert">
      <ImageOff />
      <p>{gone ? t('viewer.gone') : text(error)}</p>
      {!gone && <Button onClick={onRetry}>{t('common.tryAgain')}</Button>}
      <Button onClick={onClose}>{t('viewer.close', { list })}</Button>
    </div>
  )
}

/** What was before and after a photo while it was listed: one that somebody archives meanwhile can still be left to both sides. */
function useLasting(photoId: number, { here, previous, next }: Neighbours) {
  const [kept, setKept] = useState({ photoId, previous, next })
  const changed = kept.photoId !== photoId || kept.previous?.id !== previous?.id || kept.next?.id !== next?.id
  const isNews = here !== null && changed
  if (isNews) setKept({ photoId, previous, next })
  return here === null && kept.photoId === photoId ? kept : { previous, next }
}

/** What is known of the photos before and after is there before it is asked for. */
function useFactsAhead({ previous, next }: Neighbours): void {
  const client = useQueryClient()
  const { list } = useListPlace()
  const ids = [next?.id, previous?.id].join()
  useEffect(() => {
    for (const id of ids.split(',').filter(Boolean).map(Number))
      void client.prefetchQuery(photoQuery(list, id))
  }, [ids, client, list])
}
