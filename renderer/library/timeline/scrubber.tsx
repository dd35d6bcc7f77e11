import { CalendarSearch, Keyboard } from 'lucide-react'
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../components/button.tsx'
import { formatNumber } from '../../format.ts'
import { isByHand } from '../month.ts'
import { monthName } from '../names.ts'
import type { Geometry } from './geometry.ts'
import type { TimelineModel } from './model.ts'
import { monthAtPosition, scrubberMarks } from './scrub.ts'
import { scrubTarget } from './scrub-keys.ts'
import styles from './scrubber.module.css'

interface ScrubberProps {
  model: TimelineModel
  onGoToDay: () => void
  onHelp: () => void
}

/**
 * The timeline's scroll bar: as long as all photos, with the years and dots for months, and the month under the
 * pointer. On narrow windows only its handle is there, while scrolling.
 */
export function Scrubber({ model, onGoToDay, onHelp }: ScrubberProps) {
  const { t } = useTranslation()
  const geometry = useSyncExternalStore(model.subscribe, model.geometry)
  const [track, setTrack] = useState<HTMLElement | null>(null)
  const height = useHeight(track)
  // drawn anew only when something to be seen changes: in a large library many screens make one pixel
  const y = useSyncExternalStore(model.subscribe, () => Math.round(model.position() * height))
  const at = useSyncExternalStore(model.subscribe, () => monthAtPosition(model.geometry(), model.position()))
  const { pointer, dragging, handlers } = useScrubbing(model, track)
  const [byKeys, setByKeys] = useState(false)
  const moving = useMoving(y)
  const month = geometry.months[at]
  if (month === undefined) return null
  const here = month.month
  const byHand = isByHand(month)

  const onKeyDown = (event: KeyboardEvent) => {
    const target = scrubTarget(geometry, model.position(), event.key)
    if (target === null || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    model.scrub(target)
  }
  const pointed = pointer === null ? undefined : geometry.months[monthAtPosition(geometry, pointer)]?.month
  const label = byHand ? undefined : (pointed ?? (byKeys ? here : undefined))
  const percent = height > 0 ? Math.round((y / height) * 100) : 0
  return (
    <div className={styles.scrubber} data-active={moving || dragging || undefined} {...handlers}>
      {!byHand && (
        <IconButton
          label={t('library.goToDay.title')}
          aria-keyshortcuts="g"
          className={styles.goToDay}
          // pressing it is no dragging of the scrubber around it
          onPointerDown={(event) => event.stopPropagation()}
          onClick={onGoToDay}
        >
          <CalendarSearch />
        </IconButton>
      )}
      <div
        ref={setTrack}
        className={styles.track}
        role="scrollbar"
        tabIndex={0}
        aria-label={t('library.scrubber')}
        aria-controls="timeline"
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={byHand ? `${formatNumber(percent)} %` : monthName(here)}
        onKeyDown={onKeyDown}
        onFocus={(event) => setByKeys(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setByKeys(false)}
      >
        {!byHand && <Marks geometry={geometry} height={height} />}
        <div className={styles.place} style={{ transform: `translateY(${y}px)` }}>
          <div className={styles.handle} />
        </div>
        {label && (
          <div
            className={styles.label}
            style={{ transform: `translateY(${pointer === null ? y : pointer * height}px)` }}
            aria-hidden="true"
          >
            {monthName(label)}
          </div>
        )}
      </div>
      <IconButton
        label={t('shortcuts.title')}
        aria-keyshortcuts="?"
        className={styles.help}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={onHelp}
      >
        <Keyboard />
      </IconButton>
    </div>
  )
}

/** Pointing at the scrubber, and dragging along it; `pointer` is a position from 0 to 1. */
function useScrubbing(model: TimelineModel, track: HTMLElement | null) {
  const [pointer, setPointer] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const positionOf = (event: PointerEvent) => {
    const box = track?.getBoundingClientRect()
    return box && box.height > 0 ? Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)) : 0
  }
  const end = () => {
    setDragging(false)
    setPointer(null)
  }
  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragging(true)
      setPointer(positionOf(event))
      model.scrub(positionOf(event))
    },
    onPointerMove(event: PointerEvent) {
      setPointer(positionOf(event))
      if (dragging) model.scrub(positionOf(event))
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => !dragging && setPointer(null),
  }
  return { pointer, dragging, handlers }
}

const Marks = memo(function Marks({ geometry, height }: { geometry: Geometry; height: number }) {
  const marks = useMemo(() => scrubberMarks(geometry, height), [geometry, height])
  return (
    <div className={styles.marks} aria-hidden="true">
      {marks.map(({ kind, label, y }) => (
        <span
          key={label}
          className={kind === 'year' ? styles.year : styles.dot}
          style={{ transform: `translateY(${y}px)` }}
        >
          {kind === 'year' && label}
        </span>
      ))}
    </div>
  )
})

function useHeight(element: HTMLElement | null): number {
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    if (!element) return
    const measure = () => setHeight(element.clientHeight)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [element])
  return height
}

/** How long the handle stays on narrow windows after scrolling. */
const LINGER_MS = 1500

/** True while the handle moves, and a while after. */
function useMoving(y: number): boolean {
  const [moved, setMoved] = useState<number | null>(null)
  const [first] = useState(y)
  useEffect(() => {
    if (y === first) return
    setMoved(y)
    const timer = setTimeout(() => setMoved(null), LINGER_MS)
    return () => clearTimeout(timer)
  }, [y, first])
  return moved !== null
}
