import { describe, expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { ALLOWED_FAILURES, createThrottle, MAX_COUNTERS } from './throttle.ts'

const minute = 60_000

function fixture() {
  let now = 0
  const throttle = createThrottle(() => now)
  const attempt = (address: string, username = 'ada', knownAs: string | null = null) =>
    throttle.begin({ address, username, knownAs })
  return { attempt, pass: (ms: number) => (now += ms) }
}

const waitOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'throttled') return error.details.retryAfterSeconds
    throw error
  }
  return null
}

test('an address may fail ten times in ten minutes, then waits for the rest of them', () => {
  const { attempt, pass } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) attempt('1.1.1.1', `name${count}`)
  pass(4 * minute)
  expect(waitOf(() => attempt('1.1.1.1', 'another'))).toBe(6 * 60)
  expect(waitOf(() => attempt('2.2.2.2', 'another'))).toBe(null)
  pass(6 * minute)
  expect(waitOf(() => attempt('1.1.1.1', 'another'))).toBe(null)
})

test('the addresses of one machine, and of one IPv6 network, are one address', () => {
  for (const of of [(n: number) => `127.0.${n}.1`, (n: number) => `2001:db8:1:2::${n}`]) {
    const { attempt } = fixture()
    for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) attempt(of(count), `name${count}`)
    expect(waitOf(() => attempt(of(99), 'another'))).toBe(10 * 60)
  }
})

test('an account bears more failures than an address, from many addresses', () => {
  const { attempt } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.account; count += 1) attempt(`10.0.0.${count}`)
  expect(waitOf(() => attempt('10.0.1.1'))).toBe(10 * 60)
})

test('strangers cannot lock out a device the account knows', () => {
  const { attempt } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.account; count += 1) attempt(`10.0.0.${count}`)
  expect(waitOf(() => attempt('10.0.0.1', 'ada', 'phone'))).toBe(null)
})

test('a known device has limits too', () => {
  const { attempt } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.device; count += 1) attempt('10.0.0.1', 'ada', 'phone')
  expect(waitOf(() => attempt('10.0.0.1', 'ada', 'phone'))).toBe(10 * 60)
})

test('logins that succeed do not count', () => {
  const { attempt } = fixture()
  for (let count = 0; count < 100; count += 1) attempt('1.1.1.1').takeBack()
  expect(waitOf(() => attempt('1.1.1.1'))).toBe(null)
})

test('a clock that is set back by a year makes nobody wait for longer than ten minutes', () => {
  const { attempt, pass } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) attempt('1.1.1.1', `name${count}`)
  pass(-365 * 24 * 60 * minute)
  expect(waitOf(() => attempt('1.1.1.1', 'another'))).toBe(10 * 60)
  pass(10 * minute)
  expect(waitOf(() => attempt('1.1.1.1', 'another'))).toBe(null)
})

test('where two limits are reached, the wait is told after which neither stands in the way', () => {
  const { attempt, pass } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) attempt('1.1.1.1', `name${count}`)
  pass(4 * minute)
  // the account's window opens later and so ends later
  for (let count = 0; count < ALLOWED_FAILURES.account; count += 1) attempt(`10.0.0.${count}`)
  pass(minute)
  expect(waitOf(() => attempt('1.1.1.1'))).toBe(9 * 60)
  pass(9 * minute - 1)
  expect(waitOf(() => attempt('1.1.1.1'))).toBe(1)
  pass(1)
  expect(waitOf(() => attempt('1.1.1.1'))).toBe(null)
})

test('a flood of names is forgotten from its oldest on, and what is in use is not', () => {
  const { attempt } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.device; count += 1) attempt('-', 'ben', 'rested')
  for (let count = 0; count < ALLOWED_FAILURES.account - 1; count += 1) attempt(`10.0.0.${count}`)
  for (let count = 0; count < MAX_COUNTERS; count += 1) {
    if (count === MAX_COUNTERS / 2) attempt('10.1.1.1')
    attempt('-', `name${count}`, 'flood')
  }
  expect(waitOf(() => attempt('10.1.1.2'))).toBe(10 * 60)
  // that there is room for so many only is seen by what was forgotten
  expect(waitOf(() => attempt('-', 'ben', 'rested'))).toBe(null)
})

test('attempts that were taken back push nothing out', () => {
  const { attempt } = fixture()
  for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) attempt('1.1.1.1', `name${count}`)
  for (let count = 0; count < MAX_COUNTERS; count += 1) attempt(`2.2.${count}`, `other${count}`).takeBack()
  expect(waitOf(() => attempt('1.1.1.1', 'another'))).toBe(10 * 60)
})

test('what is taken back after its window ended takes nothing from the next one', () => {
  const { attempt, pass } = fixture()
  const early = Array.from({ length: 5 }, (_, n) => attempt('1.1.1.1', `early${n}`))
  pass(10 * minute)
  for (let count = 0; count < ALLOWED_FAILURES.address; count += 1) attempt('1.1.1.1', `name${count}`)
  for (const one of early) one.takeBack()
  expect(waitOf(() => attempt('1.1.1.1', 'another'))).toBe(10 * 60)
})

describe('guesses of a current password', () => {
  const inside = () => {
    const throttle = createThrottle(() => 0)
    return {
      throttle,
      guess: (askerId: number, accountId: number) => throttle.begin({ askerId, accountId }),
    }
  }

  test('one asker has ten for each account', () => {
    const { guess } = inside()
    for (let count = 0; count < ALLOWED_FAILURES.asker; count += 1) guess(1, 2)
    expect(waitOf(() => guess(1, 2))).toBe(10 * 60)
    expect(waitOf(() => guess(1, 3))).toBe(null)
    expect(waitOf(() => guess(4, 2))).toBe(null)
  })

  test('all others together have fifty, and take none from the account itself nor from logins', () => {
    const { guess, throttle } = inside()
    for (let count = 0; count < ALLOWED_FAILURES.askers; count += 1) guess(10 + count, 2)
    expect(waitOf(() => guess(99, 2))).toBe(10 * 60)
    expect(waitOf(() => guess(2, 2))).toBe(null)
    expect(waitOf(() => throttle.begin({ address: '2', username: '2', knownAs: null }))).toBe(null)
  })
})
