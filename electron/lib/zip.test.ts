import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Unzipped, unzipped, unzipsHere } from '../../test/support/unzip.ts'
import { type ZipEntry, ZipWriter, zipLength } from './zip.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mantel-zip-'))
})
afterAll(() => rm(folder, { recursive: true }))

const DATE = '2024-07-06T18:42:31.500'

interface File {
  name: string
  content: Buffer
  /** bytes that come before it is left out; all of it is there where missing */
  breaksAt?: number
}

const entryOf = ({ name, content }: File): ZipEntry => ({ name, size: content.length, date: DATE })

function archive(files: readonly File[], length: number | null): Buffer {
  const zip = new ZipWriter()
  const parts: Uint8Array[] = []
  for (const file of files) {
    const { content, breaksAt = content.length } = file
    parts.push(zip.begin(entryOf(file)))
    parts.push(zip.take(content.subarray(0, breaksAt)))
    if (breaksAt < content.length) zip.leaveOut()
    else parts.push(zip.end())
  }
  parts.push(...zip.finish(length))
  return Buffer.concat(parts)
}

async function read(bytes: Uint8Array): Promise<Unzipped[]> {
  const path = join(folder, 'test.zip')
  await writeFile(path, bytes)
  return unzipped(path)
}

const file = (name: string, content: string | Buffer): File => ({ name, content: Buffer.from(content) })

describe.skipIf(!unzipsHere)(
  `archives, as others read them${unzipsHere ? '' : ' (skipped: no python3 here)'}`,
  () => {
    test('files come back under their names, with their times', async () => {
      const files = [
        file('a.jpg', 'one'),
        file('Grüße 家族.jpg', Buffer.alloc(100_000, 'x')),
        file('empty', ''),
      ]
      const bytes = archive(files, null)
      expect(bytes.length).toBe(zipLength(files.map(entryOf)))
      expect(await read(bytes)).toEqual(
        files.map(({ name, content }) => ({ name, content, date: '2024-07-06T18:42:30', mode: 0o100644 })),
      )
    })

    test('nothing at all', async () => {
      expect(await read(archive([], zipLength([])))).toEqual([])
    })

    test('what is left out leaves the rest, and the length, as they were', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.uint8Array({ maxLength: 3000 }), fc.option(fc.nat())), { maxLength: 8 }),
          async (drawn) => {
            const files = drawn.map(([content, breaksAt], index): File => {
              const given = file(`${index}.jpg`, Buffer.from(content))
              return breaksAt === null || content.length === 0
                ? given
                : { ...given, breaksAt: breaksAt % content.length }
            })
            const length = zipLength(files.map(entryOf))
            const bytes = archive(files, length)
            expect(bytes.length).toBe(length)
            const whole = files.filter(({ breaksAt }) => breaksAt === undefined)
            expect((await read(bytes)).map(({ name, content }) => ({ name, content }))).toEqual(whole)
          },
        ),
        { numRuns: 20 },
      )
    })

    test('a notice in place of what is missing fills the room it is told of, and no more', async () => {
      const planned = [file('a.jpg', Buffer.alloc(2000)), file('b.jpg', 'b')]
      const length = zipLength(planned.map(entryOf))
      const zip = new ZipWriter()
      const parts: Uint8Array[] = []
      const put = (name: string, content: Buffer) =>
        parts.push(zip.begin({ name, size: content.length, date: DATE }), zip.take(content), zip.end())
      put('b.jpg', Buffer.from('b'))
      const notice = Buffer.alloc(zip.roomFor('missing.txt', length), '.')
      expect(notice.length).toBeGreaterThan(1800)
      put('missing.txt', notice)
      parts.push(...zip.finish(length))
      const bytes = Buffer.concat(parts)
      expect(bytes.length).toBe(length)
      expect((await read(bytes)).map(({ name }) => name)).toEqual(['b.jpg', 'missing.txt'])
    })

    test('more files than the old format counts', async () => {
      const files = Array.from({ length: 66_000 }, (_, index) => file(`${index}.txt`, String(index)))
      const bytes = archive(files, zipLength(files.map(entryOf)))
      const back = await read(bytes)
      expect(back.length).toBe(66_000)
      expect(back.at(-1)).toMatchObject({ name: '65999.txt', content: Buffer.from('65999') })
    })
  },
)

test.skipIf(spawnSync('unzip', ['-v']).error)(
  "unzip's own test finds nothing to complain about, with a gap too",
  async () => {
    const files: File[] = [
      file('a.jpg', Buffer.alloc(70_000, 'a')),
      { ...file('b.jpg', Buffer.alloc(70_000, 'b')), breaksAt: 100 },
      file('ü.jpg', 'c'),
    ]
    const path = join(folder, 'gap.zip')
    await writeFile(path, archive(files, zipLength(files.map(entryOf))))
    const { status, stdout } = spawnSync('unzip', ['-t', path], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringContaining('No errors detected')])
  },
)

test('dates that the format does not know are the nearest it does', () => {
  const moment = (date: string) =>
    Buffer.from(new ZipWriter().begin({ name: 'a', size: 0, date })).readUInt32LE(10)
  expect(moment('1944-06-06T06:30:00')).toBe(moment('1980-01-01T00:00:00'))
  expect(moment('9999-01-01T00:00:00')).toBe(moment('2107-12-31T23:59:58'))
})

test('a file that is not as long as was said, or an archive that became too long, is an error', () => {
  const zip = new ZipWriter()
  zip.begin({ name: 'a', size: 2, date: DATE })
  zip.take(Buffer.from('a'))
  expect(() => zip.end()).toThrow(/1 bytes came of a file of 2/)
  expect(() => [...zip.finish(10)]).toThrow(/longer than was said/)
})
