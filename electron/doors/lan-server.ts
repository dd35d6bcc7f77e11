import { createServer } from 'node:https'
import type { Core, LanPlan } from '../core.ts'
import { carry, type Outside, SERVER_OPTIONS } from './carrier.ts'
import { trustedProxies } from './forwarded.ts'
import { hostOf, inUrl } from './host-names.ts'
import { DATA_HEADERS } from './security-headers.ts'

/** Where phones fetch the authority's certificate to install it; it holds no secret. */
const AUTHORITY_PATH = '/mantel-authority.crt'

interface LanServerOptions {
  core: Core
  rendererFolder: string
  plan: LanPlan
}

export interface LanServer {
  readonly port: number
  readonly outside: Outside
  /** Whether this server can become what is wanted without listening anew. */
  fits(plan: LanPlan): boolean
  /** Takes over other names, proxies and certificates. */
  use(plan: LanPlan): void
  /** Ends every connection at once. */
  close(): Promise<void>
}

/** Serves the web app to the house's network, over TLS alone. Throws `ListenError`. */
export async function startLanServer(options: LanServerOptions): Promise<LanServer> {
  let { plan } = options
  let outside = outsideOf(plan)
  // older versions of TLS are off in Node already; said here, so that no environment brings them back
  const server = createServer({ ...SERVER_OPTIONS, ...keysOf(plan), minVersion: 'TLSv1.2' })
  const { port, cut } = await carry(server, {
    ...options,
    listen: { host: plan.address, port: plan.port },
    gate: (bound) => ({ ...outside, hosts: plan.hosts.map((name) => `${inUrl(name)}:${bound}`) }),
    first: (path) => (path === AUTHORITY_PATH ? authorityOf(plan) : null),
  })
  return {
    port,
    get outside() {
      return outside
    },
    fits: ({ address, port }) => address === plan.address && port === plan.port,
    use(next) {
      if (next.tls.cert !== plan.tls.cert) server.setSecureContext(keysOf(next))
      plan = next
      outside = outsideOf(next)
    },
    close: cut,
  }
}

const keysOf = ({ tls: { key, cert } }: LanPlan) => ({ key, cert })

const outsideOf = ({ publicAddress, proxies }: LanPlan): Outside => ({
  publicHost: publicAddress === '' ? null : hostOf(publicAddress),
  proxies: trustedProxies(proxies),
})

function authorityOf({ tls: { authority } }: LanPlan): Response {
  const headers = {
    ...DATA_HEADERS,
    'cache-control': 'no-store',
    'content-type': 'application/x-x509-ca-cert',
    'content-disposition': 'attachment; filename="mantel-authority.crt"',
  }
  return new Response(authority, { headers })
}
