import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash'

/** Decoded placeholders kept, some 5 KB each. */
const KEPT = 1500
/** What decoding may take of a frame. */
const BUDGET_MS = 4

/** Oldest use first. */
const decoded = new Map<string, string>()
const waiting = new Map<string, Set<(url: string) => void>>()
let scheduled = false

/** The bytes of hexadecimal digits; null for what is none. */
function bytesOf(hash: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hash)) return null
  return Uint8Array.from({ length: hash.length / 2 }, (_, index) =>
    Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16),
  )
}

/** The placeholder's mean colour, cheap enough for every tile; null for a hash that is none. */
export function placeholderColour(hash: string): string | null {
  const bytes = bytesOf(hash.slice(0, 10))
  if (!bytes || bytes.length < 5) return null
  const { r, g, b, a } = thumbHashToAverageRGBA(bytes)
  const part = (value: number) => Math.round(value * 255)
  return `rgb(${part(r)} ${part(g)} ${part(b)} / ${a.toFixed(2)})`
}

/** The placeholder's picture as a data address, if it was decoded lately. */
export function placeholderUrl(hash: string): string | null {
  const url = decoded.get(hash)
  if (url === undefined) return null
  decoded.delete(hash)
  decoded.set(hash, url)
  return url
}

/**
 * Decodes a placeholder when there is time, a few each frame, newest wish first: those asked for long ago have often
 * been scrolled past. Returns the function that takes the wish back.
 */
export function requestPlaceholder(hash: string, done: (url: string) => void): () => void {
  const wishes = waiting.get(hash) ?? new Set()
  wishes.add(done)
  waiting.delete(hash)
  waiting.set(hash, wishes)
  schedule()
  return () => {
    wishes.delete(done)
    if (wishes.size === 0) waiting.delete(hash)
  }
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return
  scheduled = true
  requestAnimationFrame(() => {
    scheduled = false
    const end = performance.now() + BUDGET_MS
    for (const [hash, wishes] of [...waiting].reverse()) {
      waiting.delete(hash)
      const url = decode(hash)
      if (url) for (const done of wishes) done(url)
      if (performance.now() > end) break
    }
    schedule()
  })
}

function decode(hash: string): string | null {
  const bytes = bytesOf(hash)
  if (!bytes || bytes.length < 5) return null
  const url = thumbHashToDataURL(bytes)
  decoded.set(hash, url)
  const oldest = decoded.keys().next().value
  if (decoded.size > KEPT && oldest !== undefined) decoded.delete(oldest)
  return url
}

/** Decodes one placeholder at once. */
export const decodeNow = (hash: string) => placeholderUrl(hash) ?? decode(hash)
