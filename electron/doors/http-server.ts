import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type Caller, NO_MEMORY } from '../api/caller.ts'
import type { Core } from '../core.ts'
import { refuse } from './answer.ts'
import {
  cookieLine,
  DEVICE_COOKIE,
  DEVICE_MAX_AGE_SECONDS,
  hasCookie,
  REMEMBER_COOKIE,
  readToken,
  SESSION_COOKIE,
} from './cookies.ts'
import { deviceName } from './device-name.ts'
import { inUrl, isLoopback, namesThisServer } from './host-names.ts'
import type { Peer, Visit } from './visit.ts'
import { createWebApp, type WebApp } from './web-app.ts'

/** What a household's browsers need, and a bound on what anyone else can take. */
const LIMITS = {
  connections: 256,
  headerBytes: 16 * 1024,
  headers: 100,
  /** until all headers are there */
  headersMs: 15_000,
  /** until the whole request is there */
  requestMs: 60_000,
  /** without a byte in either direction; event streams send one every 20 s */
  idleMs: 120_000,
  keepAliveMs: 10_000,
  /** how often the above are checked */
  checkMs: 5_000,
  /** for answers under way when the server closes */
  closeMs: 2_000,
}

/** The address can't be listened on; the message says why and what to do. */
export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ListenError'
  }
}

export interface HttpServerOptions {
  core: Core
  rendererFolder: string
  /** a loopback address */
  host: string
  /** 0: any free one */
  port: number
}

export interface HttpServer {
  /** where browsers find it, without a path */
  readonly url: string
  readonly port: number
  /** Takes no new connections, and ends those there are. */
  close(): Promise<void>
}

/**
 * Serves the web app over HTTP on a loopback address. Throws {@link ListenError} for other addresses (until there is TLS,
 * passwords would cross the network in the open) and where the port is taken.
 */
export async function startHttpServer({
  core,
  rendererFolder,
  host,
  port,
}: HttpServerOptions): Promise<HttpServer> {
  if (!isLoopback(host))
    throw new ListenError(
      `Mantel serves this machine alone until encryption is set up: ${host} is not one of 127.0.0.1, ::1, localhost`,
    )
  // the name may lead elsewhere on a machine with odd name tables
  const address = host === 'localhost' ? '127.0.0.1' : host
  const app = createWebApp({ core, rendererFolder, callerOf: (visit) => callerOf(core, visit) })
  const server = createServer({
    headersTimeout: LIMITS.headersMs,
    requestTimeout: LIMITS.requestMs,
    keepAliveTimeout: LIMITS.keepAliveMs,
    connectionsCheckingInterval: LIMITS.checkMs,
    maxHeaderSize: LIMITS.headerBytes,
    // a missing Host is refused below, like a wrong one
    requireHostHeader: false,
  })
  server.maxConnections = LIMITS.connections
  server.maxHeadersCount = LIMITS.headers
  server.timeout = LIMITS.idleMs
  await listen(server, address, port)
  // a connection that the system could not hand over; unheard, it would end the program
  server.on('error', (error) => void core.log.error('a connection could not be taken', error))
  // a server that listens on a port has an address of this form
  const bound = (server.address() as AddressInfo).port
  server.on('request', listenerFor(app, address, bound))
  return { url: `http://${inUrl(address)}:${bound}`, port: bound, close: () => close(server) }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const why =
      code === 'EADDRINUSE'
        ? `Port ${port} on ${host} is taken by another program; choose one with --port`
        : `Port ${port} on ${host} can't be used: ${error instanceof Error ? error.message : error}`
    throw new ListenError(why, { cause: error })
  }
}

function listenerFor(app: WebApp, host: string, port: number) {
  const serve = getRequestListener(
    // this server speaks HTTP/1.1 alone, so the bindings are node:http's
    (request, { incoming, outgoing }) =>
      app.fetch(request, peerOf(incoming as IncomingMessage, outgoing as ServerResponse)),
    { overrideGlobalObjects: false },
  )
  return (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (namesThisServer(incoming, host, port)) void serve(incoming, outgoing)
    else void send(refuse('forbidden', { reason: 'host_not_allowed' }), outgoing)
  }
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = { ...Object.fromEntries(response.headers), connection: 'close' }
  outgoing.writeHead(response.status, headers).end(await response.text())
}

const peerOf = ({ socket }: IncomingMessage, outgoing: ServerResponse): Peer => ({
  // an IPv4 address in IPv6 clothes is the same address
  address: (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, ''),
  cut: () => void outgoing.destroy(),
})

async function callerOf(core: Core, visit: Visit): Promise<Caller> {
  const { request, peer } = visit
  return {
    principal: await core.authenticate(readToken(request, SESSION_COOKIE)),
    address: peer?.address ?? 'unknown',
    device: deviceName(request.headers.get('user-agent')),
    deviceToken: readToken(request, DEVICE_COOKIE),
    hostWindow: false,
    effects: effectsOf(visit),
    // a browser holds one session, so nobody can go back to another without the password
    memory: { ...NO_MEMORY, mayRemember: true },
  }
}

function effectsOf({ request, headers }: Visit): Caller['effects'] {
  const secure = new URL(request.url).protocol === 'https:'
  const set = (name: string, value: string, maxAgeSeconds: number | null) =>
    headers.append('set-cookie', cookieLine(name, value, { maxAgeSeconds, secure }))
  const secondsUntil = (time: number) => Math.max(0, Math.floor((time - Date.now()) / 1000))
  const isRemembered = hasCookie(request, REMEMBER_COOKIE)
  // what the browser keeps of the last account's pictures goes with its session
  const clearCache = () => headers.set('clear-site-data', '"cache"')
  const end = () => {
    set(SESSION_COOKIE, '', 0)
    if (isRemembered) set(REMEMBER_COOKIE, '', 0)
    clearCache()
  }
  return {
    startSession: ({ token, expiresAt, remember }) => {
      const seconds = remember ? secondsUntil(expiresAt) : null
      set(SESSION_COOKIE, token, seconds)
      if (remember) set(REMEMBER_COOKIE, '1', seconds)
      else if (isRemembered) set(REMEMBER_COOKIE, '', 0)
      // also where it ran out before anybody logged out
      if (hasCookie(request, SESSION_COOKIE)) clearCache()
    },
    renewSession: ({ token, expiresAt }) =>
      set(SESSION_COOKIE, token, isRemembered ? secondsUntil(expiresAt) : null),
    clearView: clearCache,
    leaveSession: end,
    endSession: end,
    rememberDevice: (token) => set(DEVICE_COOKIE, token, DEVICE_MAX_AGE_SECONDS),
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const impatient = setTimeout(() => server.closeAllConnections(), LIMITS.closeMs)
  await closed
  clearTimeout(impatient)
}
