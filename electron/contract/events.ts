/** What may have changed; the client asks again through procedures. */
export const TOPICS = [
  'library',
  /** what accounts add to photos: favourites, captions, tags, albums */
  'overlay',
  'jobs',
  'accounts',
  'folders',
  'settings',
  'session',
  'audit',
  'storage',
] as const
export type Topic = (typeof TOPICS)[number]

/**
 * A hint without names or paths. `areas` limits it to whoever reaches one of them; `accounts` to those accounts.
 * `revision` counts what this client was told.
 */
export interface Hint {
  topic: Topic
  areas?: number[]
  accounts?: number[]
  revision: number
}

/** What a client is told: never which areas or accounts beyond its own. */
export interface ClientHint {
  topic: Topic
  revision: number
}
