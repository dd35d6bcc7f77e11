import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { documentSchema } from '../../electron/contract/overlays.ts'
import { type CommandLine, openCommandLine } from '../support/command-line.ts'

// What an account added to its photos, written to a file and taken in again, with no server running and with one.

let line: CommandLine
let hers: string

beforeEach(async () => {
  line = await openCommandLine()
  hers = await line.pictures('hers', 3)
  await line.addOlga('--folder', hers)
  await line.mantel(['scan'])
})

/** A document as another program might write it, with one photo more than there is. */
async function writeDocument(change: object = {}): Promise<string> {
  const { size: sizeBytes } = await stat(join(hers, '0.jpg'))
  const photo = (n: number) => ({
    id: n + 1,
    contentHash: null,
    quickHash: null,
    sizeBytes,
    folder: 'hers',
    directory: '',
    fileName: `${n}.jpg`,
    takenAt: '2024-07-06T10:00:00.000',
    favourite: n === 0,
    rating: n + 1,
    caption: `Nr. ${n} \u001b[31m`,
    tags: [['Family', `tag ${n}`]],
  })
  const document = {
    format: 'mantel-overlays',
    version: 1,
    exportedAt: '2026-11-22T10:00:00Z',
    account: { username: 'anna', name: 'Anna' },
    photos: [photo(0), photo(1), photo(2), photo(3)],
    albums: [
      { id: 1, parent: null, title: 'Summer', description: '', order: 'date', cover: 2, createdAt: 5 },
    ],
    albumPhotos: [0, 1, 3].map((n) => ({ album: 1, photo: n + 1, addedAt: 1, position: n })),
    ...change,
  }
  const file = join(line.root, 'from anna.json')
  await writeFile(file, JSON.stringify(document))
  return file
}

test('a file is taken in after a dry run, written again, and says the same; no server', async () => {
  const file = await writeDocument()
  const dry = await line.mantel(['overlays', 'import', 'olga', file, '--dry-run'])
  const counts = [
    '  4 photos: 3 found here, 3 changed',
    '  albums: 1 new, 0 already here, 2 photos put in',
    '  not found here: 1',
    '    hers/3.jpg',
    '',
  ].join('\n')
  expect(dry).toEqual({ code: 0, out: `Would import for olga; nothing was changed:\n${counts}`, err: '' })
  const empty = await line.mantel(['overlays', 'export', 'olga'])
  expect(documentSchema.parse(JSON.parse(empty.out)).photos).toEqual([])

  const done = await line.mantel(['overlays', 'import', 'OLGA', 'from anna.json'])
  expect(done).toEqual({ code: 0, out: `Imported for olga:\n${counts}`, err: '' })
  const again = await line.answerOf(['overlays', 'import', 'olga', file, '--mode', 'take-theirs'])
  expect(again).toMatchObject({
    matched: 3,
    changed: 0,
    notFound: ['hers/3.jpg'],
    albums: { new: 0, merged: 1 },
  })

  const written = await line.mantel(['overlays', 'export', 'olga', '--output', 'olga.json'])
  const path = join(line.root, 'olga.json')
  expect(written).toEqual({
    code: 0,
    out: `Wrote what olga added to 3 photos and 1 album to ${path}.\n`,
    err: '',
  })
  const document = documentSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  expect(document.photos.map(({ fileName, rating, tags }) => [fileName, rating, tags]).sort()).toEqual([
    ['0.jpg', 1, [['Family', 'tag 0']]],
    ['1.jpg', 2, [['Family', 'tag 1']]],
    ['2.jpg', 3, [['Family', 'tag 2']]],
  ])
  expect(document.albumPhotos).toHaveLength(2)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('through a running server, with more photos than one call holds', async () => {
  const server = await line.serve()
  const { photos } = JSON.parse(await readFile(await writeDocument(), 'utf8'))
  const more = Array.from({ length: 1200 }, (_, n) => ({
    ...photos[3],
    id: n + 10,
    fileName: `away ${n}.jpg`,
  }))
  const file = await writeDocument({ photos: [...photos, ...more] })
  const done = await line.answerOf(['overlays', 'import', 'olga', file])
  expect(done).toMatchObject({ photos: 1204, matched: 3, changed: 3 })
  expect(done.notFound).toHaveLength(1201)
  const text = await line.mantel(['overlays', 'import', 'olga', file])
  expect(text.out).toContain('\n    and 1181 more\n')
  expect((await server.stop('SIGTERM')).code).toBe(0)
})

test('what is wrong is told by its field, and nothing is taken in', async () => {
  const { photos } = JSON.parse(await readFile(await writeDocument(), 'utf8'))
  const refused = async (change: object) => {
    const file = await writeDocument(change)
    const { code, out, err } = await line.mantel(['overlays', 'import', 'olga', file])
    expect([code, out]).toEqual([1, ''])
    return err.replace(file, 'FILE')
  }
  expect(await refused({ version: 2 })).toBe(
    'mantel: FILE: version is of a version that this Mantel does not know. Nothing was imported\n',
  )
  // the last of many, in another part than the first
  const many = Array.from({ length: 300 }, (_, n) => ({
    ...photos[n % 3],
    id: n + 10,
    rating: n === 299 ? 6 : 1,
  }))
  expect(await refused({ photos: many, albums: [], albumPhotos: [] })).toBe(
    'mantel: FILE: photos.299.rating has the wrong form. Nothing was imported\n',
  )
  expect(await refused({ account: { username: 'anna' } })).toBe(
    'mantel: FILE: account.name is needed. Nothing was imported\n',
  )
  const { out } = await line.mantel(['overlays', 'export', 'olga'])
  expect(JSON.parse(out).photos).toEqual([])

  const missing = await line.mantel(['overlays', 'import', 'olga', 'nowhere.json'])
  expect([missing.code, missing.err.includes('cannot be read')]).toEqual([1, true])
  await writeFile(join(line.root, 'text.json'), 'not json')
  expect((await line.mantel(['overlays', 'import', 'olga', 'text.json'])).code).toBe(1)
  expect((await line.mantel(['overlays', 'export', 'nobody'])).code).toBe(1)
  expect((await line.mantel(['overlays', 'import', 'olga', 'text.json', '--mode', 'mine'])).code).toBe(2)
})
