import type { Result } from '../contract/errors.ts'
import { StorageError } from '../db/errors.ts'
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

function toRefusal(error: unknown, name: string, { log }: Services): Refusal {
  if (error instanceof Refusal) return error
  const id = log.error(`procedure ${name} failed`, error)
  if (error instanceof StorageError) {
    if (error.code === 'full') return new Refusal('unavailable', { reason: 'storage_full' })
    if (error.code === 'read_only') return new Refusal('unavailable', { reason: 'storage_read_only' })
    if (error.code === 'busy') return new Refusal('unavailable', { reason: 'storage_busy' })
    if (error.code === 'closed') return new Refusal('unavailable', { reason: 'stopping' })
  }
  const refusal = new Refusal('internal')
  refusal.message += ` (${id})`
  return refusal
}
