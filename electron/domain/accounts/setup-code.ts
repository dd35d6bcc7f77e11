import type { Clock } from '../../lib/clock.ts'
import { invalidField, Refusal } from '../../lib/refusal.ts'
import { newReadableCode, sameSecret } from '../../lib/token.ts'

/** Wrong codes allowed before everybody has to wait, and how long. */
const ALLOWED_FAILURES = 10
const WAIT_MS = 60_000

/** The one-time code an empty household asks for outside the host's own window. */
export interface SetupCode {
  /** what the host prints */
  readonly code: string
  /** Throws {@link Refusal}: `throttled` with the wait, or `invalid` with the field `code`. */
  check(given: string | undefined): void
}

/** Makes the code of this run of the program; blanks, hyphens and case do not matter when it is typed. */
export function createSetupCode(clock: Clock): SetupCode {
  const code = newReadableCode()
  const plain = (text: string) => text.toUpperCase().replaceAll(/[\s-]/g, '')
  let failures = 0
  let waitUntil = 0
  return {
    code,
    check(given) {
      // a clock that was set back must not make years out of it
      waitUntil = Math.min(waitUntil, clock() + WAIT_MS)
      const left = waitUntil - clock()
      if (left > 0)
        throw new Refusal('throttled', {
          reason: 'too_many_attempts',
          retryAfterSeconds: Math.ceil(left / 1000),
        })
      if (given !== undefined && sameSecret(plain(given), plain(code))) return
      failures += 1
      if (failures % ALLOWED_FAILURES === 0) waitUntil = clock() + WAIT_MS
      throw invalidField('code', given === undefined ? 'required' : 'setup_code_wrong')
    },
  }
}
