import { bytesOf, type Network } from './networks.ts'

/** `id-ce-nameConstraints` (RFC 5280, 4.2.1.10). */
export const NAME_CONSTRAINTS = '2.5.29.30'

/** Tags of the few kinds of value that the extension is made of. */
const TAG = {
  sequence: 0x30,
  /** [0] of `NameConstraints` */
  permitted: 0xa0,
  /** [2] of `GeneralName` */
  dnsName: 0x82,
  /** [7] of `GeneralName` */
  ipAddress: 0x87,
}

interface Permitted {
  /** names that hold themselves and all below them: `local` permits mantel.local */
  names: readonly string[]
  networks: readonly Network[]
}

/**
 * The extension's value in DER: an authority with it can vouch for these names and networks alone, whoever has its key. No library that
 * makes certificates has it; it is written out here.
 */
export function nameConstraints({ names, networks }: Permitted): Uint8Array {
  const bases = [
    ...names.map((name) => der(TAG.dnsName, [...Buffer.from(name, 'ascii')])),
    ...networks.map((network) => der(TAG.ipAddress, [...bytesOf(network[0]), ...maskOf(network)])),
  ]
  const subtrees = bases.flatMap((base) => der(TAG.sequence, base))
  return Uint8Array.from(der(TAG.sequence, der(TAG.permitted, subtrees)))
}

function maskOf([address, prefix]: Network): number[] {
  return bytesOf(address).map((_, at) => {
    const bits = Math.max(0, Math.min(8, prefix - 8 * at))
    return (0xff << (8 - bits)) & 0xff
  })
}

/** One value: its tag, its length in as few bytes as possible, its contents. */
function der(tag: number, contents: readonly number[]): number[] {
  const { length } = contents
  if (length < 0x80) return [tag, length, ...contents]
  if (length < 0x100) return [tag, 0x81, length, ...contents]
  return [tag, 0x82, length >> 8, length & 0xff, ...contents]
}
