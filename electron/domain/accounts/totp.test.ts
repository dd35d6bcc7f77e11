import { describe, expect, test } from 'vitest'
import { lastRightStep, newSeed, stepOfCode, totpUri } from './totp.ts'

/** `12345678901234567890` in base32: the seed of RFC 6238, appendix B. */
const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('the test vectors of RFC 6238 for SHA-1, of whose eight digits the last six are shown', () => {
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %i s: %s', (seconds, code) => {
    expect(stepOfCode(SEED, code.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30))
  })
})

test('the code of one step is right for that step, the one before and the one after, and no longer', () => {
  const step = 37_037_036
  const code = '081804'
  const at = (of: number, ms = 0) => stepOfCode(SEED, code, of * 30_000 + ms)
  expect(at(step - 1, -1)).toBeNull()
  expect(at(step - 1)).toBe(step)
  expect(at(step)).toBe(step)
  expect(at(step + 1, 29_999)).toBe(step)
  expect(at(step + 2)).toBeNull()
  expect(lastRightStep(step * 30_000)).toBe(step + 1)
})

test.each(['', '08180', '0818040', '081805', 'abcdef', '١٢٣٤٥٦'])('%j is no code', (code) => {
  expect(stepOfCode(SEED, code, 1_111_111_109_000)).toBeNull()
})

test('a seed has 160 random bits, and its address tells an app all that it needs', () => {
  const seed = newSeed()
  expect(seed).toMatch(/^[A-Z2-7]{32}$/)
  expect(newSeed()).not.toBe(seed)
  const uri = new URL(totpUri(seed, 'ada'))
  expect(uri.href).toMatch(/^otpauth:\/\/totp\/Mantel:ada\?/)
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Mantel',
    secret: seed,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
