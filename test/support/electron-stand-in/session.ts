import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { browser } from './browser.ts'
import { mustBeReady } from './life.ts'
import { type Handler, startProxy } from './proxy.ts'
import { refuseTheRest } from './refuse.ts'
import { registerSchemesAsPrivileged } from './schemes.ts'

const sessions = new Map<string, Session>()

/** One partition: a Chromium browser context with a proxy of its own, so that only its own handlers answer it. */
export class Session extends EventEmitter {
  readonly protocol
  readonly #partition: string
  readonly #handlers = new Map<string, Handler>()
  #context: Promise<string> | undefined

  constructor(partition: string) {
    super()
    this.#partition = partition
    this.protocol = refuseTheRest('session.protocol', {
      handle: (scheme: string, handler: Handler) => {
        if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
        this.#handlers.set(scheme, handler)
      },
      unhandle: (scheme: string) => void this.#handlers.delete(scheme),
      isProtocolHandled: (scheme: string) => this.#handlers.has(scheme),
    })
  }

  isPersistent(): boolean {
    return this.#partition.startsWith('persist:')
  }

  /** Kept and never asked: a headless Chromium grants nothing. */
  setPermissionRequestHandler(_handler: unknown): void {}

  /** Kept and never asked: a headless Chromium grants nothing. */
  setPermissionCheckHandler(_handler: unknown): void {}

  /** Chromium's name for this partition; it exists from the first page on. */
  context(): Promise<string> {
    this.#context ??= this.#makeContext()
    return this.#context
  }

  async #makeContext(): Promise<string> {
    const proxyServer = await startProxy(this.#partition || 'the default session', (s) =>
      this.#handlers.get(s),
    )
    const made = await browser().send('Target.createBrowserContext', {
      proxyServer,
      proxyBypassList: '<-loopback>',
    })
    return made.browserContextId
  }
}
refuseTheRest('session', Session.prototype)

/** The session of a partition, one per name. @throws before the app is ready */
export function sessionOf(partition: string): Session {
  mustBeReady('Session can only be received when app is ready')
  const known = sessions.get(partition) ?? new Session(partition)
  sessions.set(partition, known)
  return known
}

/** `electron.session` */
export const session = refuseTheRest('session', {
  fromPartition: (partition: string) => asElectron(sessionOf(partition)),
  get defaultSession() {
    return asElectron(sessionOf(''))
  },
}) satisfies Pick<typeof Electron.session, 'fromPartition' | 'defaultSession'>

/** `electron.protocol`: the default session's, and the registration of schemes. */
export const protocol = refuseTheRest('protocol', {
  registerSchemesAsPrivileged,
  handle: (scheme: string, handler: Handler) => sessionOf('').protocol.handle(scheme, handler),
  unhandle: (scheme: string) => sessionOf('').protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => sessionOf('').protocol.isProtocolHandled(scheme),
}) satisfies Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>

/** A part of Electron's class stands for the whole; what is not there is refused by name when called. */
function asElectron(ours: Session): Electron.Session {
  return ours as unknown as Electron.Session
}
