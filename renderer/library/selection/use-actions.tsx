import {
  Archive,
  ArchiveRestore,
  BookImage,
  CalendarClock,
  Captions,
  Download,
  Eye,
  EyeOff,
  FileCode,
  Heart,
  HeartOff,
  Share2,
  Star,
  Tag,
  Tags,
} from 'lucide-react'
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhotoAction } from '../../../electron/contract/photos.ts'
import { call } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { markThem, overlayThem, tagThem } from '../bulk/acts.ts'
import { type Downloading, useDownload } from '../download/use-download.tsx'
import { type PhotoList, useListPlace } from '../photo-list.ts'
import { AskDialog, type Asking } from './ask-dialog.tsx'
import type { Selecting } from './selecting.ts'
import { allFavourites, allowedOf, tallyOf } from './tally.ts'
import { useAlbumOffers } from './use-album-offers.tsx'
import { useWithdrawOffer } from './use-withdraw-offer.tsx'
import { useWork, type Work } from './use-work.ts'

interface Choice {
  key: string
  label: string
  onSelect: () => void
}

/** What is offered for the selected photos. */
export interface OfferedAction {
  key: string
  icon: ReactNode
  label: string
  /** `first` is always in the bar, `second` where there is room */
  rank: 'first' | 'second'
  /** what is to be done, or a choice of it */
  does: (() => void) | readonly Choice[]
  /** the key that does it as well, as `aria-keyshortcuts` names it */
  shortcut?: string
}

/** Before it is known whether it may be done. */
export type Offer = OfferedAction & { action: PhotoAction }

/** What an action is made of. */
export interface Desk {
  list: PhotoList
  allFavourites: boolean
  work: Work
  download: Downloading['download']
  /** the selected photos that it may be done with */
  idsFor(action: PhotoAction): number[]
  ask(what: Asking['what']): () => void
}

/**
 * The actions that may be done with the selected photos, with all of them or with so many as its name says, and the dialog that one of them
 * opened. The photos are those selected when it was chosen, whatever the selection is by the time it is done.
 */
