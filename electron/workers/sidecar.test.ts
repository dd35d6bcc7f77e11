import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { enclosed } from '../../test/support/enclosed.ts'
import { mountSmallDisk, noMounts } from '../../test/support/small-disk.ts'
import { sidecarText } from '../domain/media/sidecar.ts'
import { writeSidecar } from './sidecar.ts'

const base = realpathSync.native(mkdtempSync(join(tmpdir(), 'mantel-sidecar-')))
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** A folder with one photo. */
function makeFolder(folder = mkdtempSync(join(base, 'folder-'))) {
  const photo = join(folder, 'a.jpg')
  writeFileSync(photo, 'a photo')
  return { folder, photo, sidecar: join(folder, 'a.jpg.xmp') }
}
const write = (path: string, caption: string) =>
  writeSidecar({ kind: 'writeSidecar', file: enclosed(path), fields: { caption } })
const problem = (reason: string) => ({ ok: false, problem: reason })
const text = (caption: string) => sidecarText(null, { caption })

test('lies beside the photo, which is not touched, and leaves nothing else behind', () => {
  const { folder, photo, sidecar } = makeFolder()
  const before = statSync(photo, { bigint: true })
  expect(write(photo, 'one')).toEqual({ ok: true })
  expect(readFileSync(sidecar, 'utf8')).toBe(text('one'))
  expect(readdirSync(folder).sort()).toEqual(['a.jpg', 'a.jpg.xmp'])
  const { mtimeNs, ctimeNs, ino } = statSync(photo, { bigint: true })
  expect({ mtimeNs, ctimeNs, ino }).toEqual({
    mtimeNs: before.mtimeNs,
    ctimeNs: before.ctimeNs,
    ino: before.ino,
  })
})

test('what says so already is not written again', () => {
  const { photo, sidecar } = makeFolder()
  write(photo, 'one')
  const { ino, mtimeNs } = statSync(sidecar, { bigint: true })
  expect(write(photo, 'one')).toEqual({ ok: true })
  expect(statSync(sidecar, { bigint: true })).toMatchObject({ ino, mtimeNs })
})

test('two photos that share all but their ending have each their own', () => {
  const { folder, photo } = makeFolder()
  writeFileSync(join(folder, 'a.cr2'), 'raw')
  writeFileSync(join(folder, 'a.xmp'), 'of both, says another program')
  expect([write(photo, 'one'), write(join(folder, 'a.cr2'), 'two')]).toEqual([{ ok: true }, { ok: true }])
  expect(readFileSync(join(folder, 'a.jpg.xmp'), 'utf8')).toBe(text('one'))
  expect(readFileSync(join(folder, 'a.cr2.xmp'), 'utf8')).toBe(text('two'))
  expect(readFileSync(join(folder, 'a.xmp'), 'utf8')).toBe('of both, says another program')
})

test('one whose ending is in capitals is taken for what it is; who may read it stays', () => {
  const { folder, photo } = makeFolder()
  const capitals = join(folder, 'a.jpg.XMP')
  writeFileSync(capitals, text('old'))
  chmodSync(capitals, 0o640)
  expect(write(photo, 'new')).toEqual({ ok: true })
  expect(readFileSync(capitals, 'utf8')).toContain('new')
  expect(statSync(capitals).mode & 0o777).toBe(0o640)
})

test('what cannot be read as XMP stays as it is', () => {
  const { photo, sidecar } = makeFolder()
  for (const content of [
    'not XMP',
    Buffer.from('\uFEFF<x/>', 'utf16le'),
    Buffer.alloc(8 * 2 ** 20 + 1, 32),
  ]) {
    writeFileSync(sidecar, content)
    expect(write(photo, 'one')).toEqual(problem('sidecar_unknown'))
    expect(readFileSync(sidecar).equals(Buffer.from(content))).toBe(true)
  }
  rmSync(sidecar)
  mkdirSync(sidecar)
  expect(write(photo, 'one')).toEqual(problem('sidecar_unknown'))
})

