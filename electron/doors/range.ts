/** What a request's `Range` asks for: the whole, a part (both ends included), or nothing that exists. */
export type Wanted = 'whole' | 'unsatisfiable' | { first: number; last: number }

interface Conditions {
  range: string | null
  ifRange: string | null
  /** with quotes */
  etag: string
  /** bytes */
  size: number
}

/**
 * Reads `Range` and `If-Range` (RFC 9110, 13.1.5 and 14.2). Several ranges, other units and nonsense are ignored, as the
 * RFC allows: the whole is served. `If-Range` holds by the exact tag alone; no dates are given out that could be in it.
 */
export function readRange({ range, ifRange, etag, size }: Conditions): Wanted {
  const [, from, to] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(range ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole'
  if (ifRange !== null && ifRange.trim() !== etag) return 'whole'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return 'whole'
  if (first >= size) return 'unsatisfiable'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

/** Whether `If-None-Match` names this tag, compared weakly (RFC 9110, 13.1.2). */
export function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch.trim() === '*') return true
  const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => tag.replace(/^W\//, '') === etag)
}
