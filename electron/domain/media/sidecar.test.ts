import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOMParser, type Node, onErrorStopParsing } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import { sidecarText } from './sidecar.ts'
import type { SidecarFields } from './sidecar-fields.ts'
import { XmpError } from './xmp-document.ts'

const shared = join(import.meta.dirname, '../../../../shared/photos')
const sidecars = globSync('**/*.xmp', { cwd: shared })

const ALL: SidecarFields = {
  date: { at: '2024-07-06T12:13:14.500', offset: '+02:00' },
  place: { latitude: 38.7, longitude: -9.1, altitude: -12.5 },
  rating: 4,
  caption: 'Ada’s ]]> <tag> & "quotes"\nsecond line \u{1F600}',
  tags: [['Places', 'Lisbon'], ['a|b'], ['c/d', 'e']],
}
/** What of a document is ours to change. */
const OURS =
  /^(exif:(DateTimeOriginal|SubSecTimeOriginal|OffsetTimeOriginal|GPSLatitude|GPSLongitude|GPSAltitude|GPSAltitudeRef)|photoshop:DateCreated|xmp:Rating|dc:description|dc:subject|lr:hierarchicalSubject|digiKam:TagsList)$/
const PREFIXES: Record<string, string> = {
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://cipa.jp/exif/1.0/': 'exif',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://ns.adobe.com/lightroom/1.0/': 'lr',
  'http://www.digikam.org/ns/1.0/': 'digiKam',
}

const parse = (text: string) =>
  new DOMParser({ onError: onErrorStopParsing }).parseFromString(
    text.replace(/^\uFEFF/, ''),
    'application/xml',
  )

/** Everything a document says but what is ours, in order, each with its namespace; blanks between elements left out. */
function others(node: Node, found: string[] = [], depth = 0): string[] {
  const name = `${PREFIXES[node.namespaceURI ?? ''] ?? node.namespaceURI}:${node.localName}`
  if (OURS.test(name)) return found
  const value = node.nodeType === node.ELEMENT_NODE ? name : (node.nodeValue ?? '')
  if (value.trim() !== '') found.push(`${depth} ${node.nodeType} ${value}`)
  const attributes = 'attributes' in node ? (node as { attributes: Iterable<Node> | null }).attributes : null
  for (const attribute of attributes ?? [])
    if (attribute.nodeName !== 'xmlns' && !attribute.nodeName.startsWith('xmlns:'))
      others(attribute, found, depth + 1)
  if (node.nodeType !== node.ATTRIBUTE_NODE)
    for (const child of Array.from(node.childNodes)) others(child, found, depth + 1)
  return found
}

/** The one text of a property, wherever it stands. */
function said(text: string, namespace: string, local: string): string | null {
  const found = Array.from(parse(text).getElementsByTagNameNS(namespace, local))
  expect(found).toHaveLength(1)
  return found[0]?.textContent ?? null
}

