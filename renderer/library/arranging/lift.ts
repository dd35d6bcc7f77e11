import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Stretch } from '../selection/selection.ts'
import type { Gap } from './gap.ts'

/** Photos on their way to another place. */
export interface Lifted {
  ids: ReadonlySet<number>
  /** the one that was taken hold of; its version is null where it has no picture */
  lead: { id: number; version: number | null }
  /** the pointer, in client pixels */
  x: number
  y: number
  /** where they would go; null where that is where they are */
  gap: Gap | null
}

/** The photos that are being dragged, for those who draw them. */
export class Lift {
  readonly #listeners = new Set<() => void>()
  #lifted: Lifted | null = null

  /** Calls back after every change; returns the function that ends it. */
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Null while nothing is dragged. */
  readonly lifted = () => this.#lifted

  set(lifted: Lifted | null): void {
    if (lifted === this.#lifted) return
    this.#lifted = lifted
    for (const listener of this.#listeners) listener()
  }
}

export const LiftContext = createContext<Lift | null>(null)

const NEVER = () => () => undefined

/** `1` for each photo of a stretch that is being dragged and `0` for each other; empty while none at all is. */
export function useLifted({ data, from, to }: Stretch): string {
  const lift = useContext(LiftContext)
  return useSyncExternalStore(lift?.subscribe ?? NEVER, () => {
    const ids = lift?.lifted()?.ids
    if (!ids) return ''
    let marks = ''
    for (let index = from; index < to; index++) marks += ids.has(data.ids[index] ?? 0) ? '1' : '0'
    return marks
  })
}
