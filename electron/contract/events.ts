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
  /** links, and what they show */
  'shares',
  /** files that were sent through links */
  'uploads',
  /** the door to the house's network */
  'lan',
] as const
export type Topic = (typeof TOPICS)[number]

/**
 * A hint without names or paths. `areas` limits it to whoever reaches one of them; `accounts` to those accounts; `shares` to visitors
 * of those links, and the accounts named beside.
 * `revision` counts what this client was told.
 */
export interface Hint {
  topic: Topic
  areas?: number[]
  accounts?: number[]
  shares?: number[]
  revision: number
}

/** What a client is told: never which areas or accounts beyond its own. */
export interface ClientHint {
  topic: Topic
  revision: number
}
