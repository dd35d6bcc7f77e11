import { useCallback, useEffect, useRef, useState } from 'react'
import { UPLOAD_MOST_BYTES } from '../../../electron/contract/values.ts'
import { ApiFailure } from '../../api.ts'
import { sendFile } from './send-file.ts'

/** A file that somebody chose to send. */
export interface Item {
  readonly key: number
  readonly file: File
  readonly state: 'waits' | 'goes' | 'held' | 'known' | 'failed'
  /** bytes that have gone */
  readonly gone: number
  readonly failure: unknown
}

/** More at a time makes none of them quicker, and phones slow. */
const AT_ONCE = 2
/** After an answer that too many are on their way. */
const AGAIN_MS = 3000

interface Under {
  item: Item
  cancelling: AbortController
}

/** The files that are sent through a link, two at a time. They go on while their list is not looked at, and end with the page. */
export function useSending(share: number) {
  const [items, setItems] = useState<readonly Item[]>([])
  const sender = useRef('')
  const underWay = useRef(new Map<number, AbortController>())
  const lastKey = useRef(0)

  const change = useCallback(
    (key: number, changed: Partial<Item>) =>
      setItems((all) => all.map((item) => (item.key === key ? { ...item, ...changed } : item))),
    [],
  )

  const begin = useCallback(
    async ({ item, cancelling }: Under) => {
      const { key, file } = item
      try {
        const onProgress = (gone: number) => change(key, { gone })
        const { signal } = cancelling
        const state = await sendFile({ share, file, sender: sender.current, signal, onProgress })
        change(key, { state, gone: file.size })
      } catch (failure) {
        if (cancelling.signal.aborted) return
        const isThrottled = failure instanceof ApiFailure && failure.error.reason === 'uploads_at_once'
        if (isThrottled) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
        change(key, isThrottled ? { state: 'waits', gone: 0 } : { state: 'failed', gone: 0, failure })
      } finally {
        underWay.current.delete(key)
        // what waits is looked for anew
        setItems((all) => [...all])
      }
    },
    [share, change],
  )

  useEffect(() => {
    const next = items.find(({ key, state }) => state === 'waits' && !underWay.current.has(key))
    if (!next || underWay.current.size >= AT_ONCE) return
    const cancelling = new AbortController()
    underWay.current.set(next.key, cancelling)
    change(next.key, { state: 'goes' })
    void begin({ item: next, cancelling })
  }, [items, begin, change])

  useEffect(() => {
    const all = underWay.current
    return () => {
      for (const cancelling of all.values()) cancelling.abort()
    }
  }, [])

  return {
    items,
    setSender: (name: string) => {
      sender.current = name
    },
    add(files: Iterable<File>) {
      const chosen = Array.from(files, (file): Item => {
        lastKey.current += 1
        return { key: lastKey.current, file, gone: 0, ...beginningOf(file) }
      })
      setItems((all) => [...all, ...chosen])
    },
    again: (key: number) => change(key, { state: 'waits', gone: 0, failure: null }),
    /** Takes a file off the list, also one that is on its way. */
    remove(key: number) {
      underWay.current.get(key)?.abort()
      setItems((all) => all.filter((item) => item.key !== key))
    },
    /** Takes off what has arrived. */
    tidy: () => setItems((all) => all.filter(({ state }) => state !== 'held' && state !== 'known')),
  }
}

export type Sending = ReturnType<typeof useSending>

/** What would be refused anyway is not sent first. */
function beginningOf(file: File): Pick<Item, 'state' | 'failure'> {
  const reason = file.size === 0 ? 'upload_empty' : file.size > UPLOAD_MOST_BYTES ? 'upload_too_large' : null
  if (reason === null) return { state: 'waits', failure: null }
  return { state: 'failed', failure: new ApiFailure({ code: 'invalid', reason, message: reason }) }
}
