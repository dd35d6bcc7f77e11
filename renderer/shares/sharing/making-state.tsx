import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../components/failure.ts'
import { FormError } from '../../components/form-error.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { formatNumber } from '../../format.ts'
import type { Making } from './use-making.ts'

/** How far a large share is; nothing for what is one step. */
export function MakingProgress({ making: { working, total, isLong } }: { making: Making }) {
  const { t } = useTranslation()
  if (!working || !isLong) return null
  return <ProgressBar label={t('sharing.making')} done={working.done} total={total} />
}

/** Why it was not made, or how far it came. */
export function MakingFailed({ making: { failed, total } }: { making: Making }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  if (!failed) return <FormError text={null} />
  if (failed.as === 'gone') return <FormError text={t('sharing.allGone')} />
  const why = failureText(failed.error)
  if (failed.as === 'nothing') return <FormError text={why} />
  const far = { done: formatNumber(failed.share.done), total: formatNumber(total) }
  return <FormError text={t('sharing.stuck', { ...far, why })} />
}
