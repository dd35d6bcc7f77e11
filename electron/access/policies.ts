import type { Reason } from '../contract/reasons.ts'
import type { Capability } from '../contract/roles.ts'
import { capabilitiesOf, isSwitchedOff, mayEnter } from './capabilities.ts'
import {
  type AccountPrincipal,
  eyesOf,
  isSeated,
  type LockedPrincipal,
  type OperatorPrincipal,
  type Principal,
  type Seated,
  type VisitorPrincipal,
} from './principal.ts'

/** Who may call a procedure at all. What they may touch is then the scope's matter. */
export interface Policy<P extends Principal = Principal> {
  readonly name: string
  allows(by: Principal): by is P
  /** what keeps this principal out, where that is more than who it is */
  why(by: Principal): Reason | undefined
  /** whom the procedure is handed for a principal that is allowed */
  handed(by: Principal): Principal
}

const policy = <P extends Principal>(
  name: string,
  allows: (by: Principal) => boolean,
  why: (by: Principal) => Reason | undefined = () => undefined,
): Policy<P> => ({
  name,
  // the type argument states what `allows` has checked
  allows: allows as (by: Principal) => by is P,
  why(by) {
    if (by.kind === 'locked') return 'session_locked'
    if (by.kind === 'viewing') return 'viewing_only'
    if (by.kind === 'account' && by.mustChangePassword) return 'password_must_change'
    return why(by)
  },
  handed: (by) => by,
})

/**
 * The policy, and whoever views as an account that it allows. The procedure is handed the viewed account: its rights decide, nothing of
 * the viewer's own reach comes with it, and it changes nothing. For procedures that only read.
 */
function seenThrough<P extends Principal>(inner: Policy<P>): Policy<P> {
  const eyes = (by: Principal) => (isSeated(by) ? eyesOf(by) : by)
  return {
    name: `seenThrough(${inner.name})`,
    allows: (by): by is P => inner.allows(eyes(by)),
    why: (by) => inner.why(eyes(by)),
    handed: eyes,
  }
}

/** Open to the world: the few procedures behind which nobody is known yet. A test lists them. */
export const anyone = policy<Principal>('anyone', () => true)

/** Any session that is not locked, also one whose account has to choose a new password before anything else. */
const accountAtAll = policy<AccountPrincipal>('accountAtAll', (by) => by.kind === 'account' && mayEnter(by))

/** Any session that is not locked, also one that views as another account. */
export const seated = policy<Seated>('seated', (by) => by.kind === 'viewing' || accountAtAll.allows(by))

/** Any session, a locked one too. */
export const anySession = policy<Seated | LockedPrincipal>(
  'anySession',
  (by) => by.kind === 'locked' || seated.allows(by),
)

/** A locked session alone. */
export const lockedSession = policy<LockedPrincipal>('lockedSession', (by) => by.kind === 'locked')

/** Anyone who is logged in with a role that this version knows, or the super admin flag, and a password of their own. */
export const account = policy<AccountPrincipal>(
  'account',
  (by) => accountAtAll.allows(by) && !by.mustChangePassword,
)

/** Accounts with one of these capabilities. */
export const accountWho = (...anyOf: Capability[]) =>
  policy<AccountPrincipal>(
    `accountWho(${anyOf.join(', ')})`,
    (by) => account.allows(by) && anyOf.some((capability) => capabilitiesOf(by).has(capability)),
    (by) => (anyOf.some((capability) => isSwitchedOff(by, capability)) ? 'switched_off' : undefined),
  )

/** Accounts with a capability, and the operator if it has it. */
export const whoever = (capability: Capability) =>
  policy<AccountPrincipal | OperatorPrincipal>(
    `whoever(${capability})`,
    (by) => (account.allows(by) || by.kind === 'operator') && capabilitiesOf(by).has(capability),
    (by) => (isSwitchedOff(by, capability) ? 'switched_off' : undefined),
  )

/** Anyone logged in, and the operator. */
export const accountOrOperator = policy<AccountPrincipal | OperatorPrincipal>(
  'accountOrOperator',
  (by) => by.kind === 'operator' || account.allows(by),
)

/** Who may look at what an account sees: that account, and whoever views as it. */
export const looking = seenThrough(account)

/** The same for accounts with one of these capabilities. */
export const lookingWho = (...anyOf: Capability[]) => seenThrough(accountWho(...anyOf))

/** The same for accounts with a capability, and the operator if it has it. */
export const lookingWhoever = (capability: Capability) => seenThrough(whoever(capability))

/** The same for anyone logged in, and the operator. */
export const lookingOrOperator = seenThrough(accountOrOperator)

/** Whoever may open a link: anyone without a session, and accounts. */
export const opener = policy<Extract<Principal, { kind: 'anonymous' | 'visitor' | 'account' }>>(
  'opener',
  (by) => by.kind === 'anonymous' || by.kind === 'visitor' || mayHold(by),
)

const mayHold = (by: Principal) => account.allows(by) && capabilitiesOf(by).has('viewShared')

/** Whoever may hold an open link: visitors, accounts, and whoever views as one. Which links they hold is looked up. */
export const holder = seenThrough(
  policy<AccountPrincipal | VisitorPrincipal>('holder', (by) => by.kind === 'visitor' || mayHold(by)),
)

/** Whoever may send files through a link that allows it: visitors, and accounts themselves. */
export const sender = policy<AccountPrincipal | VisitorPrincipal>(
  'sender',
  (by) => by.kind === 'visitor' || (account.allows(by) && capabilitiesOf(by).has('uploadToShare')),
  (by) => (isSwitchedOff(by, 'uploadToShare') ? 'switched_off' : undefined),
)

/** Any session that is not locked, and the operator. */
export const accountAtAllOrOperator = policy<AccountPrincipal | OperatorPrincipal>(
  'accountAtAllOrOperator',
  (by) => by.kind === 'operator' || accountAtAll.allows(by),
)

/** On the host itself any directory may be named: its window's user and the operator have the disks before them anyway. */
export const mayNameAnyFolder = (by: Principal, hostWindow: boolean) => by.kind === 'operator' || hostWindow
