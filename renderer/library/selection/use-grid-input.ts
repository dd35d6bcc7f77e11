import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import type { Where } from '../arranging/album-order.ts'
import type { Arranging } from '../arranging/use-arranging.ts'
import { isMoveKey, moveFocus, type Place } from '../timeline/focus-move.ts'
import type { TimelineModel } from '../timeline/model.ts'
import type { Selecting } from './selecting.ts'
import type { Stretch } from './selection.ts'
import { linkAt, spotOf } from './targets.ts'
import { useGridDrag } from './use-grid-drag.ts'
import { useSaid } from './use-selecting.ts'

interface GridInputOptions {
  model: TimelineModel
  /** null where nothing can be selected */
  selecting: Selecting | null
  arranging: Arranging
  scroller: RefObject<HTMLElement | null>
  canvas: RefObject<HTMLElement | null>
  /** the viewer lies over it */
  covered: boolean
  focusPhoto: (place: Place) => void
  onOpen: (photoId: number) => void
}

interface GridInput {
  onClick(event: MouseEvent): void
  onKeyDown(event: KeyboardEvent): void
}

/** Clicks, keys and drags over the photos: they open them, or select them. */
export function useGridInput(options: GridInputOptions): GridInput {
  const { model, selecting, arranging, focusPhoto, onOpen } = options
  const said = useSaid()
  useGridDrag(options)
  useListKeys(options)

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.button !== 0) return
    const day = selecting && dayAt(event.target, model)
    if (day) return selecting.toggleDay(day)
    const link = linkAt(event.target)
    const spot = link && spotOf(link)
    if (!link || !spot) return
    switch (meaningOf(event, selecting?.selection.isOn() ?? false)) {
      case 'browser':
        return
      case 'open':
        event.preventDefault()
        return onOpen(spot.id)
      case 'range':
        event.preventDefault()
        link.focus({ preventScroll: true })
        return selecting ? said(selecting.extendTo(spot)) : undefined
      case 'toggle':
        event.preventDefault()
        link.focus({ preventScroll: true })
        return selecting?.toggle(spot)
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-photo]') : null
    const spot = link && spotOf(link)
    if (!selecting || !link || !spot || event.ctrlKey || event.metaKey) return
    if (event.altKey) {
      const where = event.shiftKey || !arranging.isOn() ? undefined : ARRANGES[event.key]
      if (!where) return
      // the browser's own keys for going back and home
      event.preventDefault()
      arranging.step(spot, where)
      return
    }
    if (event.shiftKey && isMoveKey(event.key)) {
      event.preventDefault()
      const from = { month: model.monthIndex(spot.month), index: Number(link.dataset.index) }
      const to = moveFocus(from, event.key, model.surroundings)
      said(
        selecting.extendFrom(spot, {
          month: model.geometry().months[to.month]?.month ?? '',
          index: to.index,
        }),
      )
      focusPhoto(to)
    } else if (event.key === ' ' || event.key === 'x') {
      event.preventDefault()
      selecting.toggle(spot)
    } else if (event.key === 'X') {
      event.preventDefault()
      const day = dayOfPhoto(link, model)
      if (day) selecting.toggleDay(day)
    }
  }
  return { onClick, onKeyDown }
}

/** With Alt, in an order by hand. */
const ARRANGES: Readonly<Record<string, Where>> = {
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  Home: 'front',
  End: 'end',
}

/** What a click on a photo means. */
function meaningOf(event: MouseEvent, isSelecting: boolean): 'open' | 'toggle' | 'range' | 'browser' {
  const byKey = event.detail === 0
  const onTick = event.target instanceof Element && event.target.closest('[data-tick]') !== null
  const modified = event.ctrlKey || event.metaKey || event.shiftKey
  if (event.altKey || (byKey && modified)) return 'browser'
  if (event.shiftKey) return 'range'
  if (event.ctrlKey || event.metaKey || onTick) return 'toggle'
  // Enter opens also while selecting; Space ticks
  return isSelecting && !byKey ? 'toggle' : 'open'
}

/** The photos of the day whose tick this is. */
function dayAt(target: Element, model: TimelineModel): Stretch | null {
  const tick = target.closest<HTMLElement>('[data-tick-day]')
  const month = tick?.dataset.month
  return tick && month !== undefined ? dayStretch(model, month, Number(tick.dataset.tickDay)) : null
}

function dayOfPhoto({ dataset: { month = '', index } }: HTMLElement, model: TimelineModel): Stretch | null {
  const data = model.dataOf(model.monthIndex(month))
  const next = data?.days.findIndex(({ first }) => first > Number(index)) ?? -1
  return data ? dayStretch(model, month, (next < 0 ? data.days.length : next) - 1) : null
}

function dayStretch(model: TimelineModel, month: string, day: number): Stretch | null {
  const data = model.dataOf(model.monthIndex(month))
  if (!data) return null
  return { data, from: data.days[day]?.first ?? 0, to: data.days[day + 1]?.first ?? data.count }
}

/** Keys that are meant for the list wherever the focus is: all, and none. */
function useListKeys({ selecting, covered }: GridInputOptions): void {
  const said = useSaid()
  const latest = useRef(said)
  useLayoutEffect(() => {
    latest.current = said
  })
  useEffect(() => {
    if (!selecting || covered) return
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return
      if (event.key === 'Escape' && (selecting.selection.count() > 0 || selecting.reading()))
        selecting.clear()
      else if (isSelectAll(event)) latest.current(selecting.all())
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [selecting, covered])
}

const isSelectAll = ({ key, ctrlKey, metaKey, shiftKey, altKey }: globalThis.KeyboardEvent) =>
  key.toLowerCase() === 'a' && (ctrlKey || metaKey) && !shiftKey && !altKey

/** Fields have their own selection, menus and dialogs their own Escape. */
export const isElsewhere = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null