describe('sidecars of other programs keep everything else', () => {
  test('there are some to try', () => expect(sidecars.length).toBeGreaterThan(30))

  test.each(sidecars)('%s', (path) => {
    const before = readFileSync(join(shared, path), 'utf8')
    let after: string
    try {
      after = sidecarText(before, ALL)
    } catch (error) {
      // what no reader takes is refused, and so stays as it is
      expect(error).toBeInstanceOf(XmpError)
      expect(() => {
        if (
          parse(before).getElementsByTagNameNS('http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'RDF')
            .length === 0
        )
          throw new Error('no RDF')
      }).toThrow()
      return
    }
    expect(others(parse(after))).toEqual(others(parse(before)))
    expect(said(after, 'http://ns.adobe.com/exif/1.0/', 'DateTimeOriginal')).toBe(
      '2024-07-06T12:13:14.500+02:00',
    )
    expect(said(after, 'http://ns.adobe.com/xap/1.0/', 'Rating')).toBe('4')
    // written once more it stays the same, and a change of one thing changes that alone
    expect(sidecarText(after, ALL)).toBe(after)
    const again = sidecarText(after, { rating: 5 })
    expect(others(parse(again))).toEqual(others(parse(before)))
    const back = sidecarText(again, { rating: 4 })
    expect(sidecarText(sidecarText(back, { rating: 5 }), { rating: 4 })).toBe(back)
  })
})

test('a new one says what was given', () => {
  const text = sidecarText(null, ALL)
  const value = (name: string) => {
    const found = parse(text).getElementsByTagName(name)
    expect(found).toHaveLength(1)
    const items = Array.from(found[0]?.getElementsByTagName('rdf:li') ?? [])
    return items.length > 0 ? items.map((item) => item.textContent) : found[0]?.textContent
  }
  expect({
    date: value('exif:DateTimeOriginal'),
    created: value('photoshop:DateCreated'),
    latitude: value('exif:GPSLatitude'),
    longitude: value('exif:GPSLongitude'),
    altitude: value('exif:GPSAltitude'),
    below: value('exif:GPSAltitudeRef'),
    rating: value('xmp:Rating'),
    caption: value('dc:description'),
    words: value('dc:subject'),
    lightroom: value('lr:hierarchicalSubject'),
    digikam: value('digiKam:TagsList'),
  }).toEqual({
    date: '2024-07-06T12:13:14.500+02:00',
    created: '2024-07-06T12:13:14.500+02:00',
    latitude: '38,42.000000N',
    longitude: '9,6.000000W',
    altitude: '12500/1000',
    below: '1',
    rating: '4',
    caption: [ALL.caption],
    words: ['Lisbon', 'a|b', 'e'],
    lightroom: ['Places|Lisbon', 'c/d|e'],
    digikam: ['Places/Lisbon', 'a|b'],
  })
})

test.each([
  ['\0a\u0008b\u001f\u{FFFE}c', 'abc'],
  ['half a letter \uD83D here', 'half a letter  here'],
  ['a\r\nb\rc', 'a\nb\nc'],
  [' blanks\tstay ', ' blanks\tstay '],
  ['<![CDATA[x]]> &amp; ]]>', '<![CDATA[x]]> &amp; ]]>'],
])('a caption that XML cannot hold as it is: %j', (caption, held) => {
  const description = parse(sidecarText(null, { caption })).getElementsByTagName('rdf:li')[0]
  expect(description?.textContent).toBe(held)
})

test.each([
  [59.99999999999, '60,0.000000N'],
  [-0.0000001, '0,0.000006S'],
  [90, '90,0.000000N'],
])('%d degrees are %s', (latitude, written) => {
  const text = sidecarText(null, { place: { latitude, longitude: 0, altitude: null } })
  expect(text).toContain(`>${written}<`)
})

const document = (inside: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${inside}</rdf:RDF></x:xmpmeta>`

test('of a caption in several languages only the default one changes; a plain one gives way', () => {
  const dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
  const several = document(
    `<rdf:Description rdf:about="" ${dc}><dc:description><rdf:Alt><rdf:li xml:lang="de-DE">alt</rdf:li><rdf:li xml:lang="x-default">old</rdf:li></rdf:Alt></dc:description></rdf:Description>`,
  )
  const after = sidecarText(several, { caption: 'new' })
  expect(after).toContain('<rdf:li xml:lang="de-DE">alt</rdf:li><rdf:li xml:lang="x-default">new</rdf:li>')
  const plain = document(`<rdf:Description rdf:about="" ${dc} dc:description="old"/>`)
  expect(sidecarText(plain, { caption: 'new' })).not.toContain('old')
})

test('words that stand there stay, however they were written', () => {
  const dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
  for (const inside of [
    `<rdf:Description rdf:about="" ${dc}><dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject></rdf:Description>`,
    `<rdf:Description rdf:about="" ${dc}><dc:subject>sea</dc:subject></rdf:Description>`,
    `<rdf:Description rdf:about="" ${dc} dc:subject="sea"/>`,
  ]) {
    const subject = parse(sidecarText(document(inside), { tags: [['dog'], ['sea']] })).getElementsByTagName(
      'dc:subject',
    )
    expect(subject).toHaveLength(1)
    const items = Array.from(subject[0]?.getElementsByTagName('rdf:li') ?? [])
    expect(items.map((item) => item.textContent)).toEqual(['sea', 'dog'])
  }
})

test('a property is found under any prefix, in any description, and a prefix that means something else is left alone', () => {
  const inside = `<rdf:Description rdf:about="" xmlns:exif="urn:other" exif:DateTimeOriginal="other"/>
    <rdf:Description rdf:about="" xmlns:e="http://ns.adobe.com/exif/1.0/"><e:DateTimeOriginal>old</e:DateTimeOriginal></rdf:Description>`
  const after = sidecarText(document(inside), { date: { at: '2024-07-06T12:13:14.000', offset: null } })
  expect(after).not.toContain('old')
  expect(
    parse(after).getElementsByTagNameNS('http://ns.adobe.com/exif/1.0/', 'DateTimeOriginal')[0]?.textContent,
  ).toBe('2024-07-06T12:13:14')
  expect(
    parse(after).getElementsByTagName('rdf:Description')[0]?.getAttributeNS('urn:other', 'DateTimeOriginal'),
  ).toBe('other')
})

test('a place that was taken away stands there no more', () => {
  const text = sidecarText(sidecarText(null, ALL), { place: null })
  expect(text).not.toContain('GPS')
  expect(text).toContain('DateTimeOriginal')
})

test.each([
  '',
  'no xml',
  '<a/>',
  '<a>',
  '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
  document('<rdf:Description>'),
])('what is no XMP is refused: %j', (text) => expect(() => sidecarText(text, ALL)).toThrow(XmpError))