describe('links', () => {
  test('in the place of the sidecar: nothing is read or written through it', () => {
    const { folder, photo, sidecar } = makeFolder()
    const elsewhere = join(base, 'secret.xmp')
    writeFileSync(elsewhere, text('secret'))
    symlinkSync(elsewhere, sidecar)
    expect(write(photo, 'one')).toEqual(problem('file_is_link'))
    rmSync(sidecar)
    symlinkSync(join(base, 'nothing there.xmp'), sidecar)
    expect(write(photo, 'one')).toEqual(problem('file_is_link'))
    expect(readFileSync(elsewhere, 'utf8')).toBe(text('secret'))
    expect(existsSync(join(base, 'nothing there.xmp'))).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['a.jpg', 'a.jpg.xmp'])
  })

  test('in the place of the directory or the photo', () => {
    const { folder, photo } = makeFolder()
    const other = makeFolder()
    const file = enclosed(photo)
    const below = { ...file, path: join(folder, 'trip', 'a.jpg') }
    symlinkSync(other.folder, join(folder, 'trip'))
    const fields = { caption: 'one' }
    expect(writeSidecar({ kind: 'writeSidecar', file: below, fields })).toEqual(problem('file_is_link'))
    rmSync(photo)
    symlinkSync(other.photo, photo)
    expect(writeSidecar({ kind: 'writeSidecar', file, fields })).toEqual(problem('file_is_link'))
    rmSync(photo)
    expect(writeSidecar({ kind: 'writeSidecar', file, fields })).toEqual(problem('file_missing'))
    expect(readdirSync(other.folder)).toEqual(['a.jpg'])
  })

  test('in the place of the file that is written first: it is taken away, not followed', () => {
    const { folder, photo, sidecar } = makeFolder()
    write(photo, 'one')
    const victim = join(base, 'victim')
    writeFileSync(victim, 'untouched')
    // its name is always the same: somebody may know it
    const hash = createHash('sha256').update('a.jpg.xmp').digest('hex').slice(0, 16)
    symlinkSync(victim, join(folder, `.mantel-${hash}.partial`))
    expect(write(photo, 'two')).toEqual({ ok: true })
    expect(readdirSync(folder).sort()).toEqual(['a.jpg', 'a.jpg.xmp'])
    expect(readFileSync(victim, 'utf8')).toBe('untouched')
    expect(readFileSync(sidecar, 'utf8')).toBe(text('two'))
  })

  test('a folder that was moved, with a link to it left in its place, is still the same', () => {
    const { folder, photo } = makeFolder()
    const file = enclosed(photo)
    renameSync(folder, `${folder} moved`)
    symlinkSync(`${folder} moved`, folder)
    expect(writeSidecar({ kind: 'writeSidecar', file, fields: { caption: 'one' } })).toEqual({ ok: true })
    expect(readFileSync(join(`${folder} moved`, 'a.jpg.xmp'), 'utf8')).toBe(text('one'))
  })

  test('a second name of the old sidecar keeps the old text', () => {
    const { folder, photo, sidecar } = makeFolder()
    write(photo, 'one')
    linkSync(sidecar, join(folder, 'copy'))
    write(photo, 'two')
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe(text('one'))
  })
})

describe.skipIf(noMounts !== null)('disks that refuse', () => {
  test('a full one: the sidecar is the old one', () => {
    const disk = mountSmallDisk(join(base, 'full'), 256)
    const { folder, photo, sidecar } = makeFolder(disk.path)
    write(photo, 'one')
    disk.fill()
    expect(write(photo, 'x'.repeat(50_000))).toEqual(problem('folder_full'))
    expect(readFileSync(sidecar, 'utf8')).toBe(text('one'))
    expect(readdirSync(folder).sort()).toEqual(['a.jpg', 'a.jpg.xmp', 'ballast'])
    disk.free()
    expect(write(photo, 'x'.repeat(50_000))).toEqual({ ok: true })
  })

  test('one that is read-only', () => {
    const disk = mountSmallDisk(join(base, 'read-only'), 256)
    const { photo, sidecar } = makeFolder(disk.path)
    write(photo, 'one')
    disk.setReadOnly(true)
    expect(write(photo, 'two')).toEqual(problem('folder_read_only'))
    expect(readFileSync(sidecar, 'utf8')).toBe(text('one'))
  })
})

test('killed at any moment, the sidecar is one or the other, and the next writing clears up', async () => {
  const { folder, photo, sidecar } = makeFolder()
  const file = enclosed(photo)
  const captions = ['one', 'x'.repeat(100_000)]
  write(photo, 'one')
  const program = `
    import { writeSidecar } from ${JSON.stringify(join(import.meta.dirname, 'sidecar.ts'))}
    const [file, captions] = JSON.parse(process.argv[1])
    console.log('on')
    for (let turn = 1; ; turn += 1)
      writeSidecar({ kind: 'writeSidecar', file, fields: { caption: captions[turn % 2] } })`
  const whole = new Set(captions.map((caption) => sidecarText(text('one'), { caption })))
  for (let turn = 0; turn < 12; turn += 1) {
    const args = ['--input-type=module', '-e', program, JSON.stringify([file, captions])]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await wait(turn * 7)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(whole.has(readFileSync(sidecar, 'utf8'))).toBe(true)
  }
  write(photo, 'cleared up')
  expect(readdirSync(folder).sort()).toEqual(['a.jpg', 'a.jpg.xmp'])
})
