import type { Principal } from '../access/principal.ts'

/** What a door does for the procedures that change who is looking. Tokens go to the door, never to the page. */
interface DoorEffects {
  /** `expiresAt`: epoch ms */
  startSession(token: string, expiresAt: number): void
  endSession(): void
  /** A token by which this device is known at later logins. */
  rememberDevice(token: string): void
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
  /** true in Mantel's own window on the host, whose user has the host's disks before them anyway */
  readonly hostWindow: boolean
  readonly effects: DoorEffects
  /** the host's native directory picker, where the door has one; null: cancelled */
  readonly pickFolder?: () => Promise<string | null>
}
