import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { Scheme } from './host-names.ts'

/** Where a request comes from and how it was sent, as far as it is known. */
interface Origin {
  address: string
  scheme: Scheme
  /** whether a proxy told it */
  isTold: boolean
}

/** Addresses and networks (`10.0.0.0/8`) whose word is taken. Those of a form that it does not know count for nothing. */
export function trustedProxies(proxies: readonly string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/')
    const family = familyOf(address)
    if (!family) continue
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

/**
 * Where a request comes from. What a proxy says is believed where the household named that proxy: `X-Forwarded-For` from its end up to the
 * first that is no such proxy (what stands before it anybody may have written), `X-Forwarded-Proto` where it is one word.
 */
export function originOf(incoming: IncomingMessage, proxies: BlockList): Origin {
  const { socket, headersDistinct } = incoming
  // of a TLS socket alone
  const direct: Scheme = 'encrypted' in socket && socket.encrypted ? 'https' : 'http'
  let address = plain(socket.remoteAddress ?? 'unknown')
  if (!isIn(proxies, address)) return { address, scheme: direct, isTold: false }
  const [scheme, ...moreSchemes] = headersDistinct['x-forwarded-proto'] ?? []
  const hops = (headersDistinct['x-forwarded-for'] ?? []).join(',').split(',')
  for (const hop of hops.reverse()) {
    const named = plain(hop.trim())
    if (!familyOf(named)) break
    address = named
    if (!isIn(proxies, address)) break
  }
  const isOne = moreSchemes.length === 0 && (scheme === 'http' || scheme === 'https')
  return { address, scheme: isOne ? scheme : direct, isTold: isOne }
}

const familyOf = (address: string) =>
  isIPv4(address) ? ('ipv4' as const) : isIPv6(address) ? ('ipv6' as const) : null

function isIn(list: BlockList, address: string): boolean {
  const family = familyOf(address)
  return family !== null && list.check(address, family)
}

/** An IPv4 address in IPv6 clothes is the same address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')
