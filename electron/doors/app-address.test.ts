import { expect, test } from 'vitest'
import { APP_ADDRESS, isOwnAddress } from './app-address.ts'

test('knows its own pages', () => {
  expect(isOwnAddress(APP_ADDRESS)).toBe(true)
  expect(isOwnAddress('app://mantel/admin?x=1#y')).toBe(true)
})

test.each([
  'app://other/',
  'app://mantel.example/',
  'app://mantel:1/',
  'app://mantel@evil/',
  'app://me@mantel/',
  'mantel://mantel/',
  'http://mantel/',
  'https://mantel/',
  'file:///mantel/',
  'data:text/html,app://mantel/',
  'about:blank',
  'app:',
  '',
])('takes nothing else for its own: %s', (address) => {
  expect(isOwnAddress(address)).toBe(false)
})
