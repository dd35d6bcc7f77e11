import { createServer } from 'node:http'
import type { Core } from '../core.ts'
import { carry, NO_OUTSIDE, type Outside, SERVER_OPTIONS } from './carrier.ts'
import { inUrl, isLoopback } from './host-names.ts'
import { ListenError } from './listen.ts'

export interface HttpServerOptions {
  core: Core
  rendererFolder: string
  /** a loopback address */
  host: string
  /** 0: any free one */
  port: number
  /** what proxies of this machine bring from outside; without it nothing */
  outside?: () => Outside
}

export interface HttpServer {
  /** where browsers find it, without a path */
  readonly url: string
  readonly port: number
  /** Takes no new connections, and ends those there are. */
  close(): Promise<void>
}

/**
 * Serves the web app over HTTP on a loopback address. Throws {@link ListenError} for other addresses (passwords would cross the network
 * in the open) and where the port is taken.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, outside } = options
  if (!isLoopback(host))
    throw new ListenError(
      `Without encryption Mantel serves this machine alone: ${host} is not one of 127.0.0.1, ::1, localhost`,
      'lan_address',
    )
  // the name may lead elsewhere on a machine with odd name tables
  const address = host === 'localhost' ? '127.0.0.1' : host
  const carried = await carry(createServer(SERVER_OPTIONS), {
    ...options,
    listen: { host: address, port },
    gate: (bound) => ({
      ...(outside?.() ?? NO_OUTSIDE),
      hosts: ['localhost', '127.0.0.1', '::1', address].map((name) => `${inUrl(name)}:${bound}`),
    }),
  })
  return { url: `http://${inUrl(address)}:${carried.port}`, port: carried.port, close: carried.close }
}
