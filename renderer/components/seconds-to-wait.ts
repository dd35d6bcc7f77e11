interface Refused {
  /** `Date.now()` at which it was received */
  at: number
  error: { retryAfterSeconds?: number }
}

/** Whole seconds until a throttled action may be tried again; 0 when it may. */
export function secondsToWait(failure: Refused | null, now: number): number {
  const wait = failure?.error.retryAfterSeconds
  if (!failure || wait === undefined) return 0
  return Math.max(0, Math.ceil((failure.at + wait * 1000 - now) / 1000))
}
