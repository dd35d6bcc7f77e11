import type { Extent, Right, Role } from '../../electron/contract/roles.ts'
import { ROLES } from '../../electron/contract/values.ts'
import { useApi } from '../queries.ts'

/** The rights table, which stands as long as the program runs; undefined until it is there. */
export function useRights() {
  const { data } = useApi('roles.list', {}, { staleTime: Number.POSITIVE_INFINITY })
  return data && new Map<Role, Record<Right, Extent>>(data.roles.map(({ role, rights }) => [role, rights]))
}

interface Standing {
  /** also roles this version does not know */
  role: string | null
  superAdmin: boolean
}

/**
 * Whether an account's own switch decides about a right: it does for users and admins in WebDAV, for users alone in sharing. False
 * until the table is there.
 */
export function useSwitchable(): (standing: Standing, right: 'webdav' | 'share') => boolean {
  const rights = useRights()
  return ({ role, superAdmin }, right) => {
    const known = superAdmin ? 'admin' : ROLES.find((name) => name === role)
    return known !== undefined && rights?.get(known)?.[right] === 'if-on'
  }
}
