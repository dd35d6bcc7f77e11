import type { Flag } from '../contract/flags.ts'
import {
  CAPABILITIES,
  type Capability,
  type Extent,
  type Right,
  ROLES,
  type Role,
} from '../contract/roles.ts'
import type { AccountPrincipal, HolderPrincipal, Principal } from './principal.ts'
import { RIGHTS } from './rights.ts'

/** Which right a capability comes from, how far that must reach, and the feature that has to be on. */
interface Rule {
  right: Right
  /** any extent but `no` where left out */
  reaching?: readonly Extent[]
  flag?: Flag
}

/** What follows from the rights table; docs/security.md is printed from both. */
export const RULES: Readonly<Record<Capability, Rule>> = {
  viewLibrary: { right: 'viewLibrary' },
  viewHousehold: { right: 'viewLibrary', reaching: ['household'] },
  viewHidden: { right: 'viewLibrary', reaching: ['household', 'own'] },
  viewShared: { right: 'viewShared' },
  download: { right: 'download', flag: 'download' },
  upload: { right: 'upload', flag: 'upload' },
  uploadToShare: { right: 'useShares', reaching: ['as-shared'], flag: 'upload' },
  import: { right: 'upload', flag: 'import' },
  archive: { right: 'changePhotos', flag: 'archive' },
  setPrivate: { right: 'changePhotos', flag: 'private' },
  trash: { right: 'changePhotos', flag: 'delete' },
  correct: { right: 'changePhotos', flag: 'edit' },
  favourite: { right: 'overlay', flag: 'favourites' },
  rate: { right: 'overlay', flag: 'ratings' },
  caption: { right: 'overlay', reaching: ['yes'] },
  tag: { right: 'overlay', reaching: ['yes'], flag: 'tags' },
  captionForAll: { right: 'changePhotos' },
  tagForAll: { right: 'changePhotos', flag: 'tags' },
  album: { right: 'overlay', reaching: ['yes'], flag: 'albums' },
  people: { right: 'overlay', reaching: ['yes'], flag: 'people' },
  share: { right: 'share', flag: 'share' },
  webdav: { right: 'webdav', flag: 'webdav' },
  ownJobs: { right: 'jobs' },
  administer: { right: 'administer' },
  superAdminister: { right: 'superAdminister' },
}

/** What is left of an account's capabilities while an admin looks with its eyes: seeing, and no more. Originals are not handed out. */
const SEEING: readonly Capability[] = ['viewLibrary', 'viewHousehold', 'viewHidden', 'viewShared', 'ownJobs']

/** Of an admin that is viewed, too, only the jobs of that one's folders: the work of the house belongs to administering. */
const seenOf = (held: Held): Held =>
  new Map(
    [...held]
      .filter(([name]) => SEEING.includes(name))
      .map(([name, extent]) => [name, name === 'ownJobs' ? 'own' : extent]),
  )

/** Capabilities held, each with how far it reaches. */
type Held = ReadonlyMap<Capability, Extent>

const NOTHING: Held = new Map()
/** What a link hands on: saving, where it allows that. Its rights are the link's, whoever holds it. */
const LINK_HOLDS: Held = new Map([['download', 'yes']])
/** The operator administers but has no library. */
const OPERATOR_HOLDS: Held = new Map([
  ['administer', 'yes'],
  ['superAdminister', 'yes'],
  ['ownJobs', 'yes'],
])

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)

/** Whether this version knows the role or the flag makes up for it; others have no access at all. */
export const mayEnter = (account: { role: string; superAdmin: boolean }) =>
  account.superAdmin || isRole(account.role)

/** A super admin is an admin under any role value; an unknown role without the flag is none. */
const effectiveRole = ({ role, superAdmin }: { role: string; superAdmin: boolean }): Role | null => {
  if (superAdmin) return 'admin'
  return isRole(role) ? role : null
}

/** What an account's rights follow from. */
type Standing = Pick<AccountPrincipal, 'role' | 'superAdmin' | 'mayShare' | 'webdav' | 'flags'>
/** The same without the household's features. */
type Switches = Omit<Standing, 'flags'>

/** Whether the account's own switch behind a right is on, for rights that have one. */
function isOn(by: Switches, right: Right, extent: Extent): boolean {
  if (extent === 'if-super') return by.superAdmin
  if (extent !== 'if-on') return true
  return right === 'webdav' ? by.webdav : by.mayShare
}

/** What role and switches allow whatever is switched off for the household: tells why something is refused. */
function heldBeforeFlags(by: Switches): Held {
  const role = effectiveRole(by)
  const held = new Map<Capability, Extent>()
  if (!role) return held
  for (const name of CAPABILITIES) {
    const { right, reaching } = RULES[name]
    const extent: Extent = RIGHTS[right][role]
    const reaches = reaching ? reaching.includes(extent) : extent !== 'no'
    if (reaches && isOn(by, right, extent)) held.set(name, extent)
  }
  return held
}

/** Whether an account's role lets it hold albums, be the feature on at the moment or not. */
export const canHoldAlbums = (account: Switches): boolean => heldBeforeFlags(account).has('album')

/** What an account may do, and how far, whether or not it is logged in: role AND account switches AND features that are on. */
export function heldBy(account: Standing): Held {
  const held = [...heldBeforeFlags(account)]
  return new Map(held.filter(([name]) => isFeatureOn(account, RULES[name].flag)))
}

const isFeatureOn = ({ flags }: Standing, flag: Flag | undefined) => flag === undefined || flags[flag]

/**
 * What this principal may do before grants are looked at, and how far: {@link heldBy}, but nothing until a password that must be
 * changed is changed, and of an account that is viewed only what {@link SEEING} names.
 */
export function extentsOf(by: Principal | HolderPrincipal): Held {
  if (by.kind === 'operator') return OPERATOR_HOLDS
  if (by.kind === 'holder') return by.download === 'none' ? NOTHING : LINK_HOLDS
  if (by.kind !== 'account' || by.mustChangePassword) return NOTHING
  const held = heldBy(by)
  return by.viewed ? seenOf(held) : held
}

/** The names of what {@link extentsOf} answers. */
export const capabilitiesOf = (by: Principal): ReadonlySet<Capability> => new Set(extentsOf(by).keys())

/** Whether only a feature that is off keeps this principal from it. */
export const isSwitchedOff = (by: Principal | HolderPrincipal, capability: Capability): boolean =>
  by.kind === 'account' && heldBeforeFlags(by).has(capability) && !isFeatureOn(by, RULES[capability].flag)

/** Every capability with its answer, as the renderer is told. */
export function capabilityTable(by: Principal): Record<Capability, boolean> {
  const held = capabilitiesOf(by)
  // every key of the record is filled from the closed list
  return Object.fromEntries(CAPABILITIES.map((name) => [name, held.has(name)])) as Record<Capability, boolean>
}
