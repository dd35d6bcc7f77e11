import { eyesOf, isSeated, type Principal, type Seated, type VisitorPrincipal } from '../access/principal.ts'
import type { Caller } from '../api/caller.ts'
import type { Core } from '../core.ts'

/** What is known of whoever sent a request beyond the request itself. */
export interface Peer {
  /** network address */
  readonly address: string
  /** Destroys the answer that is under way, so that its reader sees it broken off. */
  cut(): void
}

/** A request on its way through a door. */
export interface Visit {
  readonly request: Request
  /** absent where the door has no network behind it (Electron's own scheme) */
  readonly peer: Peer | undefined
  /** headers of the answer to come; a caller's effects put cookies here */
  readonly headers: Headers
}

/** How a door finds out who asks; never throws for a credential that does not hold. */
export type CallerOf = (visit: Visit) => Promise<Caller>

/** What each part of the web app works with. */
export interface WebDoor {
  readonly core: Core
  readonly callerOf: CallerOf
}

/** Who may have something open for a while: bytes under way, a stream of hints. */
export type Present = Seated | VisitorPrincipal

export const isPresent = (by: Principal): by is Present => isSeated(by) || by.kind === 'visitor'

/** What tells one presence from another: the session, or a visitor's first. */
export const presenceOf = (by: Present): string =>
  by.kind === 'visitor' ? `visitor ${Math.min(...by.visits.values())}` : `session ${by.sessionId}`

/**
 * Whether a caller is still who it was: in the same session, which is neither over nor locked, and shows the same account's library; or
 * the same visitor.
 */
export function isBy({ principal }: Caller, by: Present): boolean {
  if (principal.kind === 'visitor' || by.kind === 'visitor')
    return principal.kind === by.kind && presenceOf(principal) === presenceOf(by)
  return (
    isSeated(principal) &&
    principal.sessionId === by.sessionId &&
    eyesOf(principal).accountId === eyesOf(by).accountId
  )
}

/**
 * True if the request's session still stands. Asked once more after an answer was registered to be cut when the session
 * ends, for the case that it ended in between.
 */
export async function stillStands({ callerOf }: WebDoor, visit: Visit, by: Present): Promise<boolean> {
  return isBy(await callerOf({ ...visit, headers: new Headers() }), by)
}
