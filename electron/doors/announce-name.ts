import type { EventEmitter } from 'node:events'
import type { Bonjour, Service } from 'bonjour-service'
import type { Log } from '../lib/log.ts'

/** How long another machine has to say that the name is its own. */
const OBJECTION_MS = 800

/** What is told in the house. */
interface Announced {
  /** ends in `.local` */
  name: string
  addresses: readonly string[]
  port: number
}

export interface Announcer {
  /** Whether the name leads here: false while that is being found out, where another machine has it, and where nothing can be told. */
  isOurs(): boolean
  /** Tells this from now on, in place of what was told before; null: nothing. */
  tell(announced: Announced | null): void
  close(): Promise<void>
}

/** What of the library's inside is needed: its socket, whose errors nobody else hears, and which asks for a name. */
interface Mdns extends EventEmitter {
  query(name: string, type: 'A' | 'AAAA'): void
}
type ServiceRecord = ReturnType<Service['records']>[number]
interface Answer {
  answers: readonly ServiceRecord[]
}

/**
 * Tells the house by mDNS (RFC 6762) where its name leads, and of the service `_https._tcp`. Its packets do not leave the network that this
 * machine is in. `onChange` is called when {@link Announcer.isOurs} may have changed.
 */
export function createAnnouncer(log: Log, onChange: () => void): Announcer {
  let told: Announced | null = null
  let isOurs = false
  let stop: (() => Promise<void>) | null = null
  let turn: Promise<unknown> = Promise.resolve()

  function become(ours: boolean): void {
    if (ours === isOurs) return
    isOurs = ours
    onChange()
  }

  async function change(next: Announced | null): Promise<void> {
    await stop?.()
    stop = null
    isOurs = false
    if (next) stop = await begin(next, become, log)
  }

  const inTurn = (next: Announced | null) => {
    turn = turn
      .then(() => change(next))
      .catch((error: unknown) => void log.error('the name could not be announced', error))
  }
  return {
    isOurs: () => isOurs,
    tell(announced) {
      if (JSON.stringify(announced) === JSON.stringify(told)) return
      told = announced
      inTurn(announced)
    },
    async close() {
      inTurn(null)
      await turn
    },
  }
}

/** Asks whether the name is free, then tells it. Answers what takes it back. */
async function begin(told: Announced, become: (ours: boolean) => void, log: Log) {
  const { name, addresses } = told
  const { default: Library } = await import('bonjour-service')
  const bonjour = new Library()
  const mdns = socketOf(bonjour)
  let isTaken = false
  const cannot = (error: unknown) => {
    log.warn('the name could not be announced', { reason: String(error) })
    isTaken = true
    become(false)
  }
  // without a listener the first of them would end the program
  mdns.on('error', cannot)
  const hear = ({ answers }: Answer) => {
    const isAnothers = ({ name: asked, type, data }: ServiceRecord) =>
      asked.toLowerCase() === name && (type === 'A' || type === 'AAAA') && !addresses.includes(String(data))
    if (!answers.some(isAnothers)) return
    log.warn('another machine in the house has this name', { name })
    isTaken = true
    become(false)
  }
  mdns.on('response', hear)
  mdns.query(name, 'A')
  mdns.query(name, 'AAAA')
  const settled = setTimeout(() => {
    mdns.off('response', hear)
    if (isTaken) return
    publish(bonjour, told).once('up', () => become(true))
  }, OBJECTION_MS)
  return async () => {
    clearTimeout(settled)
    await new Promise<void>((done) => bonjour.unpublishAll(() => done()))
    await new Promise<void>((done) => bonjour.destroy(() => done()))
  }
}

function publish(bonjour: Bonjour, { name, addresses, port }: Announced): Service {
  const service = bonjour.publish({
    name: `Mantel at ${name}, port ${port}`,
    type: 'https',
    port,
    host: name,
  })
  const all = service.records.bind(service)
  // of the addresses only those that are served
  service.records = () =>
    all().filter(({ type, data }) => !['A', 'AAAA'].includes(type) || addresses.includes(String(data)))
  return service
}

// private in its types alone
const socketOf = (bonjour: Bonjour): Mdns => (bonjour as unknown as { server: { mdns: Mdns } }).server.mdns
