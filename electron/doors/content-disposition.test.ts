import { expect, test } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

test.each([
  ['beach.jpg', `attachment; filename="beach.jpg"; filename*=UTF-8''beach.jpg`],
  ['Grüße.jpg', `attachment; filename="Gr__e.jpg"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.jpg`],
  ['a"b\\c.jpg', `attachment; filename="a_b_c.jpg"; filename*=UTF-8''a%22b%5Cc.jpg`],
  ["it's (1)*!.jpg", `attachment; filename="it's (1)*!.jpg"; filename*=UTF-8''it%27s%20%281%29%2A%21.jpg`],
  [
    'a\r\nset-cookie: x.jpg',
    `attachment; filename="a__set-cookie: x.jpg"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20x.jpg`,
  ],
  ['half \ud83d.jpg', `attachment; filename="half _.jpg"; filename*=UTF-8''half%20%EF%BF%BD.jpg`],
])('%j', (name, expected) => {
  const line = contentDisposition('attachment', name)
  expect(line).toBe(expected)
  // a header that can be sent at all
  expect(new Headers({ 'content-disposition': line }).get('content-disposition')).toBe(expected)
})
