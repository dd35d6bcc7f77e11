import { expect, test } from 'vitest'
import { leftToLogIn, pageAmong, pageOf } from './deep-link.ts'

const TOKEN = 'a-Token_of43characters-4567890123456789012'

test('a link opens its page', () => {
  expect(pageOf(`mantel://s/${TOKEN}`)).toBe(`/s/${TOKEN}`)
  // some systems add a slash
  expect(pageOf(`mantel://s/${TOKEN}/`)).toBe(`/s/${TOKEN}`)
  expect(pageAmong(['mantel', '--data', '/d', `mantel://s/${TOKEN}`])).toBe(`/s/${TOKEN}`)
  expect(pageAmong(['mantel', '--data', '/d'])).toBeNull()
})

test.each([
  'mantel://s/',
  `mantel://s/${TOKEN}/../../admin`,
  `mantel://s/${TOKEN}?password=x`,
  `mantel://s/${TOKEN}#x`,
  `mantel://admin`,
  `mantel://s/${'%2e%2e%2f'.repeat(4)}`,
  `https://s/${TOKEN}`,
  `x mantel://s/${TOKEN}`,
  `mantel://s/${'x'.repeat(101)}`,
])('%s opens nothing', (address) => {
  expect(pageOf(address)).toBeNull()
})

test('whoever logs in from a link comes back to it, and from elsewhere begins anew', () => {
  expect(leftToLogIn(`app://mantel/s/${TOKEN}?login`)).toBe(`/s/${TOKEN}`)
  for (const address of [`app://mantel/s/${TOKEN}`, 'app://mantel/admin?login', 'app://mantel/?login', ''])
    expect(leftToLogIn(address)).toBeNull()
})
