import type { Reason } from '../../contract/reasons.ts'

/** What the door to the house's network last told of itself. */
type LanDoorState =
  /** this program has no such door */
  | { readonly kind: 'none' }
  | { readonly kind: 'closed' }
  /** where it is found, the best first */
  | { readonly kind: 'open'; readonly urls: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: Reason }

/** Where the household and that door leave word for each other; it outlives a household that is closed and opened again. */
export interface LanBoard {
  state(): LanDoorState
  /** The door's. */
  tell(state: LanDoorState): void
  onLookAgain(listener: () => void): void
  /** The household's: the door has to see what is wanted of it. */
  lookAgain(): void
  /** Answers what ends it. */
  onTold(listener: () => void): () => void
}

export function createLanBoard(): LanBoard {
  let state: LanDoorState = { kind: 'none' }
  const doors = new Set<() => void>()
  const readers = new Set<() => void>()
  return {
    state: () => state,
    tell(told) {
      if (JSON.stringify(told) === JSON.stringify(state)) return
      state = told
      for (const read of readers) read()
    },
    onLookAgain: (listener) => void doors.add(listener),
    lookAgain() {
      for (const look of doors) look()
    },
    onTold(listener) {
      readers.add(listener)
      return () => readers.delete(listener)
    },
  }
}
