import { z } from 'zod'
import { because, emptySchema } from './fields.ts'
import { REASONS, type Reason } from './reasons.ts'
import { LAN_STATES, PROXY_PREFIX } from './values.ts'

const MOST_PROXIES = 20
const MOST_ADDRESS_CHARACTERS = 300

const ipSchema = z.union([z.ipv4(), z.ipv6()])

/** Where the door listens: one address of the host, or empty for all of them, as which the two wildcards count. */
const addressSchema = z
  .string()
  .trim()
  .transform((text) => (['0.0.0.0', '::', '*'].includes(text) ? '' : text.toLowerCase()))
  .refine((text) => text === '' || ipSchema.safeParse(text).success, because('lan_address'))

/** `https://name[:port]`, or empty for none; kept in the form that browsers send as their origin. */
const publicAddressSchema = z
  .string()
  .trim()
  .max(MOST_ADDRESS_CHARACTERS, because('public_address'))
  .transform((text) => (text === '' ? '' : originOf(text)))
  .refine((origin) => origin !== null, because('public_address'))

/** The origin of an https address that names nothing else; null for what is none. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, username, password, pathname, search, hash, origin } = new URL(text)
  const isBare = !username && !password && pathname === '/' && !search && !hash
  return protocol === 'https:' && isBare ? origin : null
}

/** An address or a network, which must not be half the world. */
const proxySchema = z
  .string()
  .trim()
  .transform((text) => text.toLowerCase())
  .refine((text) => ipSchema.safeParse(text).success || isNetwork(text), because('proxy_address'))

function isNetwork(text: string): boolean {
  const prefix = Number(text.split('/')[1])
  return (
    (z.cidrv4().safeParse(text).success && prefix >= PROXY_PREFIX.ipv4) ||
    (z.cidrv6().safeParse(text).success && prefix >= PROXY_PREFIX.ipv6)
  )
}

/** How the household is reached from other machines while the feature `lan` is on. */
export const lanSettingsSchema = z.object({
  address: addressSchema,
  port: z.int(because('lan_port')).min(1, because('lan_port')).max(65_535, because('lan_port')),
  publicAddress: publicAddressSchema,
  /** whose word is taken for where a request comes from and how */
  proxies: z.array(proxySchema).max(MOST_PROXIES, because('proxies_too_many')),
})
export type LanSettings = z.output<typeof lanSettingsSchema>

// the keys of the record are the reasons
const reasonSchema = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]])

const authoritySchema = z.object({
  /** PEM, to be installed where the household is to be trusted */
  certificate: z.string(),
  /** SHA-256, as browsers and phones show it */
  fingerprint: z.string(),
  /** epoch ms */
  expiresAt: z.number(),
})

export const lanContract = {
  'settings.lan': { input: emptySchema, output: lanSettingsSchema },
  /** What is left out stays as it is. In force at once. */
  'settings.setLan': {
    input: z.strictObject(lanSettingsSchema.partial().shape),
    output: lanSettingsSchema,
  },
  /** The door to the house's network as it is now. */
  'lan.status': {
    input: emptySchema,
    output: z.object({
      state: z.enum(LAN_STATES),
      /** why it could not be opened */
      reason: reasonSchema.nullable(),
      /** where browsers in the house find it, the best first */
      urls: z.array(z.string()),
      authority: authoritySchema.nullable(),
    }),
  },
}
