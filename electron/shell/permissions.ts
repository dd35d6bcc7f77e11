import { isOwnAddress } from '../doors/app-address.ts'

/** What the viewer uses: full screen, and copying coordinates. By Electron's names. */
const GRANTED: readonly string[] = ['fullscreen', 'clipboard-sanitized-write']

/**
 * Whether a page may have a permission: our own pages what they use, and nobody anything else.
 * @param permission as Electron names it
 * @param address address or origin of the frame that asks
 */
export const mayHavePermission = (permission: string, address: string): boolean =>
  GRANTED.includes(permission) && isOwnAddress(address)
