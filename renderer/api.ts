import type { Input, Output, ProcedureName } from '../electron/contract/contract.ts'
import type { ApiError } from '../electron/contract/errors.ts'
import { transport } from './transport.ts'

/** A refusal or failure, thrown by {@link call}. */
export class ApiFailure extends Error {
  readonly error: ApiError
  /** `Date.now()` at which it was received, for waits that count down */
  readonly at = Date.now()

  constructor(error: ApiError) {
    super(error.message)
    this.name = 'ApiFailure'
    this.error = error
  }
}

/**
 * Calls one procedure of the contract: `await call('session.me', {})`.
 * @throws {ApiFailure} when the server refuses, fails or cannot be reached (`unavailable`)
 */
export async function call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>> {
  const result = await transport.call(name, input)
  if (!result.ok) throw new ApiFailure(result.error)
  // the server checked its answer against the same contract; checking it again would cost every page
  return result.value as Output<N>
}

/** The refusal inside a caught error, or null for anything else. */
export const failureOf = (error: unknown): ApiError | null =>
  error instanceof ApiFailure ? error.error : null
