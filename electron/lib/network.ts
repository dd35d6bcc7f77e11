import { isIPv4, isIPv6 } from 'node:net'

/**
 * What attempts from an address are counted as. A process on this machine may come from any of 16 million loopback addresses, and
 * a host with IPv6 from any of its /64, so each of those counts as one. What is no address (`window`) stays as it is.
 */
export function networkOf(address: string): string {
  // fe80::1%eth0: the interface is no part of it
  const plain = address.replace(/%.*$/, '')
  if (isIPv4(plain)) return plain.startsWith('127.') ? 'loopback' : plain
  if (!isIPv6(plain)) return address
  const groups = groupsOf(plain)
  const [high = 0, low = 0] = groups.slice(6)
  const start = groups.slice(0, 6).join(' ')
  if (start === '0 0 0 0 0 65535') return networkOf([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  if (start === '0 0 0 0 0 0' && high === 0 && low === 1) return 'loopback'
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight numbers of an IPv6 address, in whichever way it is written. */
function groupsOf(address: string): number[] {
  // the URL parser writes an IPv4 tail as two groups and leaves :: at most
  const [before = '', after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const numbers = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [])
  const [first, last] = [numbers(before), numbers(after)]
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last]
}
