import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { formatMoment } from '../../format.ts'
import { useApi } from '../../queries.ts'
import { useDeciding } from './use-deciding.ts'
import styles from './waiting-dialog.module.css'

interface TurnedDownProps {
  count: number
  /** of this link alone */
  share?: number | undefined
}

/** Files that were turned down, on wish: each can be brought back until it goes. */
export function TurnedDown({ count, share }: TurnedDownProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section className={styles.turnedDown}>
      <Button small look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {t('waiting.turnedDown', { count })}
      </Button>
      {isOpen && <Declined count={count} share={share} />}
    </section>
  )
}

/** Of a list that is being loaded, so many rows stand at most. */
const ROWS_BEFORE = 5

function Declined({ count, share }: TurnedDownProps) {
  const { t } = useTranslation()
  const deciding = useDeciding()
  const asked = { declined: true, ...(share !== undefined && { share }) }
  const { data, error, refetch } = useApi('uploads.list', asked)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <ul className={styles.declined} aria-busy={!data}>
      {!data &&
        Array.from({ length: Math.min(count, ROWS_BEFORE) }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <li key={row} className={styles.declinedFile}>
            <Skeleton height={32} />
          </li>
        ))}
      {data?.uploads.map((upload) => (
        <li key={upload.id} className={styles.declinedFile}>
          <span className={styles.words}>
            {upload.fileName}
            <span className={styles.facts}>
              {upload.goneAt !== null && t('waiting.goes', { when: formatMoment(upload.goneAt) })}
            </span>
          </span>
          <Button small busy={deciding.progress !== null} onClick={() => deciding.restore([upload])}>
            {t('waiting.bringBack')}
            <span className="visually-hidden">: {upload.fileName}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
