import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Selection, Share, Stretch } from './selection.ts'

/** The selection of the list that is shown; null where nothing can be selected. */
export const SelectionContext = createContext<Selection | null>(null)

const NEVER = () => () => undefined

/** Which photos of a stretch are selected, see {@link Selection.marks}; null where nothing can be. */
export function useMarks(stretch: Stretch): string | null {
  const selection = useContext(SelectionContext)
  return useSyncExternalStore(selection?.subscribe ?? NEVER, () => selection?.marks(stretch) ?? null)
}

/** How much of a stretch is selected, and whether clicks select; null where nothing can be. */
export function useShare(stretch: Stretch): { share: Share; selecting: boolean } | null {
  const selection = useContext(SelectionContext)
  const subscribe = selection?.subscribe ?? NEVER
  const share = useSyncExternalStore(subscribe, () => selection?.share(stretch) ?? null)
  const selecting = useSyncExternalStore(subscribe, () => selection?.isOn() ?? false)
  return share && { share, selecting }
}
