import { ERROR_STATUS, type ErrorCode, type Result } from '../contract/errors.ts'
import { Refusal } from '../lib/refusal.ts'
import { DATA_HEADERS } from './security-headers.ts'

/** A procedure's result as JSON, with the status that belongs to it; `headers` are added. */
export function answer(result: Result<unknown>, headers: Headers = new Headers()): Response {
  for (const [name, value] of Object.entries(DATA_HEADERS)) headers.set(name, value)
  headers.set('content-type', 'application/json; charset=utf-8')
  headers.set('cache-control', 'no-store')
  if (!result.ok && result.error.retryAfterSeconds !== undefined)
    headers.set('retry-after', String(result.error.retryAfterSeconds))
  const status = result.ok ? 200 : ERROR_STATUS[result.error.code]
  return new Response(JSON.stringify(result), { status, headers })
}

/** A refusal by the door itself, in the same form as a procedure's. */
export const refuse = (code: ErrorCode, details?: ConstructorParameters<typeof Refusal>[1]): Response =>
  answer({ ok: false, error: new Refusal(code, details).toApiError() })

/** 405: the address exists, but not for this method. `allow` lists those it has. */
export function methodNotAllowed(allow: string): Response {
  const error = new Refusal('invalid').toApiError()
  const headers = { ...DATA_HEADERS, allow, 'content-type': 'application/json; charset=utf-8' }
  return new Response(JSON.stringify({ ok: false, error }), { status: 405, headers })
}
