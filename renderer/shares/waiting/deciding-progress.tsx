import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { formatDuration } from '../../format.ts'
import type { Deciding } from './use-deciding.ts'
import styles from './waiting-dialog.module.css'

/** How far the copying is, how long it will take, and the way to end it. */
export function DecidingProgress({ deciding }: { deciding: Deciding }) {
  const { t } = useTranslation()
  const { done, total, doneBytes, totalBytes, startedAt, cancel } = deciding
  const secondsLeft =
    doneBytes > 0 ? (((performance.now() - startedAt) / doneBytes) * (totalBytes - doneBytes)) / 1000 : null
  const far = t('waiting.working', { done, count: total })
  return (
    <div className={styles.progress}>
      <span className={styles.far}>
        <span role="status">{far}</span>
        {secondsLeft !== null && ` · ${t('bulk.left', { time: formatDuration(secondsLeft) })}`}
      </span>
      <Button small onClick={cancel}>
        {t('common.cancel')}
      </Button>
      <div className={styles.bar}>
        <ProgressBar label={far} done={doneBytes} total={totalBytes} />
      </div>
    </div>
  )
}
