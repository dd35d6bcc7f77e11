import type { Reason } from '../contract/reasons.ts'
import type { Capability } from '../contract/roles.ts'
import { capabilitiesOf, isSwitchedOff, mayEnter } from './capabilities.ts'
import type { AccountPrincipal, LockedPrincipal, OperatorPrincipal, Principal } from './principal.ts'

/** Who may call a procedure at all. What they may touch is then the scope's matter. */
export interface Policy<P extends Principal = Principal> {
  readonly name: string
  allows(by: Principal): by is P
  /** what keeps this principal out, where that is more than who it is */
  why(by: Principal): Reason | undefined
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
})

/** Open to the world: the few procedures behind which nobody is known yet. A test lists them. */
export const anyone = policy<Principal>('anyone', () => true)

/** Any session that is not locked, also one whose account has to choose a new password before anything else. */
export const accountAtAll = policy<AccountPrincipal>(
  'accountAtAll',
  (by) => by.kind === 'account' && mayEnter(by),
)

/** Any session, a locked one too. */
export const anySession = policy<AccountPrincipal | LockedPrincipal>(
  'anySession',
  (by) => by.kind === 'locked' || accountAtAll.allows(by),
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

/** Any session that is not locked, and the operator. */
export const accountAtAllOrOperator = policy<AccountPrincipal | OperatorPrincipal>(
  'accountAtAllOrOperator',
  (by) => by.kind === 'operator' || accountAtAll.allows(by),
)

/** On the host itself any directory may be named: its window's user and the operator have the disks before them anyway. */
export const mayNameAnyFolder = (by: Principal, hostWindow: boolean) => by.kind === 'operator' || hostWindow
