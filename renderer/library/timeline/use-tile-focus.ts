import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { isMoveKey, type MoveKey, moveFocus, type Place } from './focus-move.ts'
import type { TimelineModel } from './model.ts'

/** The focused photo: by its id as soon as that is known, so that it is found again after photos arrived. */
interface Focus {
  month: string
  index: number
  id: number | null
}

export interface TileFocus {
  /** the one tile that Tab reaches */
  tabStop: Place | null
  onFocus(event: FocusEvent): void
  onBlur(event: FocusEvent): void
  onKeyDown(event: KeyboardEvent): void
  /** Brings a photo's tile into sight and focuses it, now or as soon as it is drawn. */
  focusPhoto(place: Place, how?: 'nearest' | 'middle'): void
}

function placeOf(model: TimelineModel, focus: Focus): Place {
  const month = model.monthIndex(focus.month)
  const data = model.dataOf(month)
  const found =
    focus.id === null || !data || data.ids[focus.index] === focus.id ? -1 : data.ids.indexOf(focus.id)
  return { month, index: found >= 0 ? found : focus.index }
}

function focusAt(model: TimelineModel, place: Place): Focus {
  const data = model.dataOf(place.month)
  return {
    month: model.geometry().months[place.month]?.month ?? '',
    index: place.index,
    id: data?.ids[place.index] ?? null,
  }
}

/** The element of a photo's tile, while it is drawn. */
const tileAt = (grid: HTMLElement, month: string, index: number) =>
  grid.querySelector<HTMLElement>(`[data-month="${month}"][data-index="${index}"]`)

/** Moves the keyboard's focus over the tiles: one of them is reached by Tab, keys go on from there. */
export function useTileFocus(
  model: TimelineModel,
  grid: RefObject<HTMLElement | null>,
  enabled: boolean,
): TileFocus {
  const [focus, setFocus] = useState<Focus | null>(null)
  /** the focus belongs on the tile, though the tile may not be drawn yet or was just drawn anew */
  const due = useRef(false)
  const place = focus && placeOf(model, focus)

  const goTo = (next: Place, how: 'nearest' | 'middle' = 'nearest') => {
    due.current = true
    setFocus(focusAt(model, next))
    model.pin(next)
    model.show(next, how)
  }
  const move = (from: Place, key: MoveKey) => goTo(moveFocus(from, key, model.surroundings))

  // no dependencies: whatever was drawn may hold the tile that waits for the focus
  useLayoutEffect(() => {
    if (!focus || !place || !enabled) return
    const lost = due.current || document.activeElement === document.body
    const tile = lost && grid.current ? tileAt(grid.current, focus.month, place.index) : null
    if (!tile) return
    due.current = false
    tile.focus({ preventScroll: true })
  })

  useKeysWithoutFocus(model, enabled, goTo)

  return {
    tabStop: place ?? model.firstVisible,
    onFocus(event) {
      const { month, index, photo } = event.target instanceof HTMLElement ? event.target.dataset : {}
      if (month === undefined || index === undefined) return
      due.current = false
      setFocus({ month, index: Number(index), id: Number(photo) })
      model.pin({ month: model.monthIndex(month), index: Number(index) })
    },
    onBlur(event) {
      // a tile that is drawn anew, in another line perhaps, gets the focus back
      if (due.current || !event.target.isConnected) return
      setFocus(null)
      model.pin(null)
    },
    onKeyDown(event) {
      if (!place || !isPlainMove(event)) return
      event.preventDefault()
      move(place, event.key)
    },
    focusPhoto: goTo,
  }
}

/** Keys work as soon as the page is open, before anything has the focus: they begin at the first photo in sight. */
function useKeysWithoutFocus(model: TimelineModel, enabled: boolean, goTo: (place: Place) => void): void {
  const latest = useRef(goTo)
  useLayoutEffect(() => {
    latest.current = goTo
  })
  useEffect(() => {
    if (!enabled) return
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const first = model.firstVisible
      if (document.activeElement !== document.body || !isPlainMove(event) || !first) return
      event.preventDefault()
      const far = event.key === 'Home' || event.key === 'End'
      latest.current(far ? moveFocus(first, event.key, model.surroundings) : first)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [model, enabled])
}

type Pressed = Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

const isPlainMove = <E extends Pressed>(event: E): event is E & { key: MoveKey } =>
  isMoveKey(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
