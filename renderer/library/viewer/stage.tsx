import { ChevronLeft, ChevronRight, Clock, FileImage, Film, ImageOff } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { useReasonText } from '../../components/failure.ts'
import type { Glimpse } from './use-neighbours.ts'
import styles from './viewer.module.css'

interface NoPictureProps {
  glimpse: Pick<Glimpse, 'state' | 'kind'>
  photo: Photo | undefined
}

/** What stands where a photo can't be shown: why, and which file it is. */
export function NoPicture({ glimpse, photo }: NoPictureProps) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const { state, kind } = glimpse
  const known = photo?.stateReason ? reasonText(photo.stateReason) : null
  // a picture that is ready should be there, but did not come
  const why = state === 'ready' ? t('library.thumbFailed') : (known ?? t(`library.state.${state}.${kind}`))
  return (
    <div className={styles.message} role="status">
      <StateIcon state={state} kind={kind} />
      <p>{why}</p>
      {photo && <p className={styles.fileName}>{photo.fileName}</p>}
    </div>
  )
}

function StateIcon({ state, kind }: { state: Photo['state']; kind: Photo['kind'] }): ReactNode {
  if (state === 'pending') return <Clock />
  if (state === 'broken' || state === 'ready') return <ImageOff />
  return kind === 'video' ? <Film /> : <FileImage />
}

interface LeafButtonsProps {
  onPrevious: (() => void) | null
  onNext: (() => void) | null
}

/** The buttons at both sides of the picture. */
export function LeafButtons({ onPrevious, onNext }: LeafButtonsProps) {
  const { t } = useTranslation()
  return (
    <>
      {onPrevious && (
        <button
          type="button"
          className={styles.leaf}
          data-side="previous"
          data-chrome=""
          aria-label={t('viewer.previous')}
          onClick={onPrevious}
        >
          <ChevronLeft />
        </button>
      )}
      {onNext && (
        <button
          type="button"
          className={styles.leaf}
          data-side="next"
          data-chrome=""
          aria-label={t('viewer.next')}
          onClick={onNext}
        >
          <ChevronRight />
        </button>
      )}
    </>
  )
}

/** The size of an element, kept up to date. */
export function useSize(ref: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () =>
      setSize((before) =>
        before.width === element.clientWidth && before.height === element.clientHeight
          ? before
          : { width: element.clientWidth, height: element.clientHeight },
      )
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [ref])
  return size
}
