import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ProcedureName } from '../../../electron/contract/contract.ts'

/** The address's hash without its sign, followed through links of the page and of the frame alike. */
export function useAddressHash(): string {
  return useSyncExternalStore(followAddress, () => location.hash.slice(1))
}

function followAddress(listener: () => void): () => void {
  // wouter tells of its own navigation by an event of this name
  const events = ['hashchange', 'popstate', 'pushState', 'replaceState']
  for (const event of events) addEventListener(event, listener)
  return () => {
    for (const event of events) removeEventListener(event, listener)
  }
}

/** The part a hash leads to; behind a question mark it says what is looked for there (`worker-logs?job=12`). */
export const partOf = (hash: string): string => hash.split('?', 1)[0] ?? ''

/** Whether each of these procedures has been answered once, or failed to be; never false again afterwards. */
export function useAnswered(names: readonly ProcedureName[]): boolean {
  const cache = useQueryClient().getQueryCache()
  const isAnswered = (name: ProcedureName) =>
    cache.findAll({ queryKey: [name] }).some(({ state }) => state.status !== 'pending')
  return useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => names.every(isAnswered),
  )
}

/** Of the height of what scrolls: a part whose top has come this far is the one that is read. */
const READING_LINE = 0.3

/** The id of the part that is being read, of parts in their order on the page; null before any is there. */
export function useActivePart<Id extends string>(ids: readonly Id[]): Id | null {
  const [active, setActive] = useState<Id | null>(null)
  const listed = ids.join(' ')
  useEffect(() => {
    // ids hold no blanks
    const all = listed.split(' ') as Id[]
    let frame = 0
    const look = () => {
      frame = 0
      const line = innerHeight * READING_LINE
      const begun = all.filter(
        (id) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) <= line,
      )
      setActive(begun.at(-1) ?? all[0] ?? null)
    }
    const lookSoon = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    // what scrolls is inside the page; scroll events reach its ancestors on the way down alone
    const options = { capture: true, passive: true }
    addEventListener('scroll', lookSoon, options)
    addEventListener('resize', lookSoon)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', lookSoon, options)
      removeEventListener('resize', lookSoon)
    }
  }, [listed])
  return active
}
