import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../electron/contract/shares.ts'

/** What something shared is called: as its album or folder, or after whoever picked its photos. */
export function useHeldTitle(): (link: Pick<HeldLink, 'title' | 'by'>) => string {
  const { t } = useTranslation()
  return ({ title, by }) => title || (by ? t('share.photosOf', { name: by }) : t('share.photos'))
}
