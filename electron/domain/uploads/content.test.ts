import { expect, test } from 'vitest'
import { HEAD_BYTES, judge } from './content.ts'

/** The beginning of a file, as long as one that is looked at. */
const head = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(HEAD_BYTES)])

test.each([
  ['a JPEG under another ending', '\xff\xd8\xff\xe0', 'a.heic', 'image/jpeg', 'a.jpg'],
  ['a JPEG without one', '\xff\xd8\xff\xe0', 'a', 'image/jpeg', 'a.jpg'],
  ['a camera’s TIFF, called by its kind', 'II*\0', 'DSC_1.NEF', 'image/x-nikon-nef', 'DSC_1.NEF'],
  ['a TIFF', 'II*\0', 'a.png', 'image/tiff', 'a.tif'],
  ['a QuickTime video', '\0\0\0\x14ftypqt  ', 'IMG_1.MOV', 'video/quicktime', 'IMG_1.MOV'],
  ['an old QuickTime video', '\0\0\0\x08wide\0\0\0\x08mdat', 'a.mov', 'video/quicktime', 'a.mov'],
  ['a Fuji', 'FUJIFILMCCD-RAW 0201', 'a.raf', 'image/x-fuji-raf', 'a.raf'],
  ['a bitmap', `BM${'\0'.repeat(12)}\x28\0\0\0`, 'a.bmp', 'image/bmp', 'a.bmp'],
])('%s', (_, start, name, mime, fileName) => {
  expect(judge(head(start), name)).toEqual({ mime, fileName })
})

test('a transport stream shows by its second packet', () => {
  const stream = Buffer.alloc(HEAD_BYTES)
  stream[0] = stream[188] = 0x47
  expect(judge(stream, 'a.mts')?.fileName).toBe('a.mts')
  expect(judge(head('G'), 'a.mts')).toBeNull()
})

test.each(['<svg', '<!DOCTYPE html>', '%PDF-1.4', 'PK\x03\x04', '#!/bin/sh', ''])(
  '%j is nothing of it',
  (start) => {
    expect(judge(head(start), 'IMG_1.jpg')).toBeNull()
  },
)

test('no name leads out, hides or breaks off', () => {
  const jpeg = head('\xff\xd8\xff\xe0')
  for (const name of ['', '.', '..', '/', '\\', '....jpg', `${'ä'.repeat(400)}.jpg`, 'a\0b.jpg', 'nul']) {
    const { fileName = '' } = judge(jpeg, name) ?? {}
    expect(fileName).toMatch(/^[^./\\][^/\\\0]*\.jpe?g$/)
    expect(Buffer.byteLength(fileName)).toBeLessThan(250)
  }
})
