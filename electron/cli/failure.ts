import type { ApiError } from '../contract/errors.ts'

/** Ends the command with its message and exit code 1. */
export class CommandFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CommandFailure'
  }
}

/** The command makes no sense as it was typed: exit code 2. */
export class UsageFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageFailure'
  }
}

/** A procedure refused; the message names the field and the rule. */
export class RefusedFailure extends Error {
  readonly error: ApiError

  constructor(error: ApiError) {
    super(error.message)
    this.name = 'RefusedFailure'
    this.error = error
  }
}
