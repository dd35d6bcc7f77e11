import { useEffect, useState } from 'react'
import type { ApiFailure } from '../api.ts'

/** Whole seconds until a throttled action may be tried again; 0 when it may. */
export function secondsToWait(failure: ApiFailure | null, now: number): number {
  const wait = failure?.error.retryAfterSeconds
  if (!failure || wait === undefined) return 0
  return Math.max(0, Math.ceil((failure.at + wait * 1000 - now) / 1000))
}

/** Counts the wait told by a refusal down to 0. */
export function useCountdown(failure: ApiFailure | null): number {
  const [now, setNow] = useState(Date.now)
  const left = secondsToWait(failure, Math.max(now, failure?.at ?? 0))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setNow(Date.now()), 500)
    return () => clearTimeout(timer)
  })
  return left
}
