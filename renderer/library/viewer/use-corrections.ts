import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { useApiAction } from '../../queries.ts'
import type { Changes } from './use-changes.ts'

/** Goes by what the photo's file says again, in date and place; null where nothing was put right, or this account may not. */
export function useUncorrect(photo: Photo | undefined, changes: Changes): (() => void) | null {
  const { t } = useTranslation()
  const correct = useApiAction('photos.correct').mutateAsync
  const uncorrect = useApiAction('photos.uncorrect').mutateAsync
  if (!photo?.may.edit || !(photo.corrected.date || photo.corrected.place)) return null
  return () =>
    void changes.make(async () => {
      const { undo } = await uncorrect({ ids: [photo.id] })
      const text = t('viewer.correction.uncorrected')
      return {
        text,
        undo: async () => {
          for (const way of undo) await correct(way)
        },
      }
    })
}
