import { expect, test } from 'vitest'
import { padded, printable, printableJson, printableText, widthOf } from './terminal.ts'

// the characters are written as escapes: a reader of this file shall see them
test.each([
  ['plain', 'plain'],
  ['\u001b[31mred', '?[31mred'],
  ['bell\u0007', 'bell?'],
  ['two\r\nlines', 'two??lines'],
  ['C1 \u009b31m', 'C1 ?31m'],
  ['\u202etxt.exe', '?txt.exe'],
  ['a\u2028b', 'a?b'],
  ['half \ud800', 'half ?'],
  ['Zoë 山 👩‍👧', 'Zoë 山 👩‍👧'],
])('%j is shown as %j', (name, shown) => {
  expect(printable(name)).toBe(shown)
  expect(printableText(`${name.replaceAll('\n', '')}\nnext`)).toBe(`${shown.replace('??', '?')}\nnext`)
})

test('JSON is the same value, without a character that a terminal obeys', () => {
  const value = { name: 'x\u001b\u009b\u202e\u2028\u007f山' }
  const line = printableJson(value)
  expect(JSON.parse(line)).toEqual(value)
  expect(line).toBe('{"name":"x\\u001b\\u009b\\u202e\\u2028\\u007f山"}')
})

test.each([
  ['', 0],
  ['Ada', 3],
  ['Zoë', 3],
  ['Zoe\u0308', 3],
  ['山田', 4],
  ['ｱ', 1],
  ['Ａ', 2],
  ['한국', 4],
  ['👩‍👧', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['\u200b', 0],
  ['–', 1],
])('%j takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
  expect(widthOf(padded(text, 6))).toBe(6)
})
