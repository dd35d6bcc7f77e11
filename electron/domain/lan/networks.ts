import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** A network as address and length of its prefix. */
export type Network = readonly [address: string, prefix: number]

/** What stays inside a house: RFC 1918, link-local, unique local (RFC 4193). */
export const PRIVATE_NETWORKS: readonly Network[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
]

/** The host itself. */
export const LOOPBACK_NETWORKS: readonly Network[] = [
  ['127.0.0.0', 8],
  ['::1', 128],
]

const privateNetworks = new BlockList()
for (const [address, prefix] of [...PRIVATE_NETWORKS, ...LOOPBACK_NETWORKS])
  privateNetworks.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6')

/** Whether an address can be one of the house's own only; false for what is no address. */
export const isPrivate = (address: string): boolean =>
  isIPv4(address)
    ? privateNetworks.check(address, 'ipv4')
    : isIPv6(address) && privateNetworks.check(address, 'ipv6')

/** The bytes of an address: four or sixteen. */
export function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  // the URL parser writes an IPv4 tail as two groups and leaves :: at most
  const [before = '', after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [])
  const [first, last] = [groups(before), groups(after)]
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0)
  return [...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 255])
}
