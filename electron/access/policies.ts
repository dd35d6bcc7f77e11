import type { Capability } from '../contract/roles.ts'
import { capabilitiesOf, mayEnter } from './capabilities.ts'
import type { AccountPrincipal, OperatorPrincipal, Principal } from './principal.ts'

/** Who may call a procedure at all. What they may touch is then the scope's matter. */
export interface Policy<P extends Principal = Principal> {
  readonly name: string
  allows(by: Principal): by is P
}

const policy = <P extends Principal>(name: string, allows: (by: Principal) => boolean): Policy<P> => ({
  name,
  // the type argument states what `allows` has checked
  allows: allows as (by: Principal) => by is P,
})

/** Open to the world: the few procedures behind which nobody is known yet. A test lists them. */
export const anyone = policy<Principal>('anyone', () => true)

/** Anyone who is logged in with a role that this version knows, or the super admin flag. */
export const account = policy<AccountPrincipal>('account', (by) => by.kind === 'account' && mayEnter(by))

/** Accounts with a capability. */
export const accountWho = (capability: Capability) =>
  policy<AccountPrincipal>(
    `accountWho(${capability})`,
    (by) => by.kind === 'account' && mayEnter(by) && capabilitiesOf(by).has(capability),
  )

/** Accounts with a capability, and the operator if it has it. */
export const whoever = (capability: Capability) =>
  policy<AccountPrincipal | OperatorPrincipal>(
    `whoever(${capability})`,
    (by) => (by.kind === 'account' || by.kind === 'operator') && capabilitiesOf(by).has(capability),
  )

/** Anyone logged in, and the operator. */
export const accountOrOperator = policy<AccountPrincipal | OperatorPrincipal>(
  'accountOrOperator',
  (by) => by.kind === 'operator' || account.allows(by),
)

/** On the host itself any directory may be named: its window's user and the operator have the disks before them anyway. */
export const mayNameAnyFolder = (by: Principal, hostWindow: boolean) => by.kind === 'operator' || hostWindow
