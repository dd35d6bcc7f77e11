import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Holdings } from '../../electron/contract/removal.ts'

/** In the order in which people would miss them. App passwords are told apart: they end in any case. */
const TOLD = ['favourites', 'albums', 'ratings', 'captions', 'tags', 'shares'] as const

/** Each thing that an account holds any of, in words: “312 favourites”, “4 albums”. */
export function useHoldingsText(): (holdings: Holdings) => string[] {
  const { t } = useTranslation()
  return useCallback(
    (holdings) =>
      TOLD.flatMap((key) => (holdings[key] > 0 ? [t(`holdings.${key}`, { count: holdings[key] })] : [])),
    [t],
  )
}
