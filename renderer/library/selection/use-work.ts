import { useTranslation } from 'react-i18next'
import { useBulk } from '../bulk/bulk-area.tsx'
import type { Act } from '../bulk/run.ts'

/** What is said of an action while it is done and afterwards. */
type Words =
  | 'archive.on'
  | 'archive.off'
  | 'private.on'
  | 'private.off'
  | 'favourite.on'
  | 'favourite.off'
  | 'rate'
  | 'unrate'
  | 'caption'
  | 'tag'
  | 'untag'
  | 'album'
  | 'unalbum'
  | 'move'
  | 'cover'

/**
 * Starts an action with photos: `work('archive.on', ids, act)`.
 * @param lastOfUndo done at the end when it is taken back
 */
export type Work = (
  words: Words,
  ids: readonly number[],
  act: Act,
  lastOfUndo?: () => Promise<unknown>,
) => void

export function useWork(): Work {
  const { t } = useTranslation()
  const { start } = useBulk()
  return (words, ids, act, lastOfUndo) =>
    start({
      steps: [{ ids, act }],
      doing: t(`bulk.${words}.doing`),
      did: (count) => t(`bulk.${words}.did`, { count }),
      ...(lastOfUndo && { lastOfUndo }),
    })
}
