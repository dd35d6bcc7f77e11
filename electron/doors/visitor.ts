import { hostname } from 'node:os'
import { isSeated, type Principal } from '../access/principal.ts'
import type { Caller } from '../api/caller.ts'
import { storageRefusal } from '../api/dispatch.ts'
import type { Result } from '../contract/errors.ts'
import type { ClientHint } from '../contract/events.ts'
import type { Core } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Seat, Seats } from './seats.ts'

/** The token by which this computer is known at later logins, wherever the shell keeps it. */
export interface DeviceMemory {
  read(): string | null
  write(token: string): void
}

export interface VisitorOptions {
  core: Pick<Core, 'authenticate' | 'dispatch' | 'followScreen' | 'hints' | 'live' | 'log'>
  device: DeviceMemory
  /** shared by all windows */
  seats: Seats
  /** the host's native directory picker; null: cancelled */
  pickFolder: () => Promise<string | null>
  /** called when someone logged in, out or was logged out, or the session was locked or unlocked: what the window shows is over */
  onChange: () => void
}

/** Whether a session holds, be it locked. */
const isSeatedHere = (by: Principal) => isSeated(by) || by.kind === 'locked'

/**
 * Whoever sits at one window. Keeps the session's token, which the page never sees, and asks the core with it; the
 * page cannot say who it is.
 */
export class Visitor {
  readonly #options: VisitorOptions
  #seat: Seat | null = null
  /** of the links that were opened here by nobody in particular */
  #visitorToken: string | null = null
  #onVisit = () => {}
  /** the seat whose account the view may show something of */
  #seen: Seat | null = null
  #standUp = () => {}

  constructor(options: VisitorOptions) {
    this.#options = options
  }

