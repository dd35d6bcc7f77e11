import type { Result } from '../contract/errors.ts'
import type { Reason } from '../contract/reasons.ts'
import { StorageError, type StorageErrorCode } from '../db/errors.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from './caller.ts'
import { enter, type Procedure } from './procedure.ts'
import type { Services } from './services.ts'

export type Dispatch = (caller: Caller, name: string, input: unknown) => Promise<Result<unknown>>

/** Every door ends here: finds the procedure by name, runs it, and turns whatever is thrown into a closed error code. */
export function createDispatch(router: Readonly<Record<string, Procedure>>, services: Services): Dispatch {
  return async (caller, name, input) => {
    try {
      const procedure = Object.hasOwn(router, name) ? router[name] : undefined
      if (!procedure) throw new Refusal('not_found')
      return { ok: true, value: await enter(procedure, caller, input, services) }
    } catch (error) {
      return { ok: false, error: toRefusal(error, name, services).toApiError() }
    }
  }
}

/** What a caller is told of storage that refuses for a while; undefined for every other error. */
export function storageRefusal(error: unknown): Refusal | undefined {
  const reason = error instanceof StorageError ? REASON_OF[error.code] : undefined
  return reason && new Refusal('unavailable', { reason })
}

const REASON_OF: Partial<Record<StorageErrorCode, Reason>> = {
  full: 'storage_full',
  read_only: 'storage_read_only',
  busy: 'storage_busy',
  closed: 'stopping',
}

function toRefusal(error: unknown, name: string, { log }: Services): Refusal {
  if (error instanceof Refusal) return error
  const id = log.error(`procedure ${name} failed`, error)
  const refused = storageRefusal(error)
  if (refused) return refused
  const refusal = new Refusal('internal')
  refusal.message += ` (${id})`
  return refusal
}
