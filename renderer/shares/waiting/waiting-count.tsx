import { useTranslation } from 'react-i18next'
import { CountMark } from '../../frame/count-mark.tsx'
import { useWaiting } from './use-waiting.ts'

/** How many files that others sent wait to be looked at. */
export function WaitingCount() {
  const { t } = useTranslation()
  const { waiting: count } = useWaiting()
  return <CountMark count={count} text={t('waiting.wait', { count })} />
}
