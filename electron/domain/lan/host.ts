import { hostname, networkInterfaces } from 'node:os'

/** The name under which every household is found, by mDNS. */
export const HOUSE_NAME = 'mantel.local'

/** How the host is called and reached in the house. */
export interface Host {
  /** lowercase; what is no valid name in DNS is left out */
  readonly names: readonly string[]
  /** without loopback, and without IPv6 addresses that need to be told an interface */
  readonly addresses: readonly string[]
}

/** Asked for again and again: names and addresses change while the program runs. */
export type LookAtHost = () => Host

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** The host as the system tells it at this moment. */
export const lookAtHost: LookAtHost = () => hostOf(hostname(), networkInterfaces())

/** The same from what the system told. */
export function hostOf(name: string, interfaces: ReturnType<typeof networkInterfaces>): Host {
  const full = name.toLowerCase().replace(/\.$/, '')
  const [short = ''] = full.split('.')
  // beside its own name, that which the system announces by mDNS itself
  const names = [full, `${short}.local`].filter(
    (candidate) => candidate.length <= 253 && candidate.split('.').every((label) => LABEL.test(label)),
  )
  const addresses = Object.values(interfaces)
    .flatMap((found) => found ?? [])
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address)
  return {
    names: [...new Set(names)].filter((candidate) => !/^localhost(\.|$)/.test(candidate)),
    addresses: [...new Set(addresses)].sort(byKind),
  }
}

/** IPv4 first: it can be typed. */
const byKind = (one: string, other: string) => Number(one.includes(':')) - Number(other.includes(':'))
