import type { Clock } from '../../lib/clock.ts'
import { newToken } from '../../lib/token.ts'

/** What an archive is to hold. */
interface Wanted {
  /** photos, in their order */
  readonly ids: readonly number[]
  /** what it is called, where somebody said so */
  readonly title: string | null
}

interface Ticket extends Wanted {
  readonly owner: string
  until: number
  uses: number
}

/** Archives that somebody asked for and did not fetch yet. Kept in memory alone: after a restart they are asked for again. */
export interface Tickets {
  /** Answers the secret under which `owner`, and nobody else, finds it for some minutes. */
  issue(owner: string, wanted: Wanted): string
  /** What the ticket is for; undefined where it is none of this owner's, is over, or was used up. */
  use(owner: string, id: string): Wanted | undefined
}

const VALID_MS = 10 * 60_000
/** A browser may ask again when a download broke off, or another program take it over. */
const MOST_USES = 4
const MOST_OF_ONE = 8
/** Photos in all tickets, 8 bytes each: beyond it the oldest are forgotten. */
const MOST_PHOTOS = 2_000_000

/** Keeps tickets, the oldest first. */
export function createTickets(clock: Clock): Tickets {
  const tickets = new Map<string, Ticket>()
  let photos = 0

  function forget(id: string): void {
    photos -= tickets.get(id)?.ids.length ?? 0
    tickets.delete(id)
  }

  function makeRoom(owner: string): void {
    for (const [id, { until }] of tickets) if (until <= clock()) forget(id)
    const own = [...tickets].filter(([, ticket]) => ticket.owner === owner)
    for (const [id] of own.slice(0, Math.max(0, own.length - MOST_OF_ONE + 1))) forget(id)
    for (const id of tickets.keys()) {
      if (photos <= MOST_PHOTOS) break
      forget(id)
    }
  }

  return {
    issue(owner, { ids, title }) {
      makeRoom(owner)
      const id = newToken()
      tickets.set(id, { owner, ids, title, until: clock() + VALID_MS, uses: 0 })
      photos += ids.length
      return id
    },
    use(owner, id) {
      const ticket = tickets.get(id)
      // a clock that was set back makes none valid for longer than it was
      if (!ticket || ticket.owner !== owner || ticket.until <= clock()) return undefined
      ticket.uses += 1
      if (ticket.uses >= MOST_USES) forget(id)
      return ticket
    },
  }
}
