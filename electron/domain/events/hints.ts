import { eq } from 'drizzle-orm'
import { extentsOf } from '../../access/capabilities.ts'
import { eyesOf, isSeated, type Principal } from '../../access/principal.ts'
import type { ClientHint, Hint, Topic } from '../../contract/events.ts'
import type { Capability } from '../../contract/roles.ts'
import type { Database } from '../../db/connect.ts'
import { areaAccess } from '../../db/schema.ts'
import type { Log } from '../../lib/log.ts'
import { visitsNow } from '../sharing/visits.ts'

/** Hints that come closer together than this are told once. */
const COALESCE_MS = 150

/** What one must be able to see for a topic to concern one at all; the library as a whole, `settings` and `session` concern everybody. */
const SEEN_BY: Partial<Record<Topic, Capability>> = {
  accounts: 'administer',
  audit: 'administer',
  folders: 'administer',
  jobs: 'ownJobs',
  lan: 'administer',
  storage: 'administer',
}

export type Announce = (hint: Omit<Hint, 'revision'>) => void

/** Tells open windows that something may have changed, never what. */
export interface Hints {
  announce: Announce
  /** For parts of the house itself: every hint at once, as it was announced. */
  listen(listener: (hint: Omit<Hint, 'revision'>) => void): void
  /** Hints for this principal, coalesced. Returns the function that ends it. */
  subscribe(by: Principal, listener: (hint: ClientHint) => void): () => void
  close(): void
}

interface Subscriber {
  by: Principal
  listener: (hint: ClientHint) => void
  /** hints told to this one: a count over all would tell by its gaps what others hear */
  revision: number
}

/** Collects hints and hands each subscriber those that concern it. */
export function createHints(db: Database, log: Log): Hints {
  const subscribers = new Set<Subscriber>()
  const listeners: Parameters<Hints['listen']>[0][] = []
  let pending: Omit<Hint, 'revision'>[] = []
  let timer: NodeJS.Timeout | undefined

  async function flush() {
    timer = undefined
    const hints = pending
    pending = []
    for (const subscriber of [...subscribers]) {
      const topics = await topicsFor(db, subscriber.by, hints)
      if (!subscribers.has(subscriber)) continue
      for (const topic of topics) {
        subscriber.revision += 1
        subscriber.listener({ topic, revision: subscriber.revision })
      }
    }
  }

  return {
    announce(hint) {
      for (const listener of listeners) listener(hint)
      pending.push(hint)
      timer ??= setTimeout(
        () => void flush().catch((error) => log.error('hints were lost', error)),
        COALESCE_MS,
      )
    },
    listen: (listener) => void listeners.push(listener),
    subscribe(by, listener) {
      const subscriber = { by, listener, revision: 0 }
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    close() {
      clearTimeout(timer)
      subscribers.clear()
      listeners.length = 0
    },
  }
}

async function topicsFor(db: Database, by: Principal, hints: Omit<Hint, 'revision'>[]): Promise<Set<Topic>> {
  const topics = new Set<Topic>()
  if (by.kind === 'visitor') {
    const changed = new Set(hints.flatMap(({ shares }) => shares ?? []))
    if (changed.size === 0) return topics
    // links that the same browser opened since its stream began, too
    const open = await visitsNow(db, by)
    return open.some((id) => changed.has(id)) ? topics.add('shares') : topics
  }
  if (!isSeated(by)) return topics
  // whoever views as another account is told what that one is told
  const eyes = eyesOf(by)
  // a password that had to be changed when the stream was opened was changed since
  const held = extentsOf({ ...eyes, mustChangePassword: false })
  const seesHousehold = held.has('viewHousehold')
  let reached: Set<number> | undefined
  for (const { topic, areas, accounts } of hints) {
    if (topics.has(topic)) continue
    const needed = (topic === 'library' || topic === 'overlay') && areas ? 'viewLibrary' : SEEN_BY[topic]
    if (needed && !held.has(needed)) continue
    // jobs of no folder are seen by those who see every job
    if (topic === 'jobs' && !areas && held.get('ownJobs') !== 'yes') continue
    const isOwnSession = topic === 'session' && accounts?.includes(by.accountId)
    if (accounts && !accounts.includes(eyes.accountId) && !isOwnSession) continue
    if (areas && !seesHousehold) {
      reached ??= await areasOf(db, eyes.accountId)
      const reaches = reached
      if (!areas.some((area) => reaches.has(area))) continue
    }
    topics.add(topic)
  }
  return topics
}

async function areasOf(db: Database, accountId: number): Promise<Set<number>> {
  const rows = await db.read
    .select({ areaId: areaAccess.areaId })
    .from(areaAccess)
    .where(eq(areaAccess.accountId, accountId))
  return new Set(rows.map(({ areaId }) => areaId))
}
