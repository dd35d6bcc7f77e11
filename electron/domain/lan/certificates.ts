import { randomBytes, X509Certificate } from 'node:crypto'
import type { JsonGeneralName } from '@peculiar/x509'
import { NAME_CONSTRAINTS, nameConstraints } from './name-constraints.ts'
import { LOOPBACK_NETWORKS, PRIVATE_NETWORKS } from './networks.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Long: each device that trusts it has to be told of another one by hand. */
const AUTHORITY_DAYS = 20 * 365
/** Short, as it is renewed without anybody noticing; browsers take 398 at most. */
const LEAF_DAYS = 90
const RENEW_DAYS_BEFORE = 30
/** Clocks of phones and computers differ. */
const BACKDATED_MS = DAY_MS
/** An authority is valid from here on: one that is made while the clock is ahead must not have to wait for it. */
const LONG_AGO = Date.UTC(2024, 0, 1)

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A certificate with its key, both PEM. */
interface Pair {
  certificate: string
  /** PKCS #8 */
  key: string
}

/** An authority, and the names beside `.local` that it may vouch for. */
export interface Authority extends Pair {
  hostNames: string[]
}

/** A server's certificate and what it was made for. */
export interface Leaf extends Pair {
  names: string[]
  addresses: string[]
}

/** Loaded with the first certificate: most starts need none. */
const library = () => import('@peculiar/x509')

/**
 * Makes the household's own authority. Whatever happens to its key, it vouches for names that mean something inside a house alone:
 * `*.local`, the given names of this host, private and loopback addresses.
 * @param hostNames lowercase, valid as names in DNS
 */
export async function makeAuthority(hostNames: readonly string[], now: number): Promise<Authority> {
  const x509 = await library()
  const { keys, key } = await makeKey()
  const networks = [...PRIVATE_NETWORKS, ...LOOPBACK_NETWORKS]
  const subject = `CN=Mantel ${randomBytes(3).toString('hex')}, O=Mantel household`
  const made = await x509.X509CertificateGenerator.create({
    ...common(now, AUTHORITY_DAYS),
    notBefore: new Date(Math.min(LONG_AGO, now - BACKDATED_MS)),
    subject,
    issuer: subject,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.Extension(
        NAME_CONSTRAINTS,
        true,
        Buffer.from(nameConstraints({ names: ['local', ...hostNames], networks })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: `${made.toString('pem')}\n`, key, hostNames: [...hostNames] }
}

/** Makes a server's certificate for names and addresses that the authority may vouch for. */
export async function makeLeaf(
  authority: Authority,
  { names, addresses }: Pick<Leaf, 'names' | 'addresses'>,
  now: number,
): Promise<Leaf> {
  const x509 = await library()
  const { keys, key } = await makeKey()
  const issuer = new x509.X509Certificate(authority.certificate)
  const alternative: JsonGeneralName[] = [
    ...names.map((value) => ({ type: 'dns', value }) as const),
    ...addresses.map((value) => ({ type: 'ip', value }) as const),
  ]
  const made = await x509.X509CertificateGenerator.create({
    ...common(now, LEAF_DAYS),
    subject: 'CN=Mantel',
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(alternative),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  })
  return { certificate: `${made.toString('pem')}\n`, key, names: [...names], addresses: [...addresses] }
}

/** Whether a leaf still vouches for exactly these names, is from this authority, and neither runs out soon nor begins later. */
export function leafHolds(
  leaf: Leaf,
  authority: Authority,
  wanted: Pick<Leaf, 'names' | 'addresses'>,
  now: number,
): boolean {
  const certificate = new X509Certificate(leaf.certificate)
  return (
    certificate.verify(new X509Certificate(authority.certificate).publicKey) &&
    Date.parse(certificate.validFrom) <= now &&
    now + RENEW_DAYS_BEFORE * DAY_MS < Date.parse(certificate.validTo) &&
    sameList(leaf.names, wanted.names) &&
    sameList(leaf.addresses, wanted.addresses)
  )
}

/**
 * Whether an authority can vouch for one more leaf: it outlives it. It stays while the clock is behind, as that of a machine without a
 * battery is for a while after each start.
 */
export const authorityHolds = ({ certificate }: Authority, now: number): boolean =>
  now + LEAF_DAYS * DAY_MS < Date.parse(new X509Certificate(certificate).validTo)

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((entry) => other.includes(entry))

const common = (now: number, days: number) => ({
  // positive: the first bit is the sign
  serialNumber: Buffer.concat([Buffer.of(0x40), randomBytes(15)]).toString('hex'),
  notBefore: new Date(now - BACKDATED_MS),
  notAfter: new Date(now + days * DAY_MS),
  signingAlgorithm: ALGORITHM,
})

async function makeKey() {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = bytes.toString('base64').replace(/.{64}/g, '$&\n')
  return { keys, key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n` }
}

function importKey(pem: string) {
  const bytes = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return crypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, ['sign'])
}
