import { mkdir, realpath, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { findByPath, parseGrant, whereTyped } from './paths.ts'

test.each([
  ['/photos', '/photos', 'read-write'],
  ['/photos:ro', '/photos', 'read-only'],
  ['/photos:rw', '/photos', 'read-write'],
  ['/a:b/c', '/a:b/c', 'read-write'],
  ['/a:b/c:ro', '/a:b/c', 'read-only'],
  ['/x:ro/y', '/x:ro/y', 'read-write'],
  ['/x:ro:rw', '/x:ro', 'read-write'],
  ['/x:ro:ro', '/x:ro', 'read-only'],
  ['pictures:ro', '/home/ada/pictures', 'read-only'],
  ['../all', '/home/all', 'read-write'],
  ['/photos:RO', '/photos:RO', 'read-write'],
  ['/two\nlines:ro', '/two\nlines', 'read-only'],
])('%j', (typed, path, access) => {
  expect(parseGrant(typed, '/home/ada')).toEqual({ path, access })
})

test('paths are meant from where the person is, also through npm run', () => {
  expect(whereTyped({})).toBe(process.cwd())
  expect(whereTyped({ npm_lifecycle_event: 'mantel', INIT_CWD: '/home/ada' })).toBe('/home/ada')
  expect(whereTyped({ npm_lifecycle_event: 'test', INIT_CWD: '/home/ada' })).toBe(process.cwd())
})

test('a folder is found by its own path and through a link to it', async () => {
  const root = await realpath(await makeFolder())
  const path = join(root, 'photos')
  const link = join(root, 'link')
  await mkdir(path)
  await symlink(path, link)
  const things = [{ path: join(root, 'other') }, { path }]
  expect(await findByPath(things, path)).toEqual({ path })
  expect(await findByPath(things, link)).toEqual({ path })
  expect(await findByPath(things, join(root, 'none'))).toBeUndefined()
})
