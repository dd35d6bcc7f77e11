import './lib/thread-pool.ts'
import { isIP } from 'node:net'
import { type Core, createCore } from './core.ts'
import { isLoopback } from './doors/host-names.ts'
import { startHttpServer } from './doors/http-server.ts'
import { type LanDoor, openLanDoor } from './doors/lan-door.ts'
import { ListenError } from './doors/listen.ts'
import { openLocalSocket } from './doors/local-socket.ts'
import { findRendererFolder } from './doors/renderer-files.ts'
import type { Log } from './lib/log.ts'
import { forkSpawner } from './workers/spawn.ts'

const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 4040
/** Addresses that stand for all there are. */
const WILDCARDS = ['0.0.0.0', '::']

export interface HeadlessOptions {
  dataDir: string
  log: Log
  /** a loopback address, or one of the network: then the house's browsers are served there instead of where the settings say */
  host?: string
  /** of that address; 0: any free one; left out: 4040 on this machine, for the network as the settings say */
  port?: number
  /** read for the recovery variables */
  environment?: Record<string, string | undefined>
}

export interface Headless {
  readonly core: Core
  /** where browsers on this machine find it */
  readonly url: string
  /** where others in the house find it, the best first; empty while the feature `lan` is off */
  readonly lanUrls: readonly string[]
  /** what an empty household asks for in a browser; null once it is set up */
  readonly setupCode: string | null
  /** Ends answers under way, stops jobs, closes the database and frees the data directory. */
  close(): Promise<void>
}

/**
 * Opens the household on a data directory and serves it to browsers on this machine, to those in the house while the feature `lan` is on,
 * and to its command line. Throws what `createCore` throws (`AlreadyRunningError`, `StorageError`), and `ListenError` for an address it
 * can't have; nothing stays open then. An address of the network that only the settings name is told in the Admin Area instead.
 */
export async function startHeadless(options: HeadlessOptions): Promise<Headless> {
  const { dataDir, log, environment = process.env } = options
  const core = await createCore({ dataDir, log, spawn: forkSpawner, environment })
  const doors: { close(): Promise<void> }[] = []
  const close = async () => {
    // event streams and originals would keep the doors open
    core.live.endAll()
    await Promise.all(doors.map((door) => door.close()))
    // last, since it frees the data directory: the next server must not find this one's socket closing
    await core.close()
  }
  try {
    const { here, network } = placesOf(options)
    const rendererFolder = findRendererFolder()
    const lan = await openLanDoor({ core, rendererFolder, listenOn: network ?? {} })
    doors.push(lan)
    if (network) requireOpen(lan)
    const onThisMachine = (port: number) =>
      startHttpServer({ core, rendererFolder, outside: lan.outside, host: here.host, port })
    const server = await onThisMachine(here.port).catch((error: unknown) => {
      // beside an address that was asked for, this one is extra
      if (network && error instanceof ListenError) return onThisMachine(0)
      throw error
    })
    doors.push(server)
    doors.push(await openLocalSocket(core))
    return { core, url: server.url, lanUrls: lan.urls(), setupCode: await core.setupCode(), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Where this machine and, if it was said, the network are served. */
function placesOf({ host = DEFAULT_HOST, port }: HeadlessOptions) {
  if (isLoopback(host) || !isIP(host)) return { here: { host, port: port ?? DEFAULT_PORT }, network: null }
  const address = WILDCARDS.includes(host) ? '' : host
  const here = { host: DEFAULT_HOST, port: DEFAULT_PORT }
  return { here, network: { address, ...(port !== undefined && { port }) } }
}

/** An address that was asked for by name is had, or the start fails. */
function requireOpen(lan: LanDoor): void {
  const failure = lan.failure()
  if (failure?.cause instanceof ListenError) throw failure.cause
  if (failure) throw failure
  if (lan.urls().length === 0)
    throw new ListenError(
      'Other machines are not served: the feature lan is off. Switch it on with "mantel flags set lan on"',
      'switched_off',
    )
}
