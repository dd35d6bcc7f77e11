import { once } from 'node:events'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import { BlockList } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Core } from '../core.ts'
import { refuse } from './answer.ts'
import { callerOf } from './browser-caller.ts'
import { originOf } from './forwarded.ts'
import { hostNamed } from './host-names.ts'
import { type ListenAt, listen } from './listen.ts'
import { createWebApp, type WebApp } from './web-app.ts'

/** What a household's browsers need, and a bound on what anyone else can take. */
const LIMITS = {
  /** browsers take six each at a time, and fifty visitors are a feast */
  connections: 1024,
  headerBytes: 16 * 1024,
  headers: 100,
  /** until all headers are there */
  headersMs: 15_000,
  /** until the whole request is there; files that are sent have a pace of their own to keep */
  requestMs: 60_000,
  /** without a byte in either direction; event streams send one every 20 s */
  idleMs: 120_000,
  keepAliveMs: 10_000,
  /** how often the above are checked */
  checkMs: 5_000,
  /** for answers under way when the server closes */
  closeMs: 2_000,
}

/** How every server of the house is made. */
export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: LIMITS.headersMs,
  // Node knows no other for some requests: kept below
  requestTimeout: 0,
  keepAliveTimeout: LIMITS.keepAliveMs,
  connectionsCheckingInterval: LIMITS.checkMs,
  maxHeaderSize: LIMITS.headerBytes,
  // a missing Host is refused below, like a wrong one
  requireHostHeader: false,
}

/** Browsers that were here by the public address ask for it over TLS alone from then on. Never said of names in the house. */
const STRICT_TRANSPORT = `max-age=${180 * 24 * 60 * 60}`

/** The household as it is reached from outside the house. */
export interface Outside {
  /** `name:port` of its public address; null: there is none */
  readonly publicHost: string | null
  /** whose `X-Forwarded-…` is believed */
  readonly proxies: BlockList
}

export const NO_OUTSIDE: Outside = { publicHost: null, proxies: new BlockList() }

/** The names by which a server may be asked for at this moment: a page whose name was pointed at this machine (DNS rebinding) is not served. */
interface Gate extends Outside {
  /** `name:port` */
  readonly hosts: readonly string[]
}

export interface CarryOptions {
  core: Core
  rendererFolder: string
  listen: ListenAt
  /** asked at each request */
  gate: (port: number) => Gate
  /** answers what is not the web app's; null: it is */
  first?: (path: string) => Response | null
}

export interface Carried {
  readonly port: number
  /** Takes no new connections, and ends those there are. */
  close(): Promise<void>
  /** The same without waiting for what is under way. */
  cut(): Promise<void>
}

/** Serves the web app by a server that does not listen yet, within {@link LIMITS}. Throws `ListenError`. */
export async function carry(server: Server, options: CarryOptions): Promise<Carried> {
  const { core, rendererFolder } = options
  const app = createWebApp({ core, rendererFolder, callerOf: (visit) => callerOf(core, visit) })
  server.maxConnections = LIMITS.connections
  server.maxHeadersCount = LIMITS.headers
  server.timeout = LIMITS.idleMs
  const port = await listen(server, options.listen)
  // a connection that the system could not hand over; unheard, it would end the program
  server.on('error', (error) => void core.log.error('a connection could not be taken', error))
  server.on('request', listenerFor(app, port, options))
  return { port, close: () => close(server, LIMITS.closeMs), cut: () => close(server, 0) }
}

function listenerFor(app: WebApp, port: number, { gate, first }: CarryOptions) {
  const addresses = new WeakMap<IncomingMessage, string>()
  const serve = getRequestListener(
    async (request, bindings) => {
      // these servers speak HTTP/1.1 alone, so the bindings are node:http's
      const [incoming, outgoing] = [bindings.incoming as IncomingMessage, bindings.outgoing as ServerResponse]
      const address = addresses.get(incoming) ?? 'unknown'
      const early = first?.(new URL(request.url).pathname)
      return early ?? app.fetch(request, { address, cut: () => void outgoing.destroy() })
    },
    { overrideGlobalObjects: false },
  )
  return (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { hosts, publicHost, proxies } = gate(port)
    const { address, scheme, isTold } = originOf(incoming, proxies)
    const host = hostNamed(incoming, scheme)
    const isPublic = host !== null && host === publicHost && scheme === 'https'
    if (host === null || !(isPublic || hosts.includes(host)))
      return void send(refuse('forbidden', { reason: 'host_not_allowed' }), outgoing)
    if (isPublic) outgoing.setHeader('strict-transport-security', STRICT_TRANSPORT)
    // as the browser knows it, also where a proxy has taken the encryption off
    const target = incoming.url ?? '/'
    if (isTold && target.startsWith('/')) incoming.url = `${scheme}://${host}${target}`
    addresses.set(incoming, address)
    // what takes a file sees to its pace itself
    if (!target.startsWith(UPLOADS)) requireSoon(incoming)
    void serve(incoming, outgoing)
  }
}

/** Addresses that take files. */
const UPLOADS = '/upload/'

/** Ends a connection whose request does not come to its end in time. */
function requireSoon(incoming: IncomingMessage): void {
  const late = setTimeout(() => {
    if (!incoming.complete) incoming.destroy()
  }, LIMITS.requestMs)
  late.unref()
  incoming.once('close', () => clearTimeout(late))
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = { ...Object.fromEntries(response.headers), connection: 'close' }
  outgoing.writeHead(response.status, headers).end(await response.text())
}

async function close(server: Server, patienceMs: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const impatient = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(impatient)
}
