import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { HAND_MONTH } from '../../../electron/contract/values.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import { mayWith } from '../month.ts'
import type { Dragging } from '../selection/drag.ts'
import type { Selecting } from '../selection/selecting.ts'
import type { Spot } from '../selection/selection.ts'
import { allowedOf } from '../selection/tally.ts'
import type { Place } from '../timeline/focus-move.ts'
import type { TimelineModel } from '../timeline/model.ts'
import { dropAt, placeFor, type Where } from './album-order.ts'
import { gapAt } from './gap.ts'
import { Lift } from './lift.ts'
import { useOrder } from './use-order.ts'

/** Putting the photos of the shown album in order by dragging and by keys. */
export interface Arranging {
  lift: Lift
  /** whether the list has an order by hand that may be changed */
  isOn(): boolean
  /** Whether this photo may be dragged elsewhere now. */
  mayLift(spot: Spot): boolean
  /** A photo is dragged, and the others that are selected with it. */
  begin(spot: Spot, x: number, y: number): Dragging | null
  /** Moves a photo, or all selected ones if it is one of them, and keeps the focus on it. */
  step(spot: Spot, where: Where): void
}

interface ArrangingOptions {
  model: TimelineModel
  selecting: Selecting | null
  scroller: RefObject<HTMLElement | null>
  canvas: RefObject<HTMLElement | null>
  focusPhoto: (place: Place) => void
}

/** The same object as long as the list is shown; in lists without an order by hand it is off. */
export function useArranging(options: ArrangingOptions): Arranging {
  const { busy } = useBulk()
  const now = { ...options, order: useOrder(), busy }
  const latest = useRef(now)
  useLayoutEffect(() => {
    latest.current = now
  })
  const [arranging] = useState(() => arrangingBy(() => latest.current))
  return arranging
}

type Now = ArrangingOptions & { order: ReturnType<typeof useOrder>; busy: boolean }

function arrangingBy(now: () => Now): Arranging {
  const lift = new Lift()

  /** The photos that go along with one; none where it may not be put elsewhere. */
  function along({ id }: Spot): ReadonlySet<number> {
    const { selecting, model, order, busy } = now()
    const data = model.dataOf(model.monthIndex(HAND_MONTH))
    const index = data?.ids.indexOf(id) ?? -1
    if (!selecting || !order || !data || busy || !mayWith(data, index)?.album) return new Set()
    const { selection } = selecting
    return new Set(selection.has(id) ? allowedOf(selection.chosen, 'album') : [id])
  }

  async function put(ids: ReadonlySet<number>, before: number | null): Promise<readonly number[]> {
    const { model, order } = now()
    model.holdWithout(ids)
    const data = await order?.put(ids, before)
    if (data) model.setMonth(data)
    return data?.ids ?? []
  }

  return {
    lift,
    isOn: () => now().selecting !== null && (now().order?.ids() ?? null) !== null,
    mayLift: (spot) => along(spot).size > 0,
    begin(spot, x, y) {
      const ids = along(spot)
      if (ids.size === 0) return null
      lift.set({ ids, lead: leadOf(now().model, spot.id), x, y, gap: null })
      let before: number | null | undefined
      return {
        over(toX, toY) {
          const lifted = lift.lifted()
          const gap = pointedAt(now(), toX, toY)
          const order = now().order?.ids()
          if (!lifted) return
          before = gap && order ? dropAt(gap.index, order, ids) : undefined
          lift.set({ ...lifted, x: toX, y: toY, gap: before === undefined ? null : gap })
        },
        end(how) {
          lift.set(null)
          if (how === 'dropped' && before !== undefined) void put(ids, before)
        },
      }
    },
    step(spot, where) {
      const ids = along(spot)
      const before = placeFor(where, now().order?.ids() ?? [], ids)
      if (before === undefined) return
      void put(ids, before).then((order) => {
        const index = order.indexOf(spot.id)
        if (index >= 0) now().focusPhoto({ month: now().model.monthIndex(HAND_MONTH), index })
      })
    },
  }
}

function leadOf(model: TimelineModel, id: number) {
  const data = model.dataOf(model.monthIndex(HAND_MONTH))
  const index = data?.ids.indexOf(id) ?? -1
  return { id, version: data?.states[index] === 'ready' ? (data.versions[index] ?? null) : null }
}

/** The place between photos that a pointer is nearest to; null where nothing is laid out. */
function pointedAt({ model, scroller, canvas }: Now, x: number, y: number) {
  if (!scroller.current || !canvas.current) return null
  const box = scroller.current.getBoundingClientRect()
  // beyond the view nothing is shown, so nothing there is meant
  const at = model.monthUnder(Math.min(Math.max(0, y - box.top), box.height - 1))
  return at && gapAt(at.layout, x - canvas.current.getBoundingClientRect().left, at.y)
}
