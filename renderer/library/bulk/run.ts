/** Most photos of one call; the server takes no more. */
export const PIECE = 500
/** So many photos that are gone are left out one by one; where more are, something larger happened, and nothing is tried on. */
const MOST_GONE = 64

/** Does something to at most 500 photos, all of them or none; fails where one of them is not there. */
export type Act = (ids: readonly number[]) => Promise<Did>

/** Something to be done to photos, however many. */
export interface Step {
  ids: readonly number[]
  act: Act
}

/** What one call did. */
interface Did {
  /** the photos that are different now */
  changed: readonly number[]
  /** what brings back what was before */
  undo: readonly Step[]
}

interface RunOptions {
  /** whether a failure says that one of the photos is not there (any more) */
  isGone: (error: unknown) => boolean
  /** photos gone through so far */
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

export interface Outcome {
  /** photos that were gone through: changed ones and those that were so already */
  done: number
  changed: number
  /** what takes all of it back, the last first */
  undo: Step[]
  /** photos that were not there any more */
  gone: number
  /** why it ended early: the failure, or that it was cancelled; null when it did not */
  ended: { error: unknown } | 'cancelled' | null
}

/**
 * Does something to many photos in pieces, in their order. Photos that vanished meanwhile are left out, and no others take their place: what is
 * touched is never more than what was given. Anything else that fails ends it, and the outcome tells how far it came. Throws nothing.
 */
export async function runSteps(
  steps: readonly Step[],
  { isGone, onProgress, signal }: RunOptions,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, changed: 0, undo: [], gone: 0, ended: null }
  const queue = steps.flatMap(piecesOf)
  for (let piece = queue.shift(); piece; piece = queue.shift()) {
    if (signal?.aborted) return { ...outcome, ended: 'cancelled' }
    try {
      const { changed, undo } = await piece.act(piece.ids)
      outcome.done += piece.ids.length
      outcome.changed += changed.length
      outcome.undo.unshift(...undo)
    } catch (error) {
      if (!isGone(error) || outcome.gone >= MOST_GONE) return { ...outcome, ended: { error } }
      if (piece.ids.length === 1) outcome.gone++
      else queue.unshift(...halvesOf(piece))
    }
    onProgress?.(outcome.done + outcome.gone)
  }
  return outcome
}

function piecesOf({ ids, act }: Step): Step[] {
  const pieces: Step[] = []
  for (let from = 0; from < ids.length; from += PIECE)
    pieces.push({ ids: ids.slice(from, from + PIECE), act })
  return pieces
}

function halvesOf({ ids, act }: Step): Step[] {
  const middle = ids.length >> 1
  return [
    { ids: ids.slice(0, middle), act },
    { ids: ids.slice(middle), act },
  ]
}
