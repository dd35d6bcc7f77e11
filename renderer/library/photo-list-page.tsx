import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { ErrorState } from '../components/state.tsx'
import { useMaybeMe } from '../me.ts'
import { useChoosingFor } from './choosing/choosing-area.tsx'
import { ChoosingBar } from './choosing/choosing-bar.tsx'
import { GoToDay } from './go-to-day.tsx'
import { ListShortcuts } from './list-shortcuts.tsx'
import { isByHand } from './month.ts'
import { findPhoto, forgetOtherLists, monthsQuery } from './month-query.ts'
import { ListContext, type ListPlace, listHref, type PhotoList, photoHref } from './photo-list.ts'
import { ActionBar } from './selection/action-bar.tsx'
import { useFollow, useSelecting } from './selection/use-selecting.ts'
import type { Anchor } from './timeline/anchor.ts'
import type { Density } from './timeline/metrics.ts'
import { TimelineModel } from './timeline/model.ts'
import { Timeline, type TimelineHandle } from './timeline/timeline.tsx'
import { useListKey } from './use-list-key.ts'
import { Viewer } from './viewer/viewer.tsx'

interface PhotoListPageProps {
  place: ListPlace
  /** what the list is called */
  title: string
  /** the photo the viewer shows over the list, or null */
  openPhotoId: number | null
  /** whether photos can be selected: as a rule by whoever may change something */
  selects?: boolean
  /** what stands above the photos, its heading at least; told how many there are as soon as that is known */
  head: (count: number | null) => ReactNode
  /** what stands there when the list holds none */
  empty: ReactNode
}

/** The photos of a list as a timeline, and over it the viewer. Another list is another page: give it the list, as text, as its key. */
export function PhotoListPage({ place, title, openPhotoId, selects, head, empty }: PhotoListPageProps) {
  const me = useMaybeMe()
  const { data, error, refetch, dataUpdatedAt } = useQuery(monthsQuery(place.list))
  const model = useTimelineModel(place.list, me?.preferences.density ?? 'comfortable')
  const timeline = useRef<TimelineHandle>(null)
  const months = data?.months
  const viewer = useViewerRoute(place)
  useEffect(() => {
    if (months) model.setMonths(months)
  }, [months, model])
  useReturn(place.list, openPhotoId, model, timeline)
  const [askingDay, setAskingDay] = useState(false)
  const covered = openPhotoId !== null
  const hasDays = months?.some((month) => !isByHand(month)) ?? false
  useListKey('g', !covered && hasDays, () => setAskingDay(true))
  const [helpOpen, setHelpOpen] = useState(false)
  const isThere = months !== undefined && months.length > 0
  useListKey('?', !covered && isThere, () => setHelpOpen(true))
  // whoever views as somebody changes nothing, nor does anyone through a link
  const mayChange = !me?.viewing && place.list.share === undefined
  const maySelect = selects ?? mayChange
  const selecting = useSelecting(place.list, model)
  const choosingFor = useChoosingFor()
  useFollow(selecting, dataUpdatedAt)

  return (
    <ListContext value={place}>
      {head(months?.reduce((sum, { count }) => sum + count, 0) ?? null)}
      {!months && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {months &&
        (months.length > 0 ? (
          <>
            <Timeline
              ref={timeline}
              model={model}
              selecting={maySelect ? selecting : null}
              covered={covered}
              onOpen={viewer.open}
              onGoToDay={() => setAskingDay(true)}
              onHelp={() => setHelpOpen(true)}
            />
            <ListShortcuts
              open={helpOpen}
              onClose={() => setHelpOpen(false)}
              selects={maySelect}
              arranges={mayChange}
              hasDays={hasDays}
            />
            <GoToDay
              open={askingDay}
              onClose={() => setAskingDay(false)}
              months={months}
              model={model}
              timeline={timeline}
            />
          </>
        ) : (
          empty
        ))}
      {maySelect &&
        (choosingFor && mayChange ? (
          <ChoosingBar selecting={selecting} wanted={choosingFor} />
        ) : (
          <ActionBar selecting={selecting} />
        ))}
      {months && openPhotoId !== null && (
        <Viewer
          list={title}
          photoId={openPhotoId}
          months={months}
          onShow={viewer.show}
          onClose={viewer.close}
        />
      )}
    </ListContext>
  )
}

/** Where the place of a list's last visit is kept: with the photos, so that it goes when they go. */
const PLACES = ['library', 'place']

/** A timeline that begins where the last one of this list in this window ended. */
function useTimelineModel(list: PhotoList, density: Density): TimelineModel {
  const client = useQueryClient()
  const [key] = useState(() => [...PLACES, list])
  const [model] = useState(() => new TimelineModel(client.getQueryData<Anchor | null>(key) ?? null, density))
  useEffect(() => model.setDensity(density), [density, model])
  useEffect(() => {
    client.setQueryDefaults(PLACES, { gcTime: Number.POSITIVE_INFINITY })
    return () => {
      client.setQueryData(key, model.anchor)
    }
  }, [client, model, key])
  useEffect(() => forgetOtherLists(client, list), [client, list])
  return model
}

/** The viewer in the window's history: opening adds an entry, leafing changes it, closing takes it back. */
function useViewerRoute(place: ListPlace) {
  const [, navigate] = useLocation()
  const state: unknown = useHistoryState()
  const opened = typeof state === 'object' && state !== null && 'overTimeline' in state
  return {
    open: (id: number) => navigate(photoHref(place, id), { state: { overTimeline: true } }),
    show: (id: number) => navigate(photoHref(place, id), { replace: true, state }),
    close: () => (opened ? history.back() : navigate(listHref(place), { replace: true })),
  }
}

/** Brings the photo the viewer showed last into sight, with the keyboard's focus on it. */
function useReturn(
  list: PhotoList,
  openPhotoId: number | null,
  model: TimelineModel,
  timeline: React.RefObject<TimelineHandle | null>,
) {
  const client = useQueryClient()
  const last = useRef(openPhotoId)
  useEffect(() => {
    const left = last.current
    last.current = openPhotoId
    if (openPhotoId !== null || left === null) return
    const found = findPhoto(client, list, left)
    const month = found ? model.monthIndex(found.month.month) : -1
    if (found && month >= 0) timeline.current?.focusPhoto({ month, index: found.index })
  }, [openPhotoId, client, list, model, timeline])
}
