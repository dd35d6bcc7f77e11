import type { Principal } from '../access/principal.ts'

/** A session that begins at a door, or goes on under a new token. */
interface DoorSession {
  readonly token: string
  readonly accountId: number
  /** epoch ms */
  readonly expiresAt: number
  /** the person asked that it outlasts the door's own end: the browser's, the program's */
  readonly remember: boolean
}

/** What a door does for the procedures that change who is looking. Tokens go to the door, never to the page. */
interface DoorEffects {
  startSession(session: DoorSession): void
  /** The same session has a new token; remembered if it was before. */
  renewSession(session: Pick<DoorSession, 'token' | 'expiresAt'>): void
  /** The session stays, but what the door shows of it has to go: it was locked, or shows another account's library now. */
  clearView(): void
  /** Nobody sits here any more; a remembered session stays remembered. */
  leaveSession(): void
  /** The session is over, and forgotten where it was remembered. */
  endSession(): void
  /** A token by which this device is known at later logins. */
  rememberDevice(token: string): void
  /** A visitor opened a link. `expiresAt`: epoch ms */
  startVisit(visit: { readonly token: string; readonly expiresAt: number }): void
}

/** Which sessions a door keeps for later, beside the one in use. */
interface DoorMemory {
  /** whether it can keep any over its own end */
  readonly mayRemember: boolean
  /** whether the session in use stays for its account when somebody else comes */
  readonly keepsThis: boolean
  /** the token of an account's remembered session */
  tokenOf(accountId: number): string | null
  /** the same, unless another window is using that session: a login here may end it */
  unusedTokenOf(accountId: number): string | null
  forget(accountId: number): void
}

/** For doors that keep no session. */
export const NO_MEMORY: DoorMemory = {
  mayRemember: false,
  keepsThis: false,
  tokenOf: () => null,
  unusedTokenOf: () => null,
  forget: () => undefined,
}

/** For doors at which nobody's session begins or ends. */
export const NO_EFFECTS: DoorEffects = {
  startSession: () => undefined,
  renewSession: () => undefined,
  clearView: () => undefined,
  leaveSession: () => undefined,
  endSession: () => undefined,
  rememberDevice: () => undefined,
  startVisit: () => undefined,
}

/** One request as its door sees it: who asks, from where, by which means. Built by doors alone. */
export interface Caller {
  readonly principal: Principal
  /** network address of the peer, or `window` / `command line` */
  readonly address: string
  /** how the device calls itself, for the list of sessions */
  readonly device: string
  /** the token of an earlier `rememberDevice`, if the device still has it */
  readonly deviceToken: string | null
  /** the token of an earlier `startVisit`, while it is kept */
  readonly visitorToken: string | null
  /** where this door is found, `https://host:port`; null where that is no address for others */
  readonly origin: string | null
  /** true in Mantel's own window on the host, whose user has the host's disks before them anyway */
  readonly hostWindow: boolean
  readonly effects: DoorEffects
  readonly memory: DoorMemory
  /** the host's native directory picker, where the door has one; null: cancelled */
  readonly pickFolder?: () => Promise<string | null>
}
