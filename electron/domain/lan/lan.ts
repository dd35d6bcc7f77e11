import { X509Certificate } from 'node:crypto'
import type { Output } from '../../contract/contract.ts'
import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Secrets } from '../../lib/secrets.ts'
import { readFlags } from '../settings/flags.ts'
import type { LanBoard } from './board.ts'
import { HOUSE_NAME, type LookAtHost } from './host.ts'
import { keepCertificates, readAuthority } from './keep-certificates.ts'
import { readLanSettings } from './lan-settings.ts'

/** What a door to the house's network has to be at this moment. */
export interface LanPlan {
  /** empty: every address of the host */
  readonly address: string
  readonly port: number
  /** names and addresses by which the host may be asked for in the house */
  readonly hosts: readonly string[]
  /** those of them that are told to people, the house's name and then the best: the certificate vouches for them */
  readonly shown: readonly [houseName: string, ...string[]]
  /** those that are announced for the house's name */
  readonly addresses: readonly string[]
  /** `https://…` under which it is reached from outside; empty: not at all */
  readonly publicAddress: string
  /** whose `X-Forwarded-…` is believed: addresses and networks */
  readonly proxies: readonly string[]
  /** all PEM */
  readonly tls: {
    readonly key: string
    /** the leaf, and the authority after it */
    readonly cert: string
    readonly authority: string
  }
}

/** Where the command line said other than the settings. */
export type ListenOn = Partial<Pick<LanPlan, 'address' | 'port'>>

/** The household's side of the door to its network. */
export interface Lan {
  /** What is wanted; null while the feature `lan` is off. Makes and renews certificates. Throws as `keepCertificates` does. */
  plan(listenOn: ListenOn): Promise<LanPlan | null>
  status(): Promise<Output<'lan.status'>>
}

interface Needs {
  db: Database
  clock: Clock
  secrets: Secrets
  board: LanBoard
  lookAtHost: LookAtHost
}

export const createLan = (needs: Needs): Lan => ({
  plan: (listenOn) => planLan(needs, listenOn),
  status: () => statusOf(needs),
})

async function planLan(needs: Needs, listenOn: ListenOn): Promise<LanPlan | null> {
  const { db, lookAtHost } = needs
  if (!(await readFlags(db.read)).lan) return null
  const settings = await readLanSettings(db.read)
  const address = listenOn.address ?? settings.address
  const host = lookAtHost()
  const addresses = address === '' ? host.addresses : [address]
  const { authority, leaf } = await keepCertificates(needs, { ...host, addresses })
  // names of the host that the house's router may not know come last
  const shown = [HOUSE_NAME, ...leaf.addresses, ...leaf.names.filter((name) => name !== HOUSE_NAME)] as const
  return {
    address,
    port: listenOn.port ?? settings.port,
    hosts: [...new Set([...shown, ...host.names, ...addresses])],
    shown,
    addresses,
    publicAddress: settings.publicAddress,
    proxies: settings.proxies,
    tls: {
      key: leaf.key,
      cert: leaf.certificate + authority.certificate,
      authority: authority.certificate,
    },
  }
}

async function statusOf({ db, board }: Needs): Promise<Output<'lan.status'>> {
  const isOn = (await readFlags(db.read)).lan
  const certificate = isOn ? await readAuthority(db.read) : null
  const about = { reason: null, urls: [], authority: certificate === null ? null : authorityOf(certificate) }
  const told = board.state()
  if (told.kind === 'none') return { ...about, state: 'absent' }
  if (!isOn) return { ...about, state: 'off' }
  if (told.kind === 'failed') return { ...about, state: 'failed', reason: told.reason }
  return told.kind === 'open'
    ? { ...about, state: 'open', urls: [...told.urls] }
    : { ...about, state: 'opening' }
}

function authorityOf(certificate: string) {
  const { fingerprint256, validTo } = new X509Certificate(certificate)
  return { certificate, fingerprint: fingerprint256, expiresAt: Date.parse(validTo) }
}
