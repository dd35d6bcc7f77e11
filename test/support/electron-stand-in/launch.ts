import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type * as Electron from 'electron'
import { type Browser, chromium, type Page } from 'playwright-core'
import type * as StandIn from './electron.ts'

const program = fileURLToPath(new URL('run.ts', import.meta.url))

type Message = { kind: 'up'; address: string } | ({ kind: 'result'; id: number } & Result)
type Result = { value: unknown } | { error: string }

/** What `evaluate` hands to its function: Electron's modules, of which the stand-in has these. */
export type Modules = Pick<typeof Electron, keyof typeof StandIn & keyof typeof Electron>

/** A running app, with the members of Playwright's `ElectronApplication` that the suite uses. */
export class StandInApp {
  /** Everything the main process and its children printed. */
  logs = ''
  /** Resolves with the exit code of the main process. */
  readonly ended: Promise<number | null>
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #browser: Browser | undefined
  #lastId = 0

  private constructor(child: ChildProcess) {
    this.#process = child
    this.ended = once(child, 'exit').then(([code]) => code)
    const keep = (chunk: Buffer) => {
      this.logs += chunk
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  /**
   * Starts the app of a folder (its `package.json` names the main module) and attaches Playwright to its windows.
   * @throws with what the app printed when it ends before it is ready
   */
  static async launch(folder: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<StandInApp> {
    const child = spawn(process.execPath, ['--enable-source-maps', program, folder, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...env },
    })
    const app = new StandInApp(child)
    const address = await app.#waitUntilUp()
    const attached = chromium.connectOverCDP(address).catch(() => app.#failWhenEnded())
    app.#browser = await Promise.race([attached, app.#failWhenEnded()])
    return app
  }

  /** Runs `run` in the main process with Electron's modules; it is sent as text, so it closes over nothing. */
  evaluate<R, A>(run: (modules: Modules, argument: A) => R, argument?: A): Promise<Awaited<R>> {
    const id = ++this.#lastId
    const answer = Promise.withResolvers<Awaited<R>>()
    this.#waiting.set(id, answer as PromiseWithResolvers<unknown>) // the id keeps question and answer together
    this.#process.send({ id, code: String(run), argument })
    return answer.promise
  }

  /** The pages that have loaded something, oldest first. */
  pages(): Page[] {
    const all = this.#browser?.contexts().flatMap((context) => context.pages()) ?? []
    return all.filter((page) => page.url() !== 'about:blank')
  }

  /** Calls `listener` for each page, those open already included. */
  onPage(listener: (page: Page) => void): void {
    for (const context of this.#browser?.contexts() ?? []) {
      context.pages().forEach(listener)
      context.on('page', listener)
    }
  }

  get processId(): number | undefined {
    return this.#process.pid
  }

  /** Quits as a person would; ends the process where the app refuses to. */
  async close(): Promise<void> {
    if (this.#process.exitCode === null) {
      this.#process.kill('SIGTERM')
      const killer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000)
      await this.ended
      clearTimeout(killer)
    }
    await this.#browser?.close().catch(() => {}) // Chromium ended with the app
  }

  #waitUntilUp(): Promise<string> {
    const up = Promise.withResolvers<string>()
    this.#process.on('message', (message: Message) => {
      if (message.kind === 'up') up.resolve(message.address)
      else this.#settle(message.id, message)
    })
    return Promise.race([up.promise, this.#failWhenEnded()])
  }

  async #failWhenEnded(): Promise<never> {
    throw new Error(`the main process ended (${await this.ended})\n${this.logs}`)
  }

  #settle(id: number, result: Result): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if ('error' in result) waiting?.reject(new Error(result.error))
    else waiting?.resolve(result.value)
  }
}
