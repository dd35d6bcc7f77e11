import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../api.ts'

/** Says in the window's language what went wrong, from any caught error. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback(
    (error) => {
      const failure = failureOf(error)
      if (!failure) return t('error.internal')
      return failure.reason ? t(`reason.${failure.reason}`) : t(`error.${failure.code}`)
    },
    [t],
  )
}

/** Translates a reason code that came as plain text, from a newer server perhaps. */
export function useReasonText(): (code: string) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    // the key is checked to exist before it is used, so any text may be tried
    (code) =>
      i18n.exists(`reason.${code}`) ? t(`reason.${code}` as 'reason.required') : t('reason.malformed'),
    [t, i18n],
  )
}