export function useActions(selecting: Selecting): { actions: OfferedAction[]; dialog: ReactNode } {
  const { t } = useTranslation()
  const { selection } = selecting
  const { list } = useListPlace()
  const work = useWork()
  const { download, dialog: downloadDialog } = useDownload()
  const [asking, setAsking] = useState<Asking | null>(null)
  const version = useSyncExternalStore(selection.subscribe, selection.version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is the same object with other photos
  const tally = useMemo(() => tallyOf(selection.chosen.values()), [selection, version])
  const total = selection.count()

  const named = (label: string, action: PhotoAction) => {
    const count = tally.get(action) ?? 0
    if (count === total) return label
    return t('selection.some', { label, count: formatNumber(count), total: formatNumber(total) })
  }
  const idsFor = (action: PhotoAction) => allowedOf(selection.chosen, action)
  const ask = (what: Asking['what']) => () => setAsking({ what, total, idsFor: idsOf(selection.chosen) })
  const desk = { list, allFavourites: allFavourites(selection.chosen.values()), work, download, idsFor, ask }
  const actions = [
    ...useOwnOffers(desk),
    ...useAlbumOffers(desk),
    ...useTagOffers(desk),
    ...useHidingOffers(desk),
    ...useFileOffers(desk),
  ]
    .filter(({ action }) => tally.has(action))
    .map(({ action, ...offer }) => ({ ...offer, label: named(offer.label, action) }))
  const withdrawing = useWithdrawOffer(() => [...selection.chosen.keys()], total)
  const dialog = (
    <>
      {asking && <AskDialog asking={asking} work={work} onClose={() => setAsking(null)} />}
      {downloadDialog}
    </>
  )
  return { actions: [...actions, ...withdrawing], dialog }
}

/** The photos as they are selected now, for when something is done with them later. */
function idsOf(chosen: Selecting['selection']['chosen']): Asking['idsFor'] {
  const kept = new Map(chosen)
  return (action) => allowedOf(kept, action)
}

/** What an account adds for itself. */
function useOwnOffers({ allFavourites: all, work, idsFor, ask }: Desk): Offer[] {
  const { t } = useTranslation()
  const favour = () =>
    work(all ? 'favourite.off' : 'favourite.on', idsFor('favourite'), overlayThem(call, { favourite: !all }))
  const rate = (rating: number) => () =>
    work(rating > 0 ? 'rate' : 'unrate', idsFor('rate'), overlayThem(call, { rating }))
  const stars = [5, 4, 3, 2, 1, 0].map((rating) => ({
    key: String(rating),
    label: rating > 0 ? t('selection.stars', { count: rating }) : t('selection.noStars'),
    onSelect: rate(rating),
  }))
  return [
    {
      action: 'favourite',
      key: 'favourite',
      rank: 'first',
      icon: all ? <HeartOff /> : <Heart />,
      label: t(all ? 'selection.unfavourite' : 'selection.favourite'),
      does: favour,
    },
    { action: 'rate', key: 'rate', rank: 'first', icon: <Star />, label: t('selection.rate'), does: stars },
    { action: 'tag', key: 'tag', rank: 'second', icon: <Tag />, label: t('selection.tag'), does: ask('tag') },
    {
      action: 'caption',
      key: 'caption',
      rank: 'second',
      icon: <Captions />,
      label: t('selection.caption'),
      does: ask('caption'),
    },
    {
      action: 'album',
      key: 'album',
      rank: 'first',
      icon: <BookImage />,
      label: t('selection.album'),
      does: ask('album'),
    },
  ]
}

/** What takes a tag off in its list. */
function useTagOffers({ list: { filter }, work, idsFor }: Desk): Offer[] {
  const { t } = useTranslation()
  if (filter?.by === 'tag') {
    const untag = () => work('untag', idsFor('tag'), tagThem(call, { remove: [filter.tagId] }))
    const label = t('selection.untag')
    return [{ action: 'tag', key: 'untag', rank: 'second', icon: <Tags />, label, does: untag }]
  }
  return []
}

/** What hides photos, or shows them again in the lists of hidden ones. */
function useHidingOffers({ list, work, idsFor, ask }: Desk): Offer[] {
  const { t } = useTranslation()
  const by = list.filter?.by
  const unarchive = () => work('archive.off', idsFor('archive'), markThem(call, { archived: false }))
  const unprivate = () => work('private.off', idsFor('private'), markThem(call, { private: false }))
  return [
    {
      action: 'archive',
      key: 'archive',
      rank: 'second',
      icon: by === 'archived' ? <ArchiveRestore /> : <Archive />,
      label: t(by === 'archived' ? 'selection.unarchive' : 'selection.archive'),
      does: by === 'archived' ? unarchive : ask('archive'),
    },
    {
      action: 'private',
      key: 'private',
      rank: 'second',
      icon: by === 'private' ? <Eye /> : <EyeOff />,
      label: t(by === 'private' ? 'selection.unprivate' : 'selection.private'),
      does: by === 'private' ? unprivate : ask('private'),
    },
  ]
}

/** What is handed on: by sharing, or as files; and what is told of them: put right in Mantel, or written beside them. */
function useFileOffers({ list: { share }, download, idsFor, ask }: Desk): Offer[] {
  const { t } = useTranslation()
  const offer = { action: 'edit', rank: 'second' } as const
  return [
    {
      action: 'share',
      key: 'share',
      rank: 'first',
      icon: <Share2 />,
      label: t('sharing.action'),
      does: ask('share'),
      shortcut: 'Shift+S',
    },
    {
      action: 'download',
      key: 'download',
      // of a link's photos it is all there is
      rank: share === undefined ? 'second' : 'first',
      icon: <Download />,
      label: t('download.action'),
      does: () => download({ ids: idsFor('download'), ...(share !== undefined && { share }) }),
      shortcut: 'Shift+D',
    },
    {
      ...offer,
      key: 'correct',
      icon: <CalendarClock />,
      label: t('selection.correct'),
      does: ask('correct'),
    },
    { ...offer, key: 'sidecars', icon: <FileCode />, label: t('selection.sidecars'), does: ask('sidecars') },
  ]
}
