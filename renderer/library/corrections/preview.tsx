import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { formatNumber, formatShortDay, formatWallClock } from '../../format.ts'
import { formatCoordinates } from '../viewer/details.ts'
import styles from './correct-dialog.module.css'
import { afterwards, type Correction } from './draft.ts'

interface PreviewProps {
  photos: readonly (Photo | undefined)[]
  correction: Correction
  total: number
  places: boolean
}

/** The first photos as they are and as they will be. */
export function Preview({ photos, correction, total, places }: PreviewProps) {
  const { t } = useTranslation()
  return (
    <section className={styles.preview} aria-label={t('correct.preview')}>
      <ul className={styles.rows}>
        {photos.map((photo, place) =>
          // their order never changes while the dialog is open
          photo ? (
            <Line key={photo.id} photo={photo} correction={correction} places={places} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is not there yet has no other
            <li key={place} className={styles.line}>
              <Skeleton width={220} height={40} />
            </li>
          ),
        )}
      </ul>
      {total > photos.length && (
        <p className={styles.soft}>
          {t('correct.more', { count: total - photos.length, more: formatNumber(total - photos.length) })}
        </p>
      )}
    </section>
  )
}

const whenOf = ({ takenAt, takenOffset }: Pick<Photo, 'takenAt' | 'takenOffset'>) =>
  `${formatShortDay(takenAt)}, ${formatWallClock(takenAt)}${takenOffset ? ` UTC${takenOffset}` : ''}`

interface LineProps {
  photo: Photo
  correction: Correction
  places: boolean
}

function Line({ photo, correction, places }: LineProps) {
  const { t } = useTranslation()
  const after = afterwards(photo, correction)
  const nowhere = t('correct.place.unknown')
  const where = (gps: { latitude: number; longitude: number } | null) =>
    gps ? formatCoordinates({ ...gps, altitude: null }) : nowhere
  return (
    <li className={styles.line}>
      <img className={styles.thumb} src={mediaUrl('thumb', photo.id, photo.version)} alt={photo.fileName} />
      <div className={styles.change}>
        {after ? (
          <Change before={whenOf(photo)} after={whenOf(after)} />
        ) : (
          <p className={styles.bad}>{t('reason.date_out_of_range')}</p>
        )}
        {after && after.clock !== 'plain' && (
          <p className={styles.note}>{t(`correct.clock.${after.clock}`)}</p>
        )}
        {places && after && where(photo.gps) !== where(after.gps) && (
          <Change before={where(photo.gps)} after={where(after.gps)} />
        )}
      </div>
    </li>
  )
}

function Change({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation()
  if (before === after) return <p className={styles.soft}>{before}</p>
  return (
    <p>
      <span className={styles.soft}>{before}</span> <ArrowRight className={styles.arrow} aria-hidden="true" />
      <span className="visually-hidden">{t('correct.becomes')}</span> <strong>{after}</strong>
    </p>
  )
}
