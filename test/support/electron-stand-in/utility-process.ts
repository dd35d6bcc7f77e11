import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type * as Electron from 'electron'
import { app } from './app.ts'
import { mustBeReady } from './life.ts'
import { refuseTheRest } from './refuse.ts'

const boot = fileURLToPath(new URL('utility-boot.ts', import.meta.url))

/** A child of Electron's `utilityProcess`: a Node process with structured cloning between the two. */
class UtilityProcess
  extends EventEmitter
  implements Pick<Electron.UtilityProcess, 'pid' | 'stdout' | 'stderr' | 'kill' | 'postMessage'>
{
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  readonly #child: ChildProcess
  #ended = false

  constructor(modulePath: string, args: string[], { env, cwd, execArgv = [], stdio }: Electron.ForkOptions) {
    super()
    mustBeReady('utilityProcess cannot be created before app is ready')
    const piped = stdio === 'pipe' || (Array.isArray(stdio) && stdio.includes('pipe'))
    this.#child = fork(resolve(modulePath), args, {
      serialization: 'advanced',
      execPath: process.execPath,
      execArgv: ['--import', boot, ...execArgv],
      silent: piped,
      env: { ...(env ?? process.env) },
      ...(cwd ? { cwd } : {}),
    })
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (message) => this.emit('message', message))
    const end = () => void this.#child.kill('SIGKILL')
    this.#child.on('exit', (code, signal) => {
      this.#ended = true
      // a program that starts many one after the other would be warned of too many listeners
      app.off('quit', end)
      this.emit('exit', code ?? (signal ? constants.signals[signal] : 0))
    })
    app.once('quit', end)
  }

  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child.pid
  }

  /** @throws DataCloneError for what cannot be cloned */
  postMessage(message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw new Error('[stand-in] transferring MessagePorts is not implemented')
    const cloned: object = structuredClone(Object(message))
    if (this.#child.connected) this.#child.send(cloned)
  }

  kill(): boolean {
    return this.#child.kill()
  }
}
refuseTheRest('utilityProcess child', UtilityProcess.prototype)

/** `electron.utilityProcess` */
export const utilityProcess = refuseTheRest('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    // a part of Electron's class stands for the whole; the rest is refused by name
    new UtilityProcess(modulePath, args, options) as unknown as Electron.UtilityProcess,
}) satisfies Pick<typeof Electron.utilityProcess, 'fork'>
