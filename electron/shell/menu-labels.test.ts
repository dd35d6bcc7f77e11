import { expect, test } from 'vitest'
import { shellLabels } from './menu-labels.ts'

test('speaks German to German systems of any country, English to all others', () => {
  expect(shellLabels('de-AT').newWindow).toBe('Neues Fenster')
  expect(shellLabels('de').quit).toBe('Mantel beenden')
  expect(shellLabels('en-GB').newWindow).toBe('New Window')
  expect(shellLabels('fr').newWindow).toBe('New Window')
})

test('every label is translated', () => {
  expect(Object.keys(shellLabels('de'))).toEqual(Object.keys(shellLabels('en')))
  expect(Object.values(shellLabels('de')).every((label) => label.length > 0)).toBe(true)
})
