import type { Result } from './errors.ts'
import type { ClientHint } from './events.ts'

/** What a door gives the renderer: the preload exposes it as `window.mantel`, the browser's transport has the same shape. */
export interface Bridge {
  /** Never rejects: where nobody answers, that is `unavailable`. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (hint: ClientHint) => void): () => void
}
