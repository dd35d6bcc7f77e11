import type { Flag } from '../contract/flags.ts'
import {
  CAPABILITIES,
  type Capability,
  type Extent,
  type Right,
  ROLES,
  type Role,
} from '../contract/roles.ts'
import type { AccountPrincipal, Principal } from './principal.ts'
import { RIGHTS } from './rights.ts'

/** Which right a capability comes from, how far that must reach, and the feature that has to be on. */
interface Rule {
  right: Right
  /** any extent but `no` where left out */
  reaching?: readonly Extent[]
  flag?: Flag
}

const RULES: Readonly<Record<Exclude<Capability, 'superAdminister'>, Rule>> = {
  viewLibrary: { right: 'viewLibrary' },
  viewHousehold: { right: 'viewLibrary', reaching: ['household'] },
  viewHidden: { right: 'viewLibrary', reaching: ['household', 'own'] },
  viewShared: { right: 'viewShared' },
  download: { right: 'download', flag: 'download' },
  upload: { right: 'upload', flag: 'upload' },
  import: { right: 'upload', flag: 'import' },
  archive: { right: 'changePhotos', flag: 'archive' },
  setPrivate: { right: 'changePhotos', flag: 'private' },
  trash: { right: 'changePhotos', flag: 'delete' },
  correct: { right: 'changePhotos', flag: 'edit' },
  favourite: { right: 'overlay', flag: 'favourites' },
  rate: { right: 'overlay', flag: 'ratings' },
  caption: { right: 'overlay', reaching: ['yes'] },
  tag: { right: 'overlay', reaching: ['yes'], flag: 'tags' },
  album: { right: 'overlay', reaching: ['yes'], flag: 'albums' },
  people: { right: 'overlay', reaching: ['yes'], flag: 'people' },
  share: { right: 'share', flag: 'share' },
  webdav: { right: 'webdav', flag: 'webdav' },
  ownJobs: { right: 'jobs' },
  administer: { right: 'administer' },
}

const NONE: ReadonlySet<Capability> = new Set()
const OPERATOR_CAPABILITIES: ReadonlySet<Capability> = new Set(['administer', 'superAdminister', 'ownJobs'])

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)

/** Whether this version knows the role or the flag makes up for it; others have no access at all. */
export const mayEnter = (account: { role: string; superAdmin: boolean }) =>
  account.superAdmin || isRole(account.role)

/** A super admin is an admin under any role value; an unknown role without the flag is none. */
const effectiveRole = ({ role, superAdmin }: Pick<AccountPrincipal, 'role' | 'superAdmin'>): Role | null => {
  if (superAdmin) return 'admin'
  return isRole(role) ? role : null
}

/** How far a right reaches for this account, its own switches considered. */
function extentOf(by: AccountPrincipal, role: Role, right: Right): Extent {
  const extent: Extent = RIGHTS[right][role]
  if (extent !== 'if-on') return extent
  const isOn = right === 'webdav' ? by.webdav : by.mayShare
  return isOn ? 'yes' : 'no'
}

/** What role and switches allow whatever is switched off for the household: tells why something is refused. */
function heldBeforeFlags(by: AccountPrincipal): Map<Capability, Rule> {
  const role = effectiveRole(by)
  const held = new Map<Capability, Rule>()
  if (!role) return held
  for (const name of CAPABILITIES) {
    if (name === 'superAdminister') continue
    const rule = RULES[name]
    const extent = extentOf(by, role, rule.right)
    if (rule.reaching ? rule.reaching.includes(extent) : extent !== 'no') held.set(name, rule)
  }
  return held
}

/**
 * What this principal may do before grants are looked at: role AND account switches AND features that are on. Nothing until a
 * password that must be changed is changed. The operator administers but has no library.
 */
export function capabilitiesOf(by: Principal): ReadonlySet<Capability> {
  if (by.kind === 'operator') return OPERATOR_CAPABILITIES
  if (by.kind !== 'account' || by.mustChangePassword) return NONE
  const held = new Set<Capability>()
  for (const [name, { flag }] of heldBeforeFlags(by)) if (flag === undefined || by.flags[flag]) held.add(name)
  if (by.superAdmin) held.add('superAdminister')
  return held
}

/** Whether only a feature that is off keeps this principal from it. */
export const isSwitchedOff = (by: Principal, capability: Capability): boolean =>
  by.kind === 'account' && heldBeforeFlags(by).has(capability) && !capabilitiesOf(by).has(capability)

/** Every capability with its answer, as the renderer is told. */
export function capabilityTable(by: Principal): Record<Capability, boolean> {
  const held = capabilitiesOf(by)
  // every key of the record is filled from the closed list
  return Object.fromEntries(CAPABILITIES.map((name) => [name, held.has(name)])) as Record<Capability, boolean>
}
