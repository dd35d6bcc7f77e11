import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { ErrorState } from '../components/state.tsx'
import { useMe } from '../me.ts'
import { useApi } from '../queries.ts'
import { LibraryEmpty } from './library-empty.tsx'
import { findPhoto } from './month-query.ts'
import type { Anchor } from './timeline/anchor.ts'
import type { Density } from './timeline/metrics.ts'
import { TimelineModel } from './timeline/model.ts'
import { Timeline, type TimelineHandle } from './timeline/timeline.tsx'
import { Viewer } from './viewer/viewer.tsx'

/** Where the place of the last visit is kept: with the photos, so that it goes when they go. */
const PLACE_KEY = ['library', 'place']

interface LibraryPageProps {
  /** the photo the viewer shows over the timeline, or null */
  openPhotoId: number | null
}

/** The photos of an account: the timeline, and over it the viewer. */
export function LibraryPage({ openPhotoId }: LibraryPageProps) {
  const { t } = useTranslation()
  const { may, preferences } = useMe()
  const { data, error, refetch } = useApi('timeline.months', {}, { enabled: may.viewLibrary })
  const model = useTimelineModel(preferences.density)
  const timeline = useRef<TimelineHandle>(null)
  const months = data?.months
  const viewer = useViewerRoute()
  useEffect(() => {
    if (months) model.setMonths(months)
  }, [months, model])
  useReturn(openPhotoId, model, timeline)

  if (may.viewLibrary && !months)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null
  return (
    <>
      <h1 className="visually-hidden">{t(may.viewLibrary ? 'frame.photos' : 'frame.shared')}</h1>
      {months && months.length > 0 ? (
        <Timeline ref={timeline} model={model} covered={openPhotoId !== null} onOpen={viewer.open} />
      ) : (
        <LibraryEmpty />
      )}
      {months && openPhotoId !== null && (
        <Viewer photoId={openPhotoId} months={months} onShow={viewer.show} onClose={viewer.close} />
      )}
    </>
  )
}

/** A timeline that begins where the last one of this window ended. */
function useTimelineModel(density: Density): TimelineModel {
  const client = useQueryClient()
  const [model] = useState(
    () => new TimelineModel(client.getQueryData<Anchor | null>(PLACE_KEY) ?? null, density),
  )
  useEffect(() => model.setDensity(density), [density, model])
  useEffect(() => {
    client.setQueryDefaults(PLACE_KEY, { gcTime: Number.POSITIVE_INFINITY })
    return () => {
      client.setQueryData(PLACE_KEY, model.anchor)
    }
  }, [client, model])
  return model
}

/** The viewer in the window's history: opening adds an entry, leafing changes it, closing takes it back. */
function useViewerRoute() {
  const [, navigate] = useLocation()
  const state: unknown = useHistoryState()
  const opened = typeof state === 'object' && state !== null && 'overTimeline' in state
  return {
    open: (id: number) => navigate(`/photo/${id}`, { state: { overTimeline: true } }),
    show: (id: number) => navigate(`/photo/${id}`, { replace: true, state }),
    close: () => (opened ? history.back() : navigate('/', { replace: true })),
  }
}

/** Brings the photo the viewer showed last into sight, with the keyboard's focus on it. */
function useReturn(
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
    const found = findPhoto(client, left)
    const month = found ? model.monthIndex(found.month.month) : -1
    if (found && month >= 0) timeline.current?.focusPhoto({ month, index: found.index })
  }, [openPhotoId, client, model, timeline])
}
