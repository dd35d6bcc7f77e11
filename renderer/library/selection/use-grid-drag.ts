import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { Arranging } from '../arranging/use-arranging.ts'
import type { TimelineModel } from '../timeline/model.ts'
import { type Dragging, GridDrag, type Press } from './drag.ts'
import type { Selecting } from './selecting.ts'
import type { Spot } from './selection.ts'
import { linkAt, spotOf } from './targets.ts'
import { useSaid } from './use-selecting.ts'

interface GridDragOptions {
  model: TimelineModel
  /** null where nothing can be selected */
  selecting: Selecting | null
  arranging: Arranging
  scroller: RefObject<HTMLElement | null>
  canvas: RefObject<HTMLElement | null>
  /** the viewer lies over it */
  covered: boolean
}

/**
 * Dragging over photos selects what lies between. In an order by hand the mouse takes them elsewhere: there a drag selects that begins with
 * Shift, or beside the photos; a finger selects there too.
 */
export function useGridDrag({
  model,
  selecting,
  arranging,
  scroller,
  canvas,
  covered,
}: GridDragOptions): void {
  const said = useSaid()
  const latest = useRef(said)
  useLayoutEffect(() => {
    latest.current = said
  })
  useEffect(() => {
    const [outer, inner] = [scroller.current, canvas.current]
    if (!selecting || covered || !outer || !inner) return
    const spotAt = (x: number, y: number): Spot | null => {
      const box = outer.getBoundingClientRect()
      // beyond the view nothing is shown, so nothing there is meant
      const within = Math.min(Math.max(0, y - box.top), box.height - 1)
      const place = model.placeAt(x - inner.getBoundingClientRect().left, within)
      const data = place && model.dataOf(place.month)
      const id = data?.ids[place?.index ?? 0]
      return data && id !== undefined ? { month: data.month, id } : null
    }
    const pressedOn = ({ target }: Press) => {
      const link = linkAt(target)
      return link && spotOf(link)
    }
    const moves = ({ byMouse, shiftKey }: Press) => byMouse && !shiftKey && arranging.isOn()
    const select = (first: Spot): Dragging => {
      let last = first.id
      selecting.beginDrag(first)
      return {
        over(x, y) {
          const spot = spotAt(x, y)
          if (!spot || spot.id === last) return
          last = spot.id
          latest.current(selecting.extendTo(spot))
        },
        end: (how) => how === 'cancelled' && selecting.cancelDrag(),
      }
    }
    const drag = new GridDrag(outer, {
      mayBegin(press) {
        const spot = pressedOn(press)
        if (!arranging.isOn() || !press.byMouse) return spot !== null && !press.shiftKey
        return !spot || press.shiftKey ? inner.contains(press.target) : arranging.mayLift(spot)
      },
      begin(press) {
        const spot = pressedOn(press)
        if (spot && moves(press)) return arranging.begin(spot, press.x, press.y)
        const first = spot ?? spotAt(press.x, press.y)
        return first && select(first)
      },
    })
    return () => drag.end()
  }, [model, selecting, arranging, scroller, canvas, covered])
}
