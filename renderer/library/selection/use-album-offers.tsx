import { ArrowLeftRight, BookMinus, ImageUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { placeFor } from '../arranging/album-order.ts'
import { useOrder } from '../arranging/use-order.ts'
import { makeCover, takeFromAlbum } from '../bulk/acts.ts'
import type { Desk, Offer } from './use-actions.tsx'

const WHERE = ['front', 'earlier', 'later', 'end'] as const

/** What is done with photos of the album that is shown: taken out, put elsewhere in an order by hand, one of them made its cover. */
export function useAlbumOffers({ list, work, idsFor }: Desk): Offer[] {
  const { t } = useTranslation()
  const byHand = useOrder()
  const { filter } = list
  if (filter?.by !== 'album') return []
  const { albumId } = filter
  const offer = { action: 'album', rank: 'second' } as const
  const ids = idsFor('album')
  const [only] = ids
  const order = byHand?.ids()
  const move = (where: (typeof WHERE)[number]) => {
    const chosen = new Set(ids)
    const before = order ? placeFor(where, order, chosen) : undefined
    if (before !== undefined) void byHand?.put(chosen, before)
  }
  const moves = WHERE.map((where) => ({
    key: where,
    label: t(`selection.move.${where}`),
    onSelect: () => move(where),
  }))
  return [
    ...(order
      ? [
          {
            ...offer,
            rank: 'first' as const,
            key: 'move',
            icon: <ArrowLeftRight />,
            label: t('selection.move.label'),
            does: moves,
          },
        ]
      : []),
    ...(ids.length === 1 && only !== undefined
      ? [
          {
            ...offer,
            key: 'cover',
            icon: <ImageUp />,
            label: t('selection.cover'),
            does: () => work('cover', [only], makeCover(call, albumId, only)),
          },
        ]
      : []),
    {
      ...offer,
      key: 'unalbum',
      icon: <BookMinus />,
      label: t('selection.unalbum'),
      does: () => work('unalbum', ids, takeFromAlbum(call, albumId)),
    },
  ]
}
