import { Aperture, CalendarDays, Copy, File, Folder, MapPin, Pencil, X } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { IconButton } from '../../components/button.tsx'
import { copyText } from '../../components/copy-text.ts'
import { useReasonText } from '../../components/failure.ts'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatBytes, formatDay, formatWallClock } from '../../format.ts'
import { useMaybeMe } from '../../me.ts'
import type { ShownPhoto } from '../photo-query.ts'
import { AddedEntry } from './added-entry.tsx'
import { CorrectedEntry } from './corrected-entry.tsx'
import { cameraParts, formatCoordinates, makerLine, pixelLine, plainCoordinates } from './details.ts'
import { Entry } from './entry.tsx'
import styles from './info-panel.module.css'
import { OverlayEntries, type OverlayEntriesProps } from './overlay-entries.tsx'
import { SeenBy } from './seen-by.tsx'

interface InfoPanelProps extends Pick<OverlayEntriesProps, 'overlay' | 'wanted'> {
  photo: ShownPhoto | undefined
  /** asks when or where it was really taken; null where this account may not put it right */
  onCorrect: ((what: 'date' | 'place') => void) | null
  onUncorrect: (() => void) | null
  /** takes it out of the shared album that it was added to; null where this account may not */
  onWithdraw: (() => void) | null
  error: unknown
  onRetry: () => void
  onClose: () => void
}

/** What is known of a photo: what was added to it, when, where, with what it was taken, which file it is, and who sees it. */
export function InfoPanel(props: InfoPanelProps) {
  const { photo, overlay, wanted, error, onRetry, onClose } = props
  const { t } = useTranslation()
  return (
    <aside className={styles.panel} aria-label={t('viewer.info.title')} data-chrome="">
      <header className={styles.head}>
        <h2 className={styles.title}>{t('viewer.info.title')}</h2>
        <IconButton label={t('viewer.info.close')} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {photo && (
        <dl className={styles.list}>
          {/* another photo's fields are others: what was being written there is not written here */}
          <OverlayEntries key={photo.id} photo={photo} overlay={overlay} wanted={wanted} />
          <AddedEntry photo={photo} onWithdraw={props.onWithdraw} />
          <Details {...props} photo={photo} />
        </dl>
      )}
      {!photo && error !== null && <ErrorState error={error} onRetry={onRetry} />}
    </aside>
  )
}

type DetailsProps = Pick<InfoPanelProps, 'onCorrect' | 'onUncorrect'> & { photo: Photo }

function Details({ photo, onCorrect, onUncorrect }: DetailsProps) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const camera = cameraParts(photo.camera)
  const maker = makerLine(photo.camera)
  const size = [pixelLine(photo.width, photo.height), formatBytes(photo.sizeBytes)]
  return (
    <>
      <When photo={photo} onCorrect={onCorrect && (() => onCorrect('date'))} />
      <Place photo={photo} onCorrect={onCorrect && (() => onCorrect('place'))} />
      <CorrectedEntry photo={photo} onUncorrect={onUncorrect} />
      {(camera.length > 0 || maker) && (
        <Entry icon={<Aperture />} name={t('viewer.info.camera')}>
          {camera.length > 0 && (
            <p>
              {camera.map((part, place) => (
                <Fragment key={part}>
                  {place > 0 && ' · '}
                  <span className={styles.whole}>{part}</span>
                </Fragment>
              ))}
            </p>
          )}
          {maker && <p className={styles.soft}>{maker}</p>}
        </Entry>
      )}
      <Entry icon={<File />} name={t('viewer.info.file')}>
        <p className={styles.path}>{photo.fileName}</p>
        <p className={styles.soft}>{size.filter(Boolean).join(' · ')}</p>
        {photo.stateReason && <p className={styles.note}>{reasonText(photo.stateReason)}</p>}
      </Entry>
      {photo.folder !== null && (
        <Entry icon={<Folder />} name={t('viewer.info.folder')}>
          <p className={styles.path}>{photo.folder}</p>
        </Entry>
      )}
      <SeenBy photo={photo} />
    </>
  )
}

interface PartProps {
  photo: Photo
  onCorrect: (() => void) | null
}

function When({ photo, onCorrect }: PartProps) {
  const { t } = useTranslation()
  const zone = photo.takenOffset ? ` · UTC${photo.takenOffset}` : ''
  return (
    <Entry icon={<CalendarDays />} name={t('viewer.info.when')}>
      <div className={styles.place}>
        <p className={styles.figures}>{formatDay(photo.takenAt)}</p>
        {onCorrect && <Correct label={t('viewer.correction.date')} onClick={onCorrect} />}
      </div>
      <p className={styles.soft}>{formatWallClock(photo.takenAt) + zone}</p>
      {photo.takenSource !== 'exif' && (
        <p className={styles.note}>{t(`viewer.info.source.${photo.takenSource}`)}</p>
      )}
    </Entry>
  )
}

/** Nothing where the photo has no place and none can be given to it, or the household shows no places. */
function Place({ photo: { gps }, onCorrect }: PartProps) {
  const { t } = useTranslation()
  const me = useMaybeMe()
  if (!gps && !(onCorrect && me?.flags.places)) return null
  return (
    <Entry icon={<MapPin />} name={t('viewer.info.where')}>
      <div className={styles.place}>
        <p className={gps ? styles.figures : styles.soft}>
          {gps ? formatCoordinates(gps) : t('viewer.info.noPlace')}
        </p>
        {gps && <CopyPlace gps={gps} />}
        {onCorrect && <Correct label={t('viewer.correction.place')} onClick={onCorrect} />}
      </div>
    </Entry>
  )
}

const Correct = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <IconButton label={label} onClick={onClick}>
    <Pencil />
  </IconButton>
)

function CopyPlace({ gps }: { gps: NonNullable<Photo['gps']> }) {
  const { t } = useTranslation()
  const toast = useToast()
  const copy = async () => {
    const done = await copyText(plainCoordinates(gps))
    toast(t(done ? 'viewer.info.copied' : 'viewer.info.copyFailed'), { bad: !done })
  }
  return (
    <IconButton label={t('viewer.info.copy')} onClick={() => void copy()}>
      <Copy />
    </IconButton>
  )
}
