import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { migrationsFolder } from './migrations-folder.ts'

test('migrations are found from sources, from the bundle and from its chunks', async () => {
  const root = await makeFolder()
  const expected = join(root, 'drizzle')
  await mkdir(join(expected, 'meta'), { recursive: true })
  await writeFile(join(expected, 'meta', '_journal.json'), '{}')
  const from = (...path: string[]) => migrationsFolder(pathToFileURL(join(root, ...path)).href)
  expect(from('electron', 'db', 'migrations-folder.ts')).toBe(expected)
  expect(from('out', 'main', 'main.js')).toBe(expected)
  expect(from('out', 'main', 'chunks', 'core-abc.js')).toBe(expected)
  expect(() => from('a', 'b', 'c', 'd', 'e.js')).toThrow(/No migrations/)
  expect(migrationsFolder()).toMatch(/drizzle$/)
})
