import { PIECE, runSteps } from '../../library/bulk/run.ts'
import type { ShareOf } from './share-of.ts'

/** What is asked of the server for it. */
export interface Calls {
  /** makes a share of what is given, of 500 photos at most, and answers its id */
  begin(what: { albumId: number } | { folderId: number } | { photoIds: number[] }): Promise<number>
  add(id: number, photoIds: number[]): Promise<unknown>
  revoke(id: number): Promise<unknown>
  /** whether a failure says that one of the photos is not there (any more) */
  isGone(error: unknown): boolean
}

/** A share that is not whole yet. Nobody is told of it before it is. */
export interface Unfinished {
  of: ShareOf
  /** null until its first photos are in */
  id: number | null
  /** photos gone through */
  done: number
}

export type Made =
  | { as: 'whole'; id: number }
  | { as: 'nothing'; error: unknown }
  /** no photo is there any more */
  | { as: 'gone' }
  | { as: 'cancelled' }
  /** some of it is in: it can go on from there, or be taken back */
  | { as: 'stuck'; share: Unfinished; error: unknown }

interface Options {
  signal: AbortSignal
  /** photos gone through so far */
  onProgress: (done: number) => void
}

/** Whether it takes more than one step, and so a while. */
export const isLong = (of: ShareOf): boolean => 'photoIds' in of && of.photoIds.length > PIECE

/**
 * Makes a share of whatever size, photos in pieces; those that vanished meanwhile are left out. A long one that is cancelled is taken back; what
 * is one step is made once it was asked for. Throws nothing.
 */
export async function makeShare(share: Unfinished, calls: Calls, options: Options): Promise<Made> {
  const made = await fill(share, calls, options)
  if (!options.signal.aborted || (made.as === 'whole' && !isLong(share.of))) return made
  const id = made.as === 'whole' ? made.id : made.as === 'stuck' ? made.share.id : null
  if (id !== null) await takeBack(id, calls)
  return { as: 'cancelled' }
}

/** Takes back what is in an unfinished share. Where that fails, it stays without anyone who knows its address, and is found among what is shared. */
export async function takeBack(id: number, { revoke }: Pick<Calls, 'revoke'>): Promise<void> {
  await revoke(id).catch(() => undefined)
}

async function fill(share: Unfinished, calls: Calls, { signal, onProgress }: Options): Promise<Made> {
  const { of, done: before } = share
  let { id } = share
  if (!('photoIds' in of))
    return calls.begin(of).then(
      (made) => ({ as: 'whole', id: made }),
      (error: unknown) => ({ as: 'nothing', error }),
    )
  const act = async (ids: readonly number[]) => {
    if (id === null) id = await calls.begin({ photoIds: [...ids] })
    else await calls.add(id, [...ids])
    return { changed: ids, undo: [] }
  }
  const steps = [{ ids: of.photoIds.slice(before), act }]
  const { isGone } = calls
  const { done, gone, ended } = await runSteps(steps, {
    isGone,
    signal,
    onProgress: (far) => onProgress(before + far),
  })
  const error = ended === null || ended === 'cancelled' ? null : ended.error
  if (id === null) return error === null ? { as: 'gone' } : { as: 'nothing', error }
  if (ended === null) return { as: 'whole', id }
  return { as: 'stuck', share: { of, id, done: before + done + gone }, error }
}
