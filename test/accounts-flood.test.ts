import { afterEach, beforeEach, expect, test } from 'vitest'
import { PLACES_EACH } from '../electron/domain/accounts/hash-queue.ts'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'

/** What somebody with a right password of their own can do to all others by asking a lot. */

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('ada')
  await home.add('gus', { role: 'guest' })
})
afterEach(() => home.close())

/** Holds comparisons back until so many want theirs, so that all come at the same moment. */
function gather(count: number) {
  const { passwords } = home.services
  const { matches } = passwords
  const all = Promise.withResolvers<void>()
  let arrived = 0
  passwords.matches = async (...asked) => {
    arrived += 1
    if (arrived === count) all.resolve()
    await all.promise
    return matches(...asked)
  }
}

/** Fewer than an address or a device may have under way before they count as guesses. */
const LOOPS = 8

test('right passwords in many loops keep nobody from logging in, unlocking or working', async () => {
  const known = home.browser('10.0.0.1')
  await known.logIn('gus', PASSWORD)
  const locked = home.browser('10.0.0.2')
  await locked.logIn('ada', PASSWORD)
  await home.outcome(await locked.caller(), 'session.lock', {})
  const { comparisons } = home.services.passwords

  gather(2 * LOOPS + 2)
  const fromStrange = Array.from({ length: LOOPS }, (_, n) =>
    home.browser(`127.0.0.${n + 1}`).logIn('gus', PASSWORD),
  )
  const fromKnown = Array.from({ length: LOOPS }, () => known.logIn('gus', PASSWORD))
  const others = await Promise.all([
    home.browser('127.0.0.1').logIn('ada', PASSWORD),
    locked.caller().then((caller) => home.outcome(caller, 'session.unlock', { password: PASSWORD })),
    home.outcome(operator, 'accounts.create', { username: 'cy', password: PASSWORD, role: 'user' }),
  ])
  expect(others).toEqual(['ok', 'ok', 'ok'])
  for (const all of [fromStrange, fromKnown]) {
    const outcomes = await Promise.all(all)
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(PLACES_EACH)
    expect(outcomes.filter((one) => one === 'throttled too_many_waiting')).toHaveLength(LOOPS - PLACES_EACH)
  }
  // refused ones cost nothing, all others one comparison
  expect(home.services.passwords.comparisons - comparisons).toBe(2 * PLACES_EACH + 2)
})

test('changing the own password in many loops takes two places', async () => {
  const guest = home.browser('10.0.0.1')
  await guest.logIn('gus', PASSWORD)
  const caller = await guest.caller()
  const id = 'accountId' in caller.principal ? caller.principal.accountId : 0
  const ada = home.browser('10.0.0.2')
  await ada.logIn('ada', PASSWORD)
  gather(LOOPS + 1)
  const change = { id, password: 'password1', currentPassword: PASSWORD }
  const loops = Array.from({ length: LOOPS }, () => home.outcome(caller, 'accounts.changePassword', change))
  expect(await ada.logIn('ada', PASSWORD)).toBe('ok')
  const outcomes = await Promise.all(loops)
  expect(outcomes.filter((one) => one !== 'throttled too_many_waiting')).toHaveLength(PLACES_EACH)
})

test('one account holds two places in all, inside and on its known device', async () => {
  const guest = home.browser('10.0.0.1')
  await guest.logIn('gus', PASSWORD)
  const caller = await guest.caller()
  const id = 'accountId' in caller.principal ? caller.principal.accountId : 0
  gather(2 * PLACES_EACH)
  const change = { id, password: 'password1', currentPassword: PASSWORD }
  const asked = Array.from({ length: PLACES_EACH }, () => [
    home.outcome(caller, 'accounts.changePassword', change),
    guest.logIn('gus', PASSWORD),
  ])
  const outcomes = await Promise.all(asked.flat())
  expect(outcomes.filter((one) => one === 'throttled too_many_waiting')).toHaveLength(PLACES_EACH)
})
