import { expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { ALLOWED_SIGN_UPS, createSignUps } from './sign-ups.ts'

const minute = 60_000

function fixture() {
  let now = 0
  const signUps = createSignUps(() => now)
  return { begin: signUps.begin, pass: (ms: number) => (now += ms) }
}

/** Seconds that this address has to wait, or null where it may go on. */
function waitOf(begin: (address: string) => (end: 'undone') => void, address: string) {
  try {
    begin(address)('undone')
  } catch (error) {
    if (error instanceof Refusal && error.code === 'throttled') return error.details.retryAfterSeconds
    throw error
  }
  return null
}

test('an address makes five accounts in an hour, then waits for the rest of it', () => {
  const { begin, pass } = fixture()
  for (let count = 0; count < ALLOWED_SIGN_UPS.made; count += 1) begin('1.1.1.1')('made')
  pass(20 * minute)
  expect(waitOf(begin, '1.1.1.1')).toBe(40 * 60)
  expect(waitOf(begin, '2.2.2.2')).toBe(null)
  pass(40 * minute)
  expect(waitOf(begin, '1.1.1.1')).toBe(null)
})

test('the addresses of one machine, and of one IPv6 network, are one address', () => {
  for (const of of [(n: number) => `127.0.${n}.1`, (n: number) => `2001:db8:1:2::${n}`]) {
    const { begin } = fixture()
    for (let count = 0; count < ALLOWED_SIGN_UPS.made; count += 1) begin(of(count))('made')
    expect(waitOf(begin, of(99))).toBe(60 * 60)
  }
})

test('refused tries have a limit of their own', () => {
  const { begin } = fixture()
  for (let count = 0; count < ALLOWED_SIGN_UPS.refused; count += 1) {
    expect(waitOf(begin, '1.1.1.1')).toBe(null)
    begin('1.1.1.1')('refused')
  }
  expect(waitOf(begin, '1.1.1.1')).toBe(60 * 60)
})

test('tries at the same moment count before they end, and what was undone counts for nothing', () => {
  const { begin } = fixture()
  const open = Array.from({ length: ALLOWED_SIGN_UPS.made }, () => begin('1.1.1.1'))
  expect(waitOf(begin, '1.1.1.1')).toBe(60 * 60)
  for (const end of open) end('undone')
  expect(waitOf(begin, '1.1.1.1')).toBe(null)
})

test('a clock that is set back by a year makes nobody wait for longer than an hour', () => {
  const { begin, pass } = fixture()
  for (let count = 0; count < ALLOWED_SIGN_UPS.made; count += 1) begin('1.1.1.1')('made')
  pass(-365 * 24 * 60 * minute)
  expect(waitOf(begin, '1.1.1.1')).toBe(60 * 60)
  pass(60 * minute)
  expect(waitOf(begin, '1.1.1.1')).toBe(null)
})
