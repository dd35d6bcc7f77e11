import { describe, expect, it } from 'vitest'
import { DECODABLE_MIMES, kindOf } from './kinds.ts'
import { pictureFile } from './pictures.ts'
import { sniffMime } from './sniff.ts'

describe('kinds by name', () => {
  it.each([
    ['a.JPG', 'image', true],
    ['2024/trip.v2/b.avif', 'image', true],
    ['c.mpo', 'image', true],
    ['d.heic', 'image', false],
    ['e.CR3', 'raw', false],
    ['f.mov', 'video', false],
  ])('%s', (name, kind, decodable) => {
    expect(kindOf(name)).toMatchObject({ kind, decodable })
  })

  it.each(['a.svg', 'b.pdf', 'c.txt', 'd.xmp', 'e', '.jpg', 'trip/.jpg', 'a.jpg/notes', ''])(
    '%s is none',
    (name) => {
      expect(kindOf(name)).toBeNull()
    },
  )

  it('has six decodable formats', () => {
    const formats = ['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/tiff', 'image/webp']
    expect([...DECODABLE_MIMES].sort()).toEqual(formats)
  })
})

describe('kinds by content', () => {
  const box = (brands: string) => `\0\0\0${String.fromCharCode(8 + brands.length)}ftyp${brands}`
  it.each([
    ['\xff\xd8\xff\xe1', 'image/jpeg'],
    ['II*\0\x08\0\0\0', 'image/tiff'],
    ['MM\0+\0\x08\0\0', 'image/tiff'],
    ['RIFF\n\n\n\nWEBPVP8 ', 'image/webp'],
    [box('mif1\0\0\0\0mif1avif'), 'image/avif'],
    [box('heic\0\0\0\0mif1heic'), 'image/heic'],
    [box('isom\0\0\0\0isomavc1'), 'video/mp4'],
    ['<svg xmlns="http://www.w3.org/2000/svg">', null],
    ['%PDF-1.7', null],
    ['', null],
  ])('%j', (bytes, mime) => {
    expect(sniffMime(Buffer.from(bytes, 'latin1'))).toBe(mime)
  })
})

describe('files in the cache', () => {
  it('lie by content and recipe, in a format that keeps transparency where there is some', () => {
    const hash = 'ab'.repeat(32)
    expect(pictureFile('thumb', hash, false)).toEqual({
      path: `thumb-512-75/ab/${hash}.webp`,
      mime: 'image/webp',
    })
    expect(pictureFile('preview', hash, false)).toEqual({
      path: `preview-2048-82/ab/${hash}.jpg`,
      mime: 'image/jpeg',
    })
    expect(pictureFile('preview', hash, true).mime).toBe('image/webp')
  })

  it('never lie elsewhere', () => {
    expect(() => pictureFile('thumb', '../../etc/passwd', false)).toThrow(RangeError)
  })
})
