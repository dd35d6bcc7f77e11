import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../../components/failure.ts'
import { isWrongFile } from './use-import.ts'

/** Says what is wrong with a file, or with taking it in. */
export function useWrongText(): (error: unknown) => string {
  const { t } = useTranslation()
  const failureText = useFailureText()
  return (error) => {
    if (!isWrongFile(error)) return failureText(error)
    const why = t(`reason.${error.reason}`)
    return error.field ? t('takeAlong.wrongField', { field: error.field, why }) : why
  }
}
