import { CAPABILITIES, type Capability, ROLES, type Role } from '../contract/roles.ts'
import type { Principal } from './principal.ts'

/** The rights table of docs/security.md as data: what each role allows at all. */
const ROLE_CAPABILITIES: Record<Role, readonly Capability[]> = {
  admin: [
    'viewLibrary',
    'viewHousehold',
    'download',
    'upload',
    'changePhotos',
    'overlay',
    'rate',
    'share',
    'webdav',
    'ownJobs',
    'administer',
  ],
  user: [
    'viewLibrary',
    'download',
    'upload',
    'changePhotos',
    'overlay',
    'rate',
    'share',
    'webdav',
    'ownJobs',
  ],
  viewer: ['viewLibrary', 'download', 'rate'],
  guest: [],
}

const NONE: ReadonlySet<Capability> = new Set()
const OPERATOR_CAPABILITIES: ReadonlySet<Capability> = new Set(['administer', 'superAdminister', 'ownJobs'])

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)

/** Whether this version knows the role or the flag makes up for it; others have no access at all. */
export const mayEnter = (account: { role: string; superAdmin: boolean }) =>
  account.superAdmin || isRole(account.role)

/**
 * What this principal may do before flags, switches and grants are looked at. A super admin is an admin under any role
 * value; an unknown role without the flag may nothing. The operator administers but has no library.
 */
export function capabilitiesOf(by: Principal): ReadonlySet<Capability> {
  if (by.kind === 'operator') return OPERATOR_CAPABILITIES
  if (by.kind !== 'account') return NONE
  if (by.superAdmin) return new Set<Capability>([...ROLE_CAPABILITIES.admin, 'superAdminister'])
  return isRole(by.role) ? new Set(ROLE_CAPABILITIES[by.role]) : NONE
}

/** Every capability with its answer, as the renderer is told. */
export function capabilityTable(by: Principal): Record<Capability, boolean> {
  const held = capabilitiesOf(by)
  // every key of the record is filled from the closed list
  return Object.fromEntries(CAPABILITIES.map((name) => [name, held.has(name)])) as Record<Capability, boolean>
}