  /** Runs a procedure for this window. Never throws. */
  async call(name: string, input: unknown): Promise<Result<unknown>> {
    const { core } = this.#options
    try {
      return await core.dispatch(await this.caller(), name, input)
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.toApiError() }
      // who asks is looked up before any procedure runs
      core.log.error(`the window's call of ${name} failed`, error)
      const refused = storageRefusal(error) ?? new Refusal('internal')
      return { ok: false, error: refused.toApiError() }
    }
  }

  /** The window's caller at this moment; each request asks anew, so that a revoked session ends at once. */
  async caller(): Promise<Caller> {
    const { device, pickFolder } = this.#options
    const asked = this.#seat
    return {
      principal: await this.#principal(),
      address: 'window',
      device: `Mantel · ${hostname()}`,
      deviceToken: device.read(),
      visitorToken: this.#visitorToken,
      origin: null,
      hostWindow: true,
      pickFolder,
      effects: this.#effects(asked),
      memory: this.#memory(asked),
    }
  }

  /** Goes on with the session that was in use when the program ended last, if it is remembered and still holds. */
  async resumeLast(): Promise<void> {
    const seat = this.#options.seats.lastUsed()
    if (!seat) return
    this.#sit(seat)
    await this.#principal().catch((error) => {
      // the page will be told the same
      this.#options.core.log.error('the last session could not be looked up', error)
    })
  }

  /** Locks what is open here. Where it cannot even be looked up who sits here, the visit ends. */
  async lock(): Promise<void> {
    const seat = this.#seat
    const result = await this.call('session.lock', {})
    if (!result.ok && result.error.code !== 'unauthenticated' && this.#giveUp(seat)) this.#refresh()
  }

  /**
   * Locks what is open here with the computer's screen, or opens what was locked with it. Where the lock cannot be written down, the visit
   * ends. Throws `StorageError`.
   */
  async followScreen(screen: 'locked' | 'unlocked'): Promise<void> {
    const seat = this.#seat
    if (!seat) return
    try {
      await this.#options.core.followScreen(seat.token, screen)
    } catch (error) {
      if (screen === 'locked' && this.#giveUp(seat)) this.#refresh()
      throw error
    }
  }

  /**
   * Passes hints to a view, and notices when the session is ended, locked or unlocked from elsewhere.
   * @returns the function that stops it, for when the view is replaced
   */
  async follow(listener: (hint: ClientHint) => void): Promise<() => void> {
    const { hints, live } = this.#options.core
    const seat = this.#seat
    const principal = await this.#principal()
    if (!isSeatedHere(principal)) return this.#followVisits(listener)
    const unsubscribe = hints.subscribe(principal, listener)
    const remove = live.add([principal.sessionId], () => void this.#changedElsewhere(seat))
    // it may have changed while it was looked up
    const { kind } = await this.#principal()
    if (seat === this.#seat && kind !== principal.kind) this.#refresh()
    return () => {
      unsubscribe()
      remove()
    }
  }

  /** While nobody sits here, the links that are open are followed, and those that are opened later. */
  async #followVisits(listener: (hint: ClientHint) => void): Promise<() => void> {
    let stop = () => {}
    const follow = async () => {
      const principal = await this.#principal()
      stop()
      stop = principal.kind === 'visitor' ? this.#options.core.hints.subscribe(principal, listener) : () => {}
    }
    this.#onVisit = () =>
      void follow().catch((error) => this.#options.core.log.error('a link is not followed', error))
    await follow()
    return () => {
      this.#onVisit = () => {}
      stop()
    }
  }

  /** The window was closed. */
  gone(): void {
    this.#standUp()
  }

  /** Who sits here now. A session that does not hold any more is given up, and forgotten where it was remembered. */
  async #principal(): Promise<Principal> {
    const seat = this.#seat
    const token = seat?.token ?? null
    const principal = await this.#options.core.authenticate(token, this.#visitorToken)
    if (isSeated(principal) && seat === this.#seat) this.#seen = seat
    // the session may have been unlocked meanwhile, under a new token
    if (!isSeatedHere(principal) && seat?.token === token) {
      const seen = seat === this.#seen
      this.#giveUp(seat)
      if (seen) this.#refresh()
    }
    return principal
  }

  #effects(asked: Seat | null): Caller['effects'] {
    const { device, seats } = this.#options
    return {
      startSession: (session) => {
        this.#sit(seats.seatFor(session))
        this.#refresh()
      },
      renewSession: ({ token }) => {
        if (asked) seats.renew(asked, token)
        if (asked === this.#seat) this.#refresh()
      },
      clearView: () => {
        if (asked === this.#seat) this.#refresh()
      },
      leaveSession: () => {
        if (asked) seats.leave(asked)
        if (this.#leave(asked)) this.#refresh()
      },
      endSession: () => {
        if (this.#giveUp(asked)) this.#refresh()
      },
      rememberDevice: (token) => device.write(token),
      startVisit: ({ token }) => {
        this.#visitorToken = token
        this.#onVisit()
      },
    }
  }

  #memory(asked: Seat | null): Caller['memory'] {
    const { seats } = this.#options
    return {
      mayRemember: seats.mayRemember,
      keepsThis: asked !== null && seats.isRemembered(asked),
      tokenOf: (accountId) => seats.remembered(accountId)?.token ?? null,
      unusedTokenOf: (accountId) => seats.unusedToken(accountId, asked),
      forget: (accountId) => seats.forget(accountId),
    }
  }

  #sit(seat: Seat): void {
    this.#standUp()
    this.#seat = seat
    // what was opened as nobody in particular is over when somebody comes
    this.#visitorToken = null
    this.#standUp = this.#options.seats.take(seat)
  }

  /** The view goes at once; whether the session is over or locked is asked afterwards. */
  async #changedElsewhere(seat: Seat | null): Promise<void> {
    if (seat !== this.#seat) return
    this.#refresh()
    await this.#principal().catch((error) => {
      this.#options.core.log.error('a session that changed could not be looked up', error)
    })
  }

  #refresh(): void {
    this.#seen = null
    this.#options.onChange()
  }

  /** Leaves a session that is over; answers whether it was the one in use here. */
  #giveUp(seat: Seat | null): boolean {
    if (seat) this.#options.seats.end(seat)
    return this.#leave(seat)
  }

  /** Only if that visit is still the one: an end that comes late must not log out the next person. */
  #leave(seat: Seat | null): boolean {
    if (seat === null || seat !== this.#seat) return false
    this.#standUp()
    this.#standUp = () => {}
    this.#seat = null
    return true
  }
}
