import './lib/thread-pool.ts'
import { type Core, createCore } from './core.ts'
import { startHttpServer } from './doors/http-server.ts'
import { openLocalSocket } from './doors/local-socket.ts'
import { findRendererFolder } from './doors/renderer-files.ts'
import type { Log } from './lib/log.ts'
import { forkSpawner } from './workers/spawn.ts'

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 4040

export interface HeadlessOptions {
  dataDir: string
  log: Log
  /** a loopback address */
  host?: string
  /** 0: any free one */
  port?: number
  /** read for the recovery variables */
  environment?: Record<string, string | undefined>
}

export interface Headless {
  readonly core: Core
  /** where browsers find it */
  readonly url: string
  /** what an empty household asks for in a browser; null once it is set up */
  readonly setupCode: string | null
  /** Ends answers under way, stops jobs, closes the database and frees the data directory. */
  close(): Promise<void>
}

/**
 * Opens the household on a data directory and serves it to browsers on this machine and to its command line. Throws
 * what `createCore` throws (`AlreadyRunningError`, `StorageError`), and `ListenError` for an address it can't have; nothing stays open then.
 */
export async function startHeadless(options: HeadlessOptions): Promise<Headless> {
  const { dataDir, log, host = DEFAULT_HOST, port = DEFAULT_PORT, environment = process.env } = options
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
    const server = await startHttpServer({ core, host, port, rendererFolder: findRendererFolder() })
    doors.push(server)
    doors.push(await openLocalSocket(core))
    return { core, url: server.url, setupCode: await core.setupCode(), close }
  } catch (error) {
    await close()
    throw error
  }
}
