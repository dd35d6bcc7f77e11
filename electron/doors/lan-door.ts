import type { Core, LanPlan, ListenOn } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'
import { createAnnouncer } from './announce-name.ts'
import { NO_OUTSIDE, type Outside } from './carrier.ts'
import { inUrl } from './host-names.ts'
import { type LanServer, startLanServer } from './lan-server.ts'
import { ListenError } from './listen.ts'

/** Names, addresses and certificates change without anybody saying so; a port that was taken may be free again. */
const LOOK_EVERY_MS = 15_000
/** While the household is being opened again. */
const SOON_MS = 1_000

export interface LanDoorOptions {
  core: Core
  rendererFolder: string
  /** what the command line said; wins over the settings */
  listenOn?: ListenOn
}

export interface LanDoor {
  /** The household as it is reached from outside at this moment. */
  outside(): Outside
  /** Where it is found, the best first; empty while it is closed. */
  urls(): readonly string[]
  /** Why it is not open although it should be. */
  failure(): Error | null
  close(): Promise<void>
}

/**
 * The door to the house's network: open as long as the feature `lan` is on, at the place that the settings say, and again elsewhere when
 * they change. Answers when it was looked at for the first time; what keeps it closed is told to the household (`core.lan.tell`), not thrown.
 */
export async function openLanDoor({ core, rendererFolder, listenOn = {} }: LanDoorOptions): Promise<LanDoor> {
  let server: LanServer | null = null
  let urls: readonly string[] = []
  let failure: Error | null = null
  let isOver = false
  let timer: NodeJS.Timeout | undefined

  const announcer = createAnnouncer(core.log, () => lookAgain())

  async function shut(): Promise<void> {
    announcer.tell(null)
    const before = server
    server = null
    urls = []
    await before?.close()
  }

  async function become(plan: LanPlan | null): Promise<void> {
    if (!plan) {
      await shut()
      return core.lan.tell({ kind: 'closed' })
    }
    if (server && !server.fits(plan)) await shut()
    if (server) server.use(plan)
    else server = await startLanServer({ core, rendererFolder, plan })
    const { port } = server
    const [name, ...others] = plan.shown
    announcer.tell({ name, addresses: plan.addresses, port })
    const led = announcer.isOurs() ? [name, ...others] : others
    urls = led.map((host) => `https://${inUrl(host)}:${port}`)
    core.lan.tell({ kind: 'open', urls })
  }

  /** What stands in the way now: of a household that is being opened again nothing, the door stays as it is. */
  async function fail(error: unknown): Promise<void> {
    if (error instanceof Refusal && error.code === 'unavailable') return
    await shut()
    const reason = error instanceof ListenError ? error.reason : 'lan_certificate'
    // the same every 15 s says nothing new
    if (failure?.message !== String(error)) core.log.error('the network could not be served', error)
    failure = new Error(String(error), { cause: error })
    core.lan.tell({ kind: 'failed', reason })
  }

  async function look(): Promise<void> {
    if (isOver) return
    clearTimeout(timer)
    let next = LOOK_EVERY_MS
    try {
      await become(await core.lan.plan(listenOn))
      failure = null
    } catch (error) {
      if (error instanceof Refusal) next = SOON_MS
      await fail(error)
    }
    timer = setTimeout(lookAgain, next)
    timer.unref()
  }

  // one look after the other
  let turn = Promise.resolve()
  const lookAgain = () => {
    turn = turn
      .then(look)
      .catch((error: unknown) => void core.log.error('the network was not looked at', error))
  }
  core.lan.onLookAgain(lookAgain)
  lookAgain()
  await turn
  return {
    outside: () => server?.outside ?? NO_OUTSIDE,
    urls: () => urls,
    failure: () => failure,
    async close() {
      isOver = true
      clearTimeout(timer)
      await turn
      await shut()
      await announcer.close()
    },
  }
}
