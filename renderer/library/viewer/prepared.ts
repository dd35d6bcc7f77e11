import { useEffect } from 'react'
import { mediaUrl } from '../../../electron/contract/values.ts'
import type { Glimpse } from './use-neighbours.ts'

interface Prepared {
  image: HTMLImageElement
  /** whether it is decoded; a browser can then draw it in the frame in which it is asked for */
  done: boolean
  /** ends when it is decoded or could not be had */
  settled: Promise<void>
}

/** By address. Held as long as they are near what is looked at, so that browsers keep their pixels. */
const prepared = new Map<string, Prepared>()

function prepare(src: string): Prepared {
  const before = prepared.get(src)
  if (before) return before
  const image = new Image()
  image.fetchPriority = 'low'
  image.decoding = 'async'
  image.src = src
  const entry: Prepared = { image, done: false, settled: Promise.resolve() }
  entry.settled = image.decode().then(
    () => {
      entry.done = true
    },
    // whoever shows it tells what is wrong
    () => undefined,
  )
  prepared.set(src, entry)
  return entry
}

const previewOf = ({ id, version, share }: Glimpse) => mediaUrl('preview', id, version, share)

/** Whether a picture can be drawn at once. */
export const isPrepared = (src: string) => prepared.get(src)?.done === true

/** Ends when a photo's preview can be drawn at once, or will not come by itself. */
export const settledPreview = (photo: Glimpse) => prepare(previewOf(photo)).settled

/** Has the previews of these photos ready, behind all that is on screen; those asked for before and not any more are let go. */
export function usePrepared(glimpses: readonly (Glimpse | null)[]): void {
  const wanted = glimpses.flatMap((each) => (each?.state === 'ready' ? [previewOf(each)] : [])).join(' ')
  useEffect(() => {
    const keep = new Set(wanted.split(' ').filter(Boolean))
    for (const [src, { image, done }] of prepared)
      if (!keep.has(src)) {
        if (!done) image.removeAttribute('src')
        prepared.delete(src)
      }
    for (const src of keep) prepare(src)
  }, [wanted])
  useEffect(() => () => prepared.clear(), [])
}
