/**
 * Responses that are still being written (event streams, originals), by the session they belong to: when the session
 * ends they are destroyed at once, so a revoked login stops in the middle of a file.
 */
export interface Live {
  /** Registers a response; returns the function to call when it has ended by itself. */
  add(sessionId: number, destroy: () => void): () => void
  end(sessionIds: readonly number[]): void
  endAll(): void
}

/** The registry: one for all doors. */
export function createLive(): Live {
  const bySession = new Map<number, Set<() => void>>()
  const end = (sessionId: number) => {
    const open = bySession.get(sessionId)
    bySession.delete(sessionId)
    for (const destroy of open ?? []) destroy()
  }
  return {
    add(sessionId, destroy) {
      const open = bySession.get(sessionId) ?? new Set()
      bySession.set(sessionId, open.add(destroy))
      return () => {
        open.delete(destroy)
        if (open.size === 0 && bySession.get(sessionId) === open) bySession.delete(sessionId)
      }
    },
    end: (sessionIds) => sessionIds.forEach(end),
    endAll: () => [...bySession.keys()].forEach(end),
  }
}
