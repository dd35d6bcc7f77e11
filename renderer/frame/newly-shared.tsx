import { useTranslation } from 'react-i18next'
import { useApi } from '../queries.ts'
import { CountMark } from './count-mark.tsx'

/** How much is shared with this account by name that it has not looked at yet. */
export function NewlyShared() {
  const { t } = useTranslation()
  const { data } = useApi('shares.withMe', {})
  const count = data?.links.filter(({ isNew }) => isNew).length ?? 0
  return <CountMark count={count} text={t('share.newlyShared', { count })} />
}
