import type { ApiError, ErrorCode } from '../contract/errors.ts'
import { REASONS, type Reason } from '../contract/reasons.ts'

interface Details {
  reason?: Reason
  fields?: Record<string, Reason>
  retryAfterSeconds?: number
}

/** A refusal that its caller is told. Anything else that is thrown becomes `internal` and stays in the log. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly details: Details

  constructor(code: ErrorCode, details: Details = {}) {
    super(sentence(code, details))
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }

  toApiError(): ApiError {
    return { code: this.code, message: this.message, ...this.details }
  }
}

/** `invalid` with the one field that is wrong and the rule it broke. */
export const invalidField = (field: string, reason: Reason) =>
  new Refusal('invalid', { fields: { [field]: reason } })

/** What is hidden answers like what does not exist. */
export const notFound = () => new Refusal('not_found')

const GENERAL: Record<ErrorCode, string> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Log in first',
  forbidden: 'Your account may not do this',
  not_found: 'There is no such thing here',
  conflict: 'This contradicts the present state',
  too_large: 'The request is too large',
  throttled: 'Too many attempts',
  internal: 'Something failed; the log has the details',
  unavailable: 'Mantel cannot do this at the moment',
}

function sentence(code: ErrorCode, { reason, fields, retryAfterSeconds }: Details): string {
  const parts = Object.entries(fields ?? {}).map(([field, why]) => `${field}: ${REASONS[why]}`)
  if (reason) parts.push(REASONS[reason])
  if (parts.length === 0) parts.push(GENERAL[code])
  if (retryAfterSeconds !== undefined) parts.push(`try again in ${retryAfterSeconds} s`)
  return parts.join('; ')
}
