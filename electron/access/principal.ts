import type { Flags } from '../contract/flags.ts'
import type { LinkDownload } from '../contract/values.ts'

/** Who may change things, with where the request came from: `enter` adds it, for the audit log. */
interface Asking {
  /** network address of the peer, `window` or `command line` */
  readonly address?: string
}

/** An account that is logged in, as its session's row and its account's row say at this request. */
export interface AccountPrincipal extends Asking {
  readonly kind: 'account'
  readonly accountId: number
  readonly sessionId: number
  readonly username: string
  readonly name: string
  /** free text: also roles this version does not know */
  readonly role: string
  readonly superAdmin: boolean
  readonly mayShare: boolean
  readonly webdav: boolean
  /** until it has chosen a new password it may do nothing else */
  readonly mustChangePassword: boolean
  /** the household's features at this request */
  readonly flags: Flags
  /** true where an admin looks with this account's eyes: it reads what the account could read, and changes nothing */
  readonly viewed?: boolean
}

/** A session whose window was locked: it waits for its account's password and may do nothing else. */
export interface LockedPrincipal {
  readonly kind: 'locked'
  readonly accountId: number
  readonly sessionId: number
  readonly username: string
  readonly name: string
  /** `system`: with the computer's own screen, and unlocked with it */
  readonly lockedBy: 'person' | 'system'
}

/** An admin who looks at Mantel as another account sees it: reads what that account could read, and changes nothing. */
interface ViewingPrincipal extends Asking {
  readonly kind: 'viewing'
  /** the admin's own */
  readonly accountId: number
  readonly sessionId: number
  readonly username: string
  readonly name: string
  /** the admin as it is when it does not view: for leaving and locking its session, and nothing else */
  readonly viewer: AccountPrincipal
  /** the viewed account with its rights at this request, in the admin's session; `viewed` is set */
  readonly as: AccountPrincipal
}

/** Whoever runs commands on the host: the command line, over the local socket or with the data directory locked. */
export interface OperatorPrincipal extends Asking {
  readonly kind: 'operator'
}

interface AnonymousPrincipal {
  readonly kind: 'anonymous'
}

/** Someone who opened links without logging in; never a link's creator with a flag. */
export interface VisitorPrincipal {
  readonly kind: 'visitor'
  /** the links whose sessions run in this browser, each with the session's id: what a link holds is looked up at each request */
  readonly visits: ReadonlyMap<number, number>
}

/** Whoever looks at what a link holds, with what the link allows: a visitor, or an account that opened it. A scope's owner alone, who asks for nothing. */
export interface HolderPrincipal {
  readonly kind: 'holder'
  readonly shareId: number
  readonly download: LinkDownload
  readonly hidePlaces: boolean
  readonly hideCamera: boolean
}

/** Who is asking. */
export type Principal =
  | AnonymousPrincipal
  | AccountPrincipal
  | LockedPrincipal
  | ViewingPrincipal
  | VisitorPrincipal
  | OperatorPrincipal

/** Whoever sits in a session that is open. */
export type Seated = AccountPrincipal | ViewingPrincipal

export const isSeated = (by: Principal): by is Seated => by.kind === 'account' || by.kind === 'viewing'

/** The account whose library is looked at: one's own, or the viewed one's. */
export const eyesOf = (by: Seated): AccountPrincipal => (by.kind === 'viewing' ? by.as : by)

/** The account whose session it is. */
export const sitterOf = (by: Seated): AccountPrincipal => (by.kind === 'viewing' ? by.viewer : by)

export const ANONYMOUS: Principal = { kind: 'anonymous' }
export const OPERATOR: OperatorPrincipal = { kind: 'operator' }
