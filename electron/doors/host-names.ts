import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'

/** True for addresses that only this machine reaches: `localhost`, 127.0.0.0/8, ::1. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIPv4(host) && host.startsWith('127.')) || host === '::1'

/** An address as it stands in a URL. */
export const inUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

const USUAL_PORT = { http: 80, https: 443 }
export type Scheme = keyof typeof USUAL_PORT

/** `name:port` of an origin, with its usual port where it names none. */
export function hostOf(origin: string): string {
  const { protocol, hostname, port } = new URL(origin)
  return `${hostname}:${port || USUAL_PORT[protocol === 'https:' ? 'https' : 'http']}`
}

/**
 * The one `Host` by which a request names its server, as `name:port`; null where it names none, several, or another one in its first
 * line.
 */
export function hostNamed(incoming: IncomingMessage, scheme: Scheme): string | null {
  const full = (host: string) => (/:\d+$/.test(host) ? host : `${host}:${USUAL_PORT[scheme]}`).toLowerCase()
  const [host, ...more] = incoming.headersDistinct.host ?? []
  if (host === undefined || more.length > 0) return null
  const target = incoming.url ?? '/'
  // a request may also name its host in the first line; then both count
  if (target.startsWith('/')) return full(host)
  return URL.canParse(target) && full(new URL(target).host) === full(host) ? full(host) : null
}
