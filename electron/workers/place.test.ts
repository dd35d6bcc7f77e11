import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeFile } from './place.ts'

const KILLED = fileURLToPath(new URL('../../test/support/place-and-die.ts', import.meta.url))
const BYTES = Buffer.from('the only copy of a picture '.repeat(100_000))

let directory: string
let folder: string
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mantel-place-'))
  folder = join(directory, 'folder')
  await mkdir(folder)
  writeFileSync(join(directory, 'held'), BYTES)
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function request(changes: object = {}) {
  const { dev, ino } = statSync(folder, { bigint: true })
  return {
    kind: 'place' as const,
    path: join(directory, 'held'),
    sizeBytes: BYTES.length,
    contentHash: createHash('sha256').update(BYTES).digest('hex'),
    folder: { path: folder, device: String(dev), inode: String(ino) },
    name: 'IMG_1.jpg',
    ...changes,
  }
}
const shown = () =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()

test('puts a copy into the folder, which tells nothing of where it came from', async () => {
  expect(await placeFile(request())).toEqual({ ok: true, name: 'IMG_1.jpg' })
  expect(readFileSync(join(folder, 'IMG_1.jpg'))).toEqual(BYTES)
  expect(readdirSync(folder)).toEqual(['IMG_1.jpg'])
})

test('never over a file, a directory or a link that is there', async () => {
  writeFileSync(join(folder, 'IMG_1.jpg'), 'another')
  await mkdir(join(folder, 'IMG_1 (2).jpg'))
  expect(await placeFile(request())).toEqual({ ok: true, name: 'IMG_1 (3).jpg' })
  expect(readFileSync(join(folder, 'IMG_1.jpg'), 'utf8')).toBe('another')
})

test('done twice it is done once', async () => {
  await placeFile(request())
  expect(await placeFile(request())).toEqual({ ok: true, name: 'IMG_1.jpg' })
  expect(shown()).toEqual(['IMG_1.jpg'])
})

test('what is not what arrived is not put anywhere', async () => {
  const problem = { ok: false, problem: 'upload_damaged' }
  expect(await placeFile(request({ contentHash: '0'.repeat(64) }))).toEqual(problem)
  expect(await placeFile(request({ sizeBytes: 1 }))).toEqual(problem)
  rmSync(join(directory, 'held'))
  expect(await placeFile(request())).toEqual(problem)
  expect(readdirSync(folder)).toEqual([])
})

test('nothing is put into another folder that stands at its path, or none', async () => {
  const asked = request()
  await rename(folder, join(directory, 'pulled out'))
  expect(await placeFile(asked)).toEqual({ ok: false, problem: 'root_missing' })
  await mkdir(folder)
  expect(await placeFile(asked)).toEqual({ ok: false, problem: 'root_replaced' })
  expect(readdirSync(folder)).toEqual([])
})

test.each(['copied', 'named', 'tidied'])(
  'killed when it was %s, it is whole where it is, and done again it is there once',
  async (step) => {
    const child: ChildProcess = fork(KILLED, [JSON.stringify(request()), step])
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    for (const name of shown()) expect(readFileSync(join(folder, name))).toEqual(BYTES)
    // what is held is there in any case
    expect(readFileSync(join(directory, 'held'))).toEqual(BYTES)
    expect(await placeFile(request())).toEqual({ ok: true, name: 'IMG_1.jpg' })
    expect(readdirSync(folder)).toEqual(['IMG_1.jpg'])
  },
)
