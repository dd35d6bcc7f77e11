import type { Refusal } from '../lib/refusal.ts'

/** How often it is asked whether the bytes under way may still be had, milliseconds. */
const ASK_AGAIN_MS = 700

/**
 * Asks about once a second, and destroys what is under way when the answer is no, or none can be had.
 * @returns the function that stops it
 */
export function askAgain(ask: () => Promise<Refusal | null>, destroy: () => void): () => void {
  let timer: NodeJS.Timeout
  const next = () => {
    timer = setTimeout(async () => {
      const refusal = await ask().catch((error: unknown) => error)
      if (refusal) destroy()
      else if (!isOver) next()
    }, ASK_AGAIN_MS)
    timer.unref()
  }
  let isOver = false
  next()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
