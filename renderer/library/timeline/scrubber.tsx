import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { formatMonth } from '../../format.ts'
import type { Geometry } from './geometry.ts'
import type { TimelineModel } from './model.ts'
import { monthAtPosition, scrubberMarks } from './scrub.ts'
import { scrubTarget } from './scrub-keys.ts'
import styles from './scrubber.module.css'

/**
 * The timeline's scroll bar: as long as all photos, with the years and dots for months, and the month under the
 * pointer. On narrow windows only its handle is there, while scrolling.
 */
export function Scrubber({ model }: { model: TimelineModel }) {
  const { t } = useTranslation()
  const geometry = useSyncExternalStore(model.subscribe, model.geometry)
  const position = useSyncExternalStore(model.subscribe, model.position)
  const track = useRef<HTMLDivElement>(null)
  const height = useHeight(track)
  const [pointer, setPointer] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const here = geometry.months[monthAtPosition(geometry, position)]?.month
  if (here === undefined) return null

  const positionOf = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    return box ? Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)) : 0
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    setDragging(true)
    setPointer(positionOf(event))
    model.scrub(positionOf(event))
  }
  const onPointerMove = (event: PointerEvent) => {
    setPointer(positionOf(event))
    if (dragging) model.scrub(positionOf(event))
  }
  const onPointerEnd = () => {
    setDragging(false)
    setPointer(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = scrubTarget(geometry, position, event.key)
    if (target === null || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    model.scrub(target)
  }

  const pointed = pointer === null ? null : geometry.months[monthAtPosition(geometry, pointer)]?.month
  return (
    <div
      className={styles.scrubber}
      data-dragging={dragging || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onPointerLeave={() => !dragging && setPointer(null)}
    >
      <div
        ref={track}
        className={styles.track}
        role="scrollbar"
        tabIndex={0}
        aria-label={t('library.scrubber')}
        aria-controls="timeline"
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(position * 100)}
        aria-valuetext={formatMonth(here)}
        onKeyDown={onKeyDown}
      >
        <Marks geometry={geometry} height={height} />
        <div className={styles.handle} style={{ transform: `translateY(${position * height}px)` }} />
        {(pointed ?? (dragging ? here : null)) && (
          <div
            className={styles.label}
            style={{ transform: `translateY(${(pointer ?? position) * height}px)` }}
            aria-hidden="true"
          >
            {formatMonth(pointed ?? here)}
          </div>
        )}
      </div>
    </div>
  )
}

const Marks = memo(function Marks({ geometry, height }: { geometry: Geometry; height: number }) {
  const marks = useMemo(() => scrubberMarks(geometry, height), [geometry, height])
  return (
    <div aria-hidden="true">
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

function useHeight(ref: React.RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setHeight(element.clientHeight)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [ref])
  return height
}
