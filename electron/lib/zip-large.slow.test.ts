import { execFileSync, spawnSync } from 'node:child_process'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unzipsHere } from '../../test/support/unzip.ts'
import { type ZipEntry, ZipWriter, zipLength } from './zip.ts'

const PIECE = Buffer.alloc(16 * 1024 * 1024)
const DATE = '2024-07-06T18:42:30'
const FILES: ZipEntry[] = [
  { name: 'before.jpg', size: 3, date: DATE },
  { name: 'large.mov', size: 2 ** 32 + 5, date: DATE },
  { name: 'behind.jpg', size: 3, date: DATE },
]

/** Appends; zeros are left as holes, so that the file takes no room on the disk. */
async function append(file: FileHandle, at: number, bytes: Uint8Array): Promise<number> {
  if (bytes.length < PIECE.length) await file.write(bytes, 0, bytes.length, at)
  return at + bytes.length
}

const LIST = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    json.dump([[info.filename, info.file_size, archive.testzip()] for info in archive.infolist()[2:]]
        + [[info.filename, info.file_size] for info in archive.infolist()], sys.stdout)
`

test.skipIf(!unzipsHere)('a file larger than 4 GiB, and one behind it, are read back by others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-zip-'))
  const path = join(folder, 'large.zip')
  const file = await open(path, 'w')
  try {
    const zip = new ZipWriter()
    let at = 0
    for (const entry of FILES) {
      at = await append(file, at, zip.begin(entry))
      for (let left = entry.size; left > 0; left -= Math.min(left, PIECE.length))
        at = await append(file, at, zip.take(PIECE.subarray(0, left)))
      at = await append(file, at, zip.end())
    }
    for (const bytes of zip.finish(null)) at = await append(file, at, bytes)
    expect(at).toBe(zipLength(FILES))
    const listed = JSON.parse(execFileSync('python3', ['-c', LIST, path], { encoding: 'utf8' }))
    expect(listed).toEqual([['behind.jpg', 3, null], ...FILES.map(({ name, size }) => [name, size])])
    const tested = spawnSync('unzip', ['-t', path], { encoding: 'utf8' })
    if (!tested.error) expect(tested.stdout).toContain('No errors detected')
  } finally {
    await file.close()
    await rm(folder, { recursive: true })
  }
})
