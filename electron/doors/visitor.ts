import { hostname } from 'node:os'
import type { Principal } from '../access/principal.ts'
import type { Caller } from '../api/caller.ts'
import { storageRefusal } from '../api/dispatch.ts'
import type { Result } from '../contract/errors.ts'
import type { ClientHint } from '../contract/events.ts'
import type { Core } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'

/** The token by which this computer is known at later logins, wherever the shell keeps it. */
export interface DeviceMemory {
  read(): string | null
  write(token: string): void
}

export interface VisitorOptions {
  core: Pick<Core, 'authenticate' | 'dispatch' | 'hints' | 'live' | 'log'>
  device: DeviceMemory
  /** the host's native directory picker; null: cancelled */
  pickFolder: () => Promise<string | null>
  /** called when someone logged in, logged out or was logged out: what the window shows belongs to the one before */
  onChange: () => void
}

/**
 * Whoever sits at one window. Keeps the session's token, which the page never sees, and asks the core with it; the
 * page cannot say who it is.
 */
export class Visitor {
  readonly #options: VisitorOptions
  #token: string | null = null

  constructor(options: VisitorOptions) {
    this.#options = options
  }

  /** Runs a procedure for this window. Never throws. */
  async call(name: string, input: unknown): Promise<Result<unknown>> {
    const { core } = this.#options
    try {
      return await core.dispatch(await this.caller(), name, input)
    } catch (error) {
      // who asks is looked up before any procedure runs
      core.log.error(`the window's call of ${name} failed`, error)
      const refused = storageRefusal(error) ?? new Refusal('internal')
      return { ok: false, error: refused.toApiError() }
    }
  }

  /** The window's caller at this moment; each request asks anew, so that a revoked session ends at once. */
  async caller(): Promise<Caller> {
    const { core, device, pickFolder } = this.#options
    const asked = this.#token
    return {
      principal: await core.authenticate(asked),
      address: 'window',
      device: `Mantel · ${hostname()}`,
      deviceToken: device.read(),
      hostWindow: true,
      pickFolder,
      effects: {
        startSession: (token) => this.#become(token),
        endSession: () => this.#leave(asked),
        rememberDevice: (token) => device.write(token),
      },
    }
  }

  /**
   * Passes hints to a view, and ends this visit when the session is ended from elsewhere.
   * @returns the function that stops it, for when the view is replaced
   */
  async follow(listener: (hint: ClientHint) => void): Promise<() => void> {
    const { hints, live } = this.#options.core
    const token = this.#token
    const principal: Principal = await this.#options.core.authenticate(token)
    if (principal.kind !== 'account') return () => {}
    const unsubscribe = hints.subscribe(principal, listener)
    const remove = live.add(principal.sessionId, () => this.#leave(token))
    return () => {
      unsubscribe()
      remove()
    }
  }

  #become(token: string): void {
    this.#token = token
    this.#options.onChange()
  }

  /** Only if that visit is still the one: an end that comes late must not log out the next person. */
  #leave(token: string | null): void {
    if (token === null || token !== this.#token) return
    this.#token = null
    this.#options.onChange()
  }
}
