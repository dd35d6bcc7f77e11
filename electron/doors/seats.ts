/** A session in use at a window, or kept for later. Windows that went on with the same one share it. */
export interface Seat {
  readonly accountId: number
  /** changes when the session is unlocked */
  token: string
}

/** What is kept over the program's end. */
export interface KeptSessions {
  tokens: { accountId: number; token: string }[]
  /** whose session was in use last; null when somebody made room */
  last: number | null
}

interface SeatsOptions {
  /** whether the computer can keep a secret */
  mayRemember: boolean
  kept: KeptSessions
  /** called with every change of what is to be kept */
  keep: (kept: KeptSessions) => void
}

/** The sessions of all windows, and those that this computer remembers: one for each account. */
export class Seats {
  readonly mayRemember: boolean
  readonly #keep: SeatsOptions['keep']
  readonly #remembered = new Map<number, Seat>()
  readonly #taken = new Map<Seat, number>()
  #last: number | null

  constructor({ mayRemember, kept, keep }: SeatsOptions) {
    this.mayRemember = mayRemember
    this.#keep = keep
    this.#last = kept.last
    for (const { accountId, token } of kept.tokens) this.#remembered.set(accountId, { accountId, token })
  }

  /** For a session that begins or goes on; the same seat where the token is remembered already. */
  seatFor({ accountId, token, remember }: { accountId: number; token: string; remember: boolean }): Seat {
    const known = this.#remembered.get(accountId)
    const seat = known?.token === token ? known : { accountId, token }
    if (remember && this.mayRemember) this.#remembered.set(accountId, seat)
    return seat
  }

  /** A window sits down here; the returned function is called when it leaves. */
  take(seat: Seat): () => void {
    this.#taken.set(seat, (this.#taken.get(seat) ?? 0) + 1)
    if (this.isRemembered(seat)) {
      this.#last = seat.accountId
      this.#changed()
    }
    return () => {
      const others = (this.#taken.get(seat) ?? 1) - 1
      if (others > 0) this.#taken.set(seat, others)
      else this.#taken.delete(seat)
    }
  }

  isRemembered(seat: Seat): boolean {
    return this.#remembered.get(seat.accountId) === seat
  }

  remembered(accountId: number): Seat | null {
    return this.#remembered.get(accountId) ?? null
  }

  /** The remembered session that was in use when the program ended. */
  lastUsed(): Seat | null {
    return this.#last === null ? null : this.remembered(this.#last)
  }

  renew(seat: Seat, token: string): void {
    seat.token = token
    if (this.isRemembered(seat)) this.#changed()
  }

  /** Somebody made room: the next start begins at the login. */
  leave(seat: Seat): void {
    if (this.#last !== seat.accountId) return
    this.#last = null
    this.#changed()
  }

  /** The token of an account's remembered session, unless a window that does not sit on `own` is using it. */
  unusedToken(accountId: number, own: Seat | null): string | null {
    const seat = this.remembered(accountId)
    if (!seat) return null
    const others = (this.#taken.get(seat) ?? 0) - (seat === own ? 1 : 0)
    return others > 0 ? null : seat.token
  }

  forget(accountId: number): void {
    if (!this.#remembered.delete(accountId)) return
    if (this.#last === accountId) this.#last = null
    this.#changed()
  }

  /** The session is over at this computer, whether or not that could be written down: no window goes on with it. */
  end(seat: Seat): void {
    if (this.isRemembered(seat)) this.forget(seat.accountId)
    seat.token = ''
  }

  /** The remembered sessions that no window sits on. */
  waiting(): Seat[] {
    return [...this.#remembered.values()].filter((seat) => !this.#taken.has(seat))
  }

  #changed(): void {
    const tokens = [...this.#remembered.values()].map(({ accountId, token }) => ({ accountId, token }))
    this.#keep({ tokens, last: this.#last })
  }
}
