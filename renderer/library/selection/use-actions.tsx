import { Archive, EyeOff } from 'lucide-react'
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhotoAction } from '../../../electron/contract/photos.ts'
import { call } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { markThem } from '../bulk/acts.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import { HideDialog } from './hide-dialog.tsx'
import type { Selecting } from './selecting.ts'
import { allowedOf, tallyOf } from './tally.ts'

/** What is offered for the selected photos. */
export interface OfferedAction {
  key: string
  icon: ReactNode
  label: string
  /** `first` is always in the bar, `second` where there is room, `menu` in the menu alone */
  rank: 'first' | 'second' | 'menu'
  onSelect: () => void
}

/** What an action asks for before it is done, and with how many photos it may be done. */
interface Asking {
  what: 'archive' | 'private'
  ids: readonly number[]
}

/**
 * The actions that may be done with the selected photos, with all of them or with so many as its name says, and the dialog that one of them
 * opened. The photos are those selected when it was chosen, whatever the selection is by the time it is done.
 */
export function useActions(selecting: Selecting): { actions: OfferedAction[]; dialog: ReactNode } {
  const { t } = useTranslation()
  const { selection } = selecting
  const { start } = useBulk()
  const [asking, setAsking] = useState<Asking | null>(null)
  const version = useSyncExternalStore(selection.subscribe, selection.version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is the same object with other photos
  const tally = useMemo(() => tallyOf(selection.chosen.values()), [selection, version])
  const total = selection.count()

  const named = (label: string, action: PhotoAction) => {
    const count = tally.get(action) ?? 0
    return count === total
      ? label
      : t('selection.some', { label, count: formatNumber(count), total: formatNumber(total) })
  }
  const idsFor = (action: PhotoAction) => allowedOf(selection.chosen, action)
  const hide = ({ what, ids }: Asking) =>
    start({
      steps: [{ ids, act: markThem(call, what === 'archive' ? { archived: true } : { private: true }) }],
      doing: t(`bulk.${what}.on.doing`),
      did: (count) => t(`bulk.${what}.on.did`, { count }),
    })

  const actions: (OfferedAction & { action: PhotoAction })[] = [
    {
      action: 'archive',
      key: 'archive',
      rank: 'second',
      icon: <Archive />,
      label: t('selection.archive'),
      onSelect: () => setAsking({ what: 'archive', ids: idsFor('archive') }),
    },
    {
      action: 'private',
      key: 'private',
      rank: 'second',
      icon: <EyeOff />,
      label: t('selection.private'),
      onSelect: () => setAsking({ what: 'private', ids: idsFor('private') }),
    },
  ]
  const dialog = asking && (
    <HideDialog
      {...asking}
      total={total}
      onClose={() => setAsking(null)}
      onConfirm={() => {
        setAsking(null)
        hide(asking)
      }}
    />
  )
  const offered = actions
    .filter(({ action }) => tally.has(action))
    .map(({ action, ...offer }) => ({ ...offer, label: named(offer.label, action) }))
  return { actions: offered, dialog }
}
