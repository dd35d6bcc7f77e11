import { useEffect, useState } from 'react'
import type { ApiFailure } from '../api.ts'
import { secondsToWait } from './seconds-to-wait.ts'

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
