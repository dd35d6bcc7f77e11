import { useQueryClient } from '@tanstack/react-query'
import { ArrowLeftRight, BookMinus, ImageUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { HAND_MONTH } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { arrangeInAlbum, makeCover, takeFromAlbum } from '../bulk/acts.ts'
import { monthQuery } from '../month-query.ts'
import { placeFor } from './album-order.ts'
import type { Desk, Offer } from './use-actions.tsx'

const WHERE = ['front', 'earlier', 'later', 'end'] as const

/** What is done with photos of the album that is shown: taken out, put elsewhere in an order by hand, one of them made its cover. */
export function useAlbumOffers({ list, work, idsFor }: Desk): Offer[] {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { filter } = list
  if (filter?.by !== 'album') return []
  const { albumId } = filter
  const offer = { action: 'album', rank: 'second' } as const
  const ids = idsFor('album')
  const [only] = ids
  const order = client.getQueryData(monthQuery(list, HAND_MONTH).queryKey)?.ids
  const move = (where: (typeof WHERE)[number]) => {
    const chosen = new Set(ids)
    const before = order && placeFor(where, order, chosen)
    if (before === undefined || !order) return
    const inOrder = order.filter((id) => chosen.has(id))
    work('move', inOrder, arrangeInAlbum(call, albumId, before))
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
