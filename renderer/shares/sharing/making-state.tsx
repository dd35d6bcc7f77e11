import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { FormError } from '../../components/form-error.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { formatNumber } from '../../format.ts'
import { focusPart } from './focus-part.ts'
import type { Making } from './use-making.ts'

/** How far a large share is; nothing for what is one step. */
export function MakingProgress({ making: { working, total, isLong } }: { making: Making }) {
  const { t } = useTranslation()
  if (!working || !isLong) return null
  return <ProgressBar label={t('sharing.making')} done={working.done} total={total} />
}

/** Ends it where it stands; nothing for what is one step. */
export function CancelMaking({ making: { isBegun, isLong, cancel } }: { making: Making }) {
  const { t } = useTranslation()
  if (!isBegun || !isLong) return null
  return (
    <Button
      onClick={(event) => {
        focusPart(event.currentTarget)
        cancel()
      }}
    >
      {t('common.cancel')}
    </Button>
  )
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
