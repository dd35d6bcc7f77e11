/** The scheme and host under which Mantel's own windows load the renderer. */
export const APP_SCHEME = 'app'
const APP_HOST = 'mantel'
export const APP_ADDRESS = `${APP_SCHEME}://${APP_HOST}/`

/**
 * Whether an address is the renderer's. Compares scheme and host: the `origin` of every custom scheme is the text
 * `null` in Node, so a comparison of origins would let all of them pass.
 */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && !username && !password
}
