import type { Dispatch } from './api/dispatch.ts'
import type { Services } from './api/services.ts'
import { type Household, type HouseholdOptions, openHeld } from './household.ts'
import { Refusal } from './lib/refusal.ts'

/** A household that can be closed and opened again while the doors go on. */
export interface Swappable {
  /** what it was opened with first; for what never changes */
  readonly first: Pick<Services, 'dataDir' | 'log'>
  /** The services of this moment. Throws `Refusal` `unavailable` (`restoring`) while there are none. */
  now(): Services
  /** The same; null while there are none. */
  peek(): Services | null
  /** A dispatch that asks the household of the moment; one for each that is opened. */
  answering(make: (services: Services) => Dispatch): Dispatch
  close(): Promise<void>
}

/** Asked for again at most this often while it cannot be opened. */
const TRY_AGAIN_MS = 2000

/**
 * Opens a household of a directory that this process holds. `ready` is called each time that it was opened, before its background work
 * starts (`works`).
 */
export async function openSwappable(
  options: Omit<HouseholdOptions, 'reopen'> & { live: NonNullable<HouseholdOptions['live']> },
  works: boolean,
  ready: (services: Services) => Promise<void>,
): Promise<Swappable> {
  const { live, log } = options
  let current: Household | null = null
  let again: NodeJS.Timeout | undefined
  // what opens or closes it, one after the other
  let turn: Promise<unknown> = Promise.resolve()
  let isOver = false

  async function open(): Promise<Household> {
    const household = await openHeld({ ...options, reopen })
    try {
      await ready(household.services)
      if (works) await household.start()
    } catch (error) {
      await household.close()
      throw error
    }
    current = household
    return household
  }

  /** Where it can't be opened, on a full disk for one, it is tried again: the doors are open all the while. */
  async function openOrTryLater(): Promise<Household> {
    try {
      return await open()
    } catch (error) {
      log.error('the household could not be opened again', error)
      again = setTimeout(() => void inTurn(openIfClosed).catch(() => undefined), TRY_AGAIN_MS)
      throw error
    }
  }

  async function openIfClosed(): Promise<void> {
    if (!current && !isOver) await openOrTryLater()
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  function reopen(change: () => Promise<void>): Promise<Services> {
    return inTurn(async () => {
      if (!current || isOver) throw restoring()
      const before = current
      current = null
      try {
        await before.close()
        await change()
      } finally {
        // also where it failed: what was there before goes on
        await openOrTryLater().catch(() => undefined)
        // whoever follows asks anew who they are and what there is
        live.endAll()
      }
      return now()
    })
  }

  const now = () => {
    if (!current) throw restoring()
    return current.services
  }

  const { services } = await open()
  return {
    first: services,
    now,
    peek: () => current?.services ?? null,
    answering(make) {
      const made = new WeakMap<Services, Dispatch>()
      return async (caller, name, input) => {
        if (!current) return { ok: false, error: restoring().toApiError() }
        const dispatch = made.get(current.services) ?? make(current.services)
        made.set(current.services, dispatch)
        return dispatch(caller, name, input)
      }
    },
    close: () => {
      isOver = true
      clearTimeout(again)
      return inTurn(async () => {
        live.endAll()
        await current?.close()
        current = null
      })
    },
  }
}

const restoring = () => new Refusal('unavailable', { reason: 'restoring' })
