import type { LiveKey } from '../../lib/live-key.ts'

/**
 * Responses that are still being written (event streams, originals), by what they belong to: when the session ends, or the link is edited
 * or taken back, they are destroyed at once, so a revoked login stops in the middle of a file.
 */
export interface Live {
  /** Registers a response under all that it belongs to; returns the function to call when it has ended by itself. */
  add(keys: readonly LiveKey[], destroy: () => void): () => void
  end(keys: readonly LiveKey[]): void
  endAll(): void
}

/** The registry: one for all doors. */
export function createLive(): Live {
  const open = new Map<LiveKey, Set<() => void>>()
  const end = (key: LiveKey) => {
    const ended = open.get(key)
    open.delete(key)
    for (const destroy of ended ?? []) destroy()
  }
  const addTo = (key: LiveKey, destroy: () => void) => {
    const among = open.get(key) ?? new Set()
    open.set(key, among.add(destroy))
    return () => {
      among.delete(destroy)
      if (among.size === 0 && open.get(key) === among) open.delete(key)
    }
  }
  return {
    add(keys, destroy) {
      const removes = keys.map((key) => addTo(key, destroy))
      return () => {
        for (const remove of removes) remove()
      }
    },
    end: (keys) => keys.forEach(end),
    endAll: () => [...open.keys()].forEach(end),
  }
}
