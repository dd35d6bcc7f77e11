import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName, uniqueNames } from './file-names.ts'

test('ordinary names stay as they are', () => {
  const names = [
    'IMG_1.jpg',
    'Grüße aus Köln.JPG',
    '家族 写真.heic',
    '.jpg',
    'a.b.c.png',
    "it's (2) + 50%.webp",
  ]
  expect(uniqueNames(names)).toEqual(names)
})

test.each([
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['..', 'photo'],
  ['C:\\Windows\\a.jpg', 'C__Windows_a.jpg'],
  ['a.jpg:stream', 'a.jpg_stream'],
  ['\\\\server\\share.jpg', '__server_share.jpg'],
  ['a\u0000.jpg', 'a_.jpg'],
  ['CON.jpg', '_CON.jpg'],
  ['nul', '_nul'],
  ['com1.tar.jpg', '_com1.tar.jpg'],
  ['console.jpg', 'console.jpg'],
  ['end. . .', 'end'],
  ['invoice\u202egpj.exe', 'invoice_gpj.exe'],
  ['   ', 'photo'],
  ['Gru\u0308n.jpg', 'Grün.jpg'],
  ['lone \ud800.jpg', 'lone \ufffd.jpg'],
])('%j becomes %j', (name, safe) => {
  expect(safeName(name)).toBe(safe)
})

test('the second of a name gets a number, whatever its case or its accents are made of', () => {
  expect(uniqueNames(['IMG_1.jpg', 'img_1.JPG', 'IMG_1 (2).jpg', 'IMG_1.jpg'])).toEqual([
    'IMG_1.jpg',
    'img_1 (2).JPG',
    'IMG_1 (2) (2).jpg',
    'IMG_1 (3).jpg',
  ])
  expect(uniqueNames(['Gr\u00fcn.jpg', 'GRU\u0308N.jpg'])).toEqual(['Grün.jpg', 'GRÜN (2).jpg'])
  expect(uniqueNames(['Missing.TXT'], ['missing.txt'])).toEqual(['Missing (2).TXT'])
})

test('however many are called the same', () => {
  const names = uniqueNames(Array.from({ length: 50_000 }, () => 'IMG_0001.JPG'))
  expect(new Set(names).size).toBe(50_000)
  expect(names.at(-1)).toBe('IMG_0001 (50000).JPG')
})

const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.stringMatching(/^[./\\: a-cA-C]{0,8}$/),
  fc.constantFrom('..', 'CON', 'aux.jpg', 'a/../../b', 'missing.txt', 'ß.jpg', 'SS.jpg', 'ı.jpg', 'I.jpg'),
)

test('any names become ones that lead nowhere and are told apart by every system', () => {
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 40 }), (names) => {
      const unique = uniqueNames(names, ['missing.txt'])
      expect(unique).toHaveLength(names.length)
      for (const name of unique) {
        expect(name).not.toMatch(/[/\\:*?"<>|]|\p{Cc}|\p{Bidi_Control}|[. ]$|^\s|^\.{1,2}$|^$/u)
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
        expect(name.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(name.normalize('NFC')).toBe(name)
      }
      for (const fold of [(name: string) => name.toLowerCase(), (name: string) => name.toUpperCase()])
        expect(new Set(unique.map((name) => fold(name).normalize('NFD'))).size).toBe(unique.length)
      expect(unique.map((name) => name.toLowerCase())).not.toContain('missing.txt')
    }),
    { numRuns: 500 },
  )
})
