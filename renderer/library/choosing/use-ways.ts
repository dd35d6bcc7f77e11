import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { contributeTo, putInAlbum } from '../bulk/acts.ts'
import type { BulkWork } from '../bulk/bulk-area.tsx'
import type { ChoosingFor } from './choosing-area.tsx'

interface Named {
  id: number
  title: string
}

/** How photos get into an album of somebody else that they are added to. */
export function useContributing(): (share: Named) => (ids: readonly number[]) => BulkWork {
  const { t } = useTranslation()
  return ({ id, title }) =>
    (ids) => ({
      steps: [{ ids, act: contributeTo(call, id) }],
      doing: t('bulk.contribute.doing'),
      did: (count) => t('bulk.contribute.did', { count, title }),
      didNothing: t('bulk.contribute.nothing', { title }),
    })
}

/** Choosing photos for an album of one's own. */
export function useForAlbum(): (album: Named) => ChoosingFor {
  const { t } = useTranslation()
  return ({ id, title }) => ({
    ...{ title, path: `/albums/${id}`, action: 'album' },
    work: (ids) => ({
      steps: [{ ids, act: putInAlbum(call, id) }],
      doing: t('bulk.album.doing'),
      did: (count) => t('bulk.album.did', { count }),
    }),
  })
}

/** Choosing photos for an album of somebody else. */
export function useForShare(): (share: Named) => ChoosingFor {
  const contributing = useContributing()
  return (share) => ({
    ...{ title: share.title, path: `/shared/${share.id}`, action: 'share' },
    work: contributing(share),
  })
}
