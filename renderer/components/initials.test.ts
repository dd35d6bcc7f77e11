import { describe, expect, test } from 'vitest'
import { initials, warmHue } from './initials.ts'

describe('initials', () => {
  test.each([
    ['Ada Lovelace', 'AL'],
    ['ada', 'A'],
    ['  Anna Maria von Trapp ', 'AT'],
    ['ben.smith', 'BS'],
    ['élodie', 'É'],
    ['', ''],
  ])('%s → %s', (name, expected) => expect(initials(name)).toBe(expected))
})

test('the colour belongs to the username and stays among warm hues', () => {
  for (const name of ['ada', 'ben', 'rose', 'x', 'änne', 'a'.repeat(64)]) {
    const hue = warmHue(name)
    expect(hue).toBe(warmHue(name))
    expect(hue >= 340 || hue <= 130).toBe(true)
  }
  expect(warmHue('ada')).not.toBe(warmHue('ben'))
})
