import { ImageMinus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { withdrawFrom } from '../bulk/acts.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import { useListPlace } from '../photo-list.ts'
import type { OfferedAction } from './use-actions.tsx'

/**
 * What takes photos out of a shared album that were added to it, where the account may do so with some. Which of the selected ones these are is
 * known by the server alone: it leaves the others as they are, and that is said afterwards.
 */
export function useWithdrawOffer(ids: () => number[], count: number): OfferedAction[] {
  const { t } = useTranslation()
  const { start } = useBulk()
  const { list, withdraws } = useListPlace()
  const { share } = list
  if (share === undefined || !withdraws) return []
  const does = () => {
    const chosen = ids()
    start({
      steps: [{ ids: chosen, act: withdrawFrom(call, share) }],
      doing: t('bulk.withdraw.doing'),
      did: (out) => {
        const stay = chosen.length - out
        const rest = stay > 0 ? [t('bulk.withdraw.stays', { count: stay })] : []
        return [t('bulk.withdraw.did', { count: out }), ...rest].join(' ')
      },
      didNothing: t('bulk.withdraw.nothing'),
    })
  }
  const label = t('selection.withdraw', { count })
  return [{ key: 'withdraw', rank: 'first', icon: <ImageMinus />, label, does }]
}
