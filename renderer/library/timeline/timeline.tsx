import { useQueries, useQueryClient } from '@tanstack/react-query'
import {
  type KeyboardEvent,
  memo,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { LiftContext } from '../arranging/lift.ts'
import { LiftedPhotos } from '../arranging/lifted-photos.tsx'
import { useArranging } from '../arranging/use-arranging.ts'
import { monthQuery } from '../month-query.ts'
import { useListPlace } from '../photo-list.ts'
import type { Selecting } from '../selection/selecting.ts'
import { SelectionContext } from '../selection/selection-context.ts'
import { useGridInput } from '../selection/use-grid-input.ts'
import type { Place } from './focus-move.ts'
import { Blank, Line } from './line.tsx'
import type { TimelineModel } from './model.ts'
import { Scrubber } from './scrubber.tsx'
import type { LineSlice } from './slices.ts'
import styles from './timeline.module.css'
import { useScroller } from './use-scroller.ts'
import { useTileFocus } from './use-tile-focus.ts'

/** Photos whose rows are held beyond those in sight; at some 100 bytes each. */
const HELD_PHOTOS = 120_000

/** What the page may ask of the timeline. */
export interface TimelineHandle {
  /** Brings a photo's tile into sight and focuses it. */
  focusPhoto(place: Place, how?: 'nearest' | 'middle'): void
}

interface TimelineProps {
  model: TimelineModel
  /** null where nothing can be selected */
  selecting: Selecting | null
  /** the viewer lies over it */
  covered: boolean
  onOpen: (photoId: number) => void
  /** asks for the day to go to */
  onGoToDay: () => void
  /** tells the keys */
  onHelp: () => void
  ref: Ref<TimelineHandle>
}

/** The photos of the library by day, newest first, as far as they are near to what is seen, with the scrubber beside. */
export function Timeline({ model, selecting, covered, onOpen, onGoToDay, onHelp, ref }: TimelineProps) {
  const { t } = useTranslation()
  const { scroller, canvas } = useScroller(model)
  const view = useSyncExternalStore(model.subscribe, model.view)
  const focus = useTileFocus(model, canvas, !covered)
  useImperativeHandle(ref, () => ({ focusPhoto: focus.focusPhoto }))

  const { focusPhoto } = focus
  const arranging = useArranging({ model, selecting, scroller, canvas, focusPhoto })
  const input = useGridInput({
    model,
    selecting,
    arranging,
    scroller,
    canvas,
    covered,
    focusPhoto,
    onOpen,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    focus.onKeyDown(event)
    if (!event.defaultPrevented) input.onKeyDown(event)
  }
  const stop = focus.tabStop
  const stopMonth = stop && model.geometry().months[stop.month]?.month

  return (
    <div className={styles.timeline}>
      {/* reached by Tab through its tiles; a stop of its own would lead nowhere */}
      <div ref={scroller} className={styles.scroller} tabIndex={-1}>
        {/* biome-ignore lint/a11y/useSemanticElements: tiles are placed freely, a table's cells are not */}
        <div
          ref={canvas}
          id="timeline"
          role="grid"
          className={styles.canvas}
          aria-label={t('library.grid')}
          aria-rowcount={-1}
          aria-multiselectable={selecting !== null || undefined}
          onClick={input.onClick}
          onFocus={focus.onFocus}
          onBlur={focus.onBlur}
          onKeyDown={onKeyDown}
        >
          <SelectionContext value={selecting?.selection ?? null}>
            <LiftContext value={arranging.lift}>
              {view.slices.flatMap((slice) =>
                slice.kind === 'blank'
                  ? [<Blank key={`blank ${slice.month}`} slice={slice} metrics={model.metrics} />]
                  : linesOf(slice).map((line) => (
                      <Line
                        key={`${slice.month} ${line}`}
                        data={slice.data}
                        layout={slice.layout}
                        line={line}
                        monthTop={slice.top}
                        fast={view.fast}
                        tabStop={
                          stop && slice.month === stopMonth && isOnLine(slice, line, stop) ? stop.index : null
                        }
                      />
                    )),
              )}
            </LiftContext>
          </SelectionContext>
          <LiftedPhotos model={model} lift={arranging.lift} />
        </div>
      </div>
      <Scrubber model={model} onGoToDay={onGoToDay} onHelp={onHelp} />
      <MonthLoader model={model} selecting={selecting} wanted={view.wanted} />
    </div>
  )
}

const isOnLine = ({ layout }: LineSlice, line: number, { index }: Place) =>
  index >= (layout.firsts[line] ?? 0) && index < (layout.firsts[line + 1] ?? 0)

const linesOf = ({ from, to }: LineSlice) => Array.from({ length: to - from }, (_, place) => from + place)

interface MonthLoaderProps {
  model: TimelineModel
  selecting: Selecting | null
  wanted: readonly string[]
}

/** Loads the months the timeline asks for, and lets go of those far from what is seen when too many are held. */
const MonthLoader = memo(function MonthLoader({ model, selecting, wanted }: MonthLoaderProps) {
  const client = useQueryClient()
  const { list } = useListPlace()
  const loaded = useQueries({ queries: wanted.map((month) => monthQuery(list, month)) })
  // before the browser draws: what is in the cache already is never seen missing
  useLayoutEffect(() => {
    for (const { data } of loaded) {
      if (!data) continue
      model.setMonth(data)
      selecting?.selection.follow(data)
    }
  }, [loaded, model, selecting])
  useEffect(() => {
    let photos = 0
    for (const { month, count } of model.held) {
      photos += count
      if (photos <= HELD_PHOTOS || wanted.includes(month)) continue
      model.forget(month)
      client.removeQueries({ queryKey: monthQuery(list, month).queryKey, type: 'inactive' })
    }
  }, [wanted, model, client, list])
  return null
})
