import { expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { ALLOWED_FAILURES, createThrottle } from './throttle.ts'

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
