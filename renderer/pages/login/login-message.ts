import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../../api.ts'
import { useCountdown } from '../../components/countdown.ts'
import { useFailureText } from '../../components/failure.ts'
import { formatDuration } from '../../format.ts'

/** What a refused login says; a wait counts down, and then only the way is free again. */
export function useLoginMessage(failure: ApiFailure | null) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const left = useCountdown(failure)
  const throttled = failure?.error.retryAfterSeconds !== undefined
  // no failure: the next step
  if (!failure || failure.error.reason === 'code_needed') return { message: null, waiting: false }
  if (left > 0)
    return { message: t('login.wait', { time: formatDuration(left, { precise: true }) }), waiting: true }
  return { message: throttled ? null : failureText(failure), waiting: false }
}
