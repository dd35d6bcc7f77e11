import { useTranslation } from 'react-i18next'
import { useMe } from '../me.ts'
import { CountMark } from './count-mark.tsx'

/** How many people signed up and wait for a folder, beside whatever leads to them; nothing while nobody does. */
export function PendingCount() {
  const { t } = useTranslation()
  const { pendingCount: count } = useMe()
  return <CountMark count={count} text={t('people.waiting', { count })} />
}
