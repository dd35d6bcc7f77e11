import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'

/** True for addresses that only this machine reaches: `localhost`, 127.0.0.0/8, ::1. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIPv4(host) && host.startsWith('127.')) || host === '::1'

/** An address as it stands in a URL. */
export const inUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

/**
 * Whether a request names this server: one `Host` out of a short list, so that a page whose name was pointed at this
 * machine (DNS rebinding) is not served. `own` is the address the server was told to listen on.
 */
export function namesThisServer(incoming: IncomingMessage, own: string, port: number): boolean {
  const hosts = incoming.headersDistinct.host ?? []
  const named = ['localhost', '127.0.0.1', '::1', own].map((host) => `${inUrl(host)}:${port}`)
  const isOurs = (host: string) => {
    const full = /:\d+$/.test(host) ? host : `${host}:80`
    return named.includes(full.toLowerCase())
  }
  const target = incoming.url ?? '/'
  // a request may also name its host in the first line; then both count
  if (!target.startsWith('/') && !(URL.canParse(target) && isOurs(new URL(target).host))) return false
  return hosts.length === 1 && hosts.every(isOurs)
}
