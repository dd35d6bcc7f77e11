import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { StorageError } from './errors.ts'
import { unusable } from './unusable.ts'

const failed = (code: string) => Object.assign(new Error(`${code}: mkdir`), { code })

test.each([
  [failed('ENOSPC'), 'full', 'is full'],
  [failed('EROFS'), 'read_only', 'read-only, or the rights are missing'],
  [failed('ENOTDIR'), 'unopenable', "can't be made"],
  [new StorageError('full', 'SQLITE_FULL'), 'full', 'is full'],
  [new StorageError('corrupt', 'SQLITE_NOTADB'), 'corrupt', 'is damaged'],
] as const)('%s is told in a sentence', async (error, code, words) => {
  const directory = await makeFolder()
  const told = unusable(directory, error)
  expect(told).toMatchObject({ name: 'StorageError', code, cause: error })
  expect(String(told)).toContain(words)
  expect(String(told)).toContain(directory)
})

test('a directory that could be written is not called read-only', async () => {
  const error = new StorageError('unopenable', 'SQLITE_CANTOPEN')
  const directory = await makeFolder()
  expect(unusable(directory, error)).toMatchObject({ code: 'unopenable' })
  expect(unusable(join(directory, 'none', 'yet'), error)).toMatchObject({ code: 'unopenable' })
})

test('what says all there is to say stays as it is', () => {
  for (const error of [new StorageError('newer', 'Install that version.'), new Error('a fault'), 'text'])
    expect(unusable('/data', error)).toBe(error)
})
