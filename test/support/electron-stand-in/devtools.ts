import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts'

type Commands = Protocol.CommandParameters
type Results = Protocol.CommandReturnValues
type Events = Protocol.Events
type Listener = (params: never, sessionId: string | undefined) => void
type Waiting = PromiseWithResolvers<unknown> & { method: string }
interface Incoming {
  id?: number
  method?: string
  params?: unknown
  sessionId?: string
  result?: unknown
  error?: { message: string }
}

const switches = [
  '--headless=new',
  '--no-sandbox', // as root, and in containers without user namespaces
  '--remote-debugging-pipe',
  '--remote-debugging-port=0', // Playwright attaches here
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--block-new-web-contents',
  '--ignore-certificate-errors', // of the sessions' own proxies; there is no other server to talk to
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-sync',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-features=Translate,OptimizationHints,MediaRouter,HttpsUpgrades',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
  '--mute-audio',
]

/** One Chromium and the DevTools protocol over its pipe: messages are JSON, each ended by a NUL byte. */
export class Devtools {
  /** Address where Playwright may attach. */
  readonly address: Promise<string>
  readonly #process: ChildProcess
  readonly #input: Writable
  readonly #profile = mkdtempSync(join(tmpdir(), 'mantel-stand-in-'))
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Map<string, Set<Listener>>()
  #lastId = 0
  #gone = false

  /** @param whenGone called when Chromium ended, on purpose or not */
  constructor(executable: string, whenGone: () => void) {
    this.#process = spawn(executable, [...switches, `--user-data-dir=${this.#profile}`], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      detached: true, // its own process group, so that its helpers end with it
    })
    const [, , , input, output] = this.#process.stdio
    if (!(input instanceof Writable && output instanceof Readable)) throw new Error('no pipe to Chromium')
    this.#input = input
    this.#input.on('error', () => {}) // a write into a Chromium that just ended; its promise is rejected below
    this.#read(output)
    this.address = this.#findAddress()
    this.address.catch(() => {}) // told again to whoever awaits it
    this.#process.once('exit', () => {
      this.#gone = true
      for (const { method, reject } of this.#waiting.values())
        reject(new Error(`${method}: Chromium is gone`))
      rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
      whenGone()
    })
  }

  /** Sends one command; without `sessionId` to the browser, else to that page. Rejects with the protocol's message. */
  send<M extends keyof Commands>(method: M, params?: Commands[M], sessionId?: string): Promise<Results[M]> {
    if (this.#gone) return Promise.reject(new Error(`${method}: Chromium is gone`))
    const id = ++this.#lastId
    const answer = Promise.withResolvers<Results[M]>()
    this.#waiting.set(id, { method, ...answer } as unknown as Waiting) // the id keeps answer and method together
    this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return answer.promise
  }

  /** Calls `listener` at every event of that name: of one page with its `sessionId`, else of all. */
  on<E extends keyof Events>(
    event: E,
    listener: (params: Events[E], sessionId: string | undefined) => void,
    sessionId = '',
  ): void {
    const key = `${sessionId}:${event}`
    const known = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, known.add(listener))
  }

  kill(): void {
    if (this.#gone || this.#process.pid === undefined) return
    try {
      process.kill(-this.#process.pid, 'SIGKILL')
    } catch {
      // it ended in between
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  #findAddress(): Promise<string> {
    const found = Promise.withResolvers<string>()
    let said = ''
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address) found.resolve(address)
    })
    this.#process.once('error', found.reject)
    this.#process.once('exit', () => found.reject(new Error(`Chromium ended\n${said}`)))
    return found.promise
  }

  #read(output: Readable): void {
    let pending: Buffer[] = []
    output.on('data', (chunk: Buffer) => {
      let rest = chunk
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        pending.push(rest.subarray(0, end))
        this.#dispatch(JSON.parse(Buffer.concat(pending).toString()))
        pending = []
        rest = rest.subarray(end + 1)
      }
      pending.push(rest)
    })
  }

  #dispatch(message: Incoming): void {
    const waiting = this.#waiting.get(message.id ?? 0)
    if (waiting) {
      this.#waiting.delete(message.id ?? 0)
      if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`))
      else waiting.resolve(message.result)
      return
    }
    for (const key of new Set([`:${message.method}`, `${message.sessionId ?? ''}:${message.method}`])) {
      // the key holds the event's name, so these listeners take these parameters
      for (const listener of this.#listeners.get(key) ?? [])
        listener(message.params as never, message.sessionId)
    }
  }
}
