import { useTranslation } from 'react-i18next'
import { useMaybeMe } from '../../me.ts'
import { useApiAction } from '../../queries.ts'
import { useListPlace } from '../photo-list.ts'
import type { ShownPhoto } from '../photo-query.ts'
import type { Changes } from './use-changes.ts'
import type { Leaving } from './use-leaving.ts'

/** Takes the photo that is shown out of the shared album that it was added to; null where this account may not. */
export function useWithdraw(
  photo: ShownPhoto | undefined,
  changes: Changes,
  leaving: Leaving,
): (() => void) | null {
  const { t } = useTranslation()
  const me = useMaybeMe()
  const { share } = useListPlace().list
  const withdraw = useApiAction('shares.withdraw').mutateAsync
  const bringBack = useApiAction('shares.bringBack').mutateAsync
  if (!photo?.mayWithdraw || share === undefined || me?.viewing) return null
  const { id } = photo
  const what = { share, photoIds: [id] }
  return () =>
    void changes.make(async () => {
      const { withdrawn } = await withdraw(what)
      if (withdrawn.length === 0) return null
      leaving.leave()
      const undo = async () => {
        await bringBack(what)
        leaving.comeBack(id)
      }
      return { text: t('viewer.added.tookOut'), undo }
    })
}
