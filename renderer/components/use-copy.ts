import { useTranslation } from 'react-i18next'
import { copyText } from './copy-text.ts'
import { useToast } from './toast.tsx'

/** Copies a text and says whether that went well. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation()
  const toast = useToast()
  return async (text) => {
    if (await copyText(text)) toast(t('factor.copied'))
    else toast(t('factor.copyFailed'), { bad: true })
  }
}
