import { execFileSync } from 'node:child_process'
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
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
import { afterAll, expect, test } from 'vitest'
import { type Enclosure, isStillInside, openInside } from './open-inside.ts'

const base = realpathSync.native(mkdtempSync(join(tmpdir(), 'mantel-inside-')))
afterAll(() => rmSync(base, { recursive: true }))

const folderAt = (path: string): Enclosure => {
  const { dev, ino } = statSync(path, { bigint: true })
  return { path, device: String(dev), inode: String(ino) }
}

/** A folder with `trip/a.jpg`, and beside it one of somebody else with a file of that name. */
function makeFolders(name: string) {
  const root = join(base, name, 'pictures')
  const others = join(base, name, 'private')
  for (const [folder, content] of [
    [root, 'own'],
    [others, 'secret'],
  ] as const) {
    mkdirSync(join(folder, 'trip'), { recursive: true })
    writeFileSync(join(folder, 'trip', 'a.jpg'), content)
  }
  return { root, others, file: { path: join(root, 'trip', 'a.jpg'), folder: folderAt(root) } }
}

function contentOf(file: Parameters<typeof openInside>[0]): string {
  const { descriptor } = openInside(file)
  try {
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

test('a file of its folder is opened, also where it has a second name', () => {
  const { root, file } = makeFolders('plain')
  expect(contentOf(file)).toBe('own')
  linkSync(file.path, join(root, 'ünïcode 😀\n.jpg'))
  expect(contentOf({ ...file, path: join(root, 'ünïcode 😀\n.jpg') })).toBe('own')
})

test('a link in the file’s place is refused, wherever it leads', () => {
  const { root, others, file } = makeFolders('file')
  renameSync(file.path, join(root, 'kept.jpg'))
  for (const target of [join(others, 'trip', 'a.jpg'), join(root, 'kept.jpg')]) {
    symlinkSync(target, file.path)
    expect(() => contentOf(file)).toThrow(expect.objectContaining({ code: 'ELOOP' }))
    rmSync(file.path)
  }
})

test('a link in the place of a directory on the way is refused, also one to elsewhere in the folder', () => {
  const { root, others, file } = makeFolders('directory')
  mkdirSync(join(root, 'of ann'))
  renameSync(join(root, 'trip'), join(root, 'of ann', 'trip'))
  for (const target of [join(others, 'trip'), join(root, 'of ann', 'trip')]) {
    symlinkSync(target, join(root, 'trip'), 'junction')
    expect(() => contentOf(file)).toThrow(expect.objectContaining({ code: 'ELOOP' }))
    rmSync(join(root, 'trip'))
  }
})

test('a link in the place of the folder is refused, unless it leads to that very folder', () => {
  const { root, others, file } = makeFolders('root')
  const moved = join(base, 'root', 'moved')
  renameSync(root, moved)
  symlinkSync(others, root, 'junction')
  expect(() => contentOf(file)).toThrow(expect.objectContaining({ code: 'ELOOP' }))
  rmSync(root)
  symlinkSync(moved, root, 'junction')
  expect(contentOf(file)).toBe('own')
})

test('what was put in the place of an opened file is noticed', () => {
  const { others, file } = makeFolders('swapped')
  const opened = openInside(file)
  try {
    expect(isStillInside(opened, file)).toBe(true)
    renameSync(file.path, `${file.path}.away`)
    symlinkSync(join(others, 'trip', 'a.jpg'), file.path)
    expect(isStillInside(opened, file)).toBe(false)
  } finally {
    closeSync(opened.descriptor)
  }
})

test('a missing file and a directory are errors of the file system', () => {
  const { root, file } = makeFolders('errors')
  expect(() => contentOf({ ...file, path: join(root, 'none.jpg') })).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  )
  expect(() => contentOf({ ...file, path: join(root, 'trip') })).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^E/) }),
  )
})

test.skipIf(process.platform === 'win32')('no pipe is waited for', () => {
  const { root, file } = makeFolders('pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe.jpg')])
  expect(() => contentOf({ ...file, path: join(root, 'pipe.jpg') })).toThrow(
    expect.objectContaining({ code: 'EINVAL' }),
  )
})
