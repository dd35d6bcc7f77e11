import type { Reason } from './reasons.ts'

/** Every way a procedure can refuse, with the HTTP status it travels as. The set is closed. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  throttled: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** What a refusal tells its caller. `fields` names each wrong field with the rule it broke. */
export interface ApiError {
  code: ErrorCode
  /** an English sentence for scripts and logs; interfaces translate `code` and `fields` themselves */
  message: string
  fields?: Record<string, Reason>
  /** the rule that was broken where no single field is to blame */
  reason?: Reason
  /** how long to wait, in whole seconds, with `throttled` */
  retryAfterSeconds?: number
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: ApiError }
