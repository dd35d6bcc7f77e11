import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
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
  const deciding = useDeciding()
  const asked = { declined: true, ...(share !== undefined && { share }) }
  const { data } = useApi('uploads.list', asked, { enabled: isOpen })
  return (
    <section className={styles.turnedDown}>
      <Button small look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {t('waiting.turnedDown', { count })}
      </Button>
      {isOpen && data && (
        <ul className={styles.declined}>
          {data.uploads.map(({ id, fileName, goneAt }) => (
            <li key={id} className={styles.declinedFile}>
              <span className={styles.words}>
                {fileName}
                <span className={styles.facts}>
                  {goneAt !== null && t('waiting.goes', { when: formatMoment(goneAt) })}
                </span>
              </span>
              <Button small busy={deciding.isBusy} onClick={() => deciding.restore([id])}>
                {t('waiting.bringBack')}
                <span className="visually-hidden">: {fileName}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
