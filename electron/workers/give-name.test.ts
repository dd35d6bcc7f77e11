import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { giveName, isGivenWithoutLinks } from './give-name.ts'

let folder: string
let partial: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mantel-name-'))
  partial = join(folder, '.partial')
  writeFileSync(partial, 'a copy')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the first name that is free', () => {
  writeFileSync(join(folder, 'a.jpg'), 'another')
  expect(giveName(partial, folder, 'a.jpg')).toBe('a (2).jpg')
  expect(readFileSync(join(folder, 'a (2).jpg'), 'utf8')).toBe('a copy')
  expect(readFileSync(join(folder, 'a.jpg'), 'utf8')).toBe('another')
})

// FAT and many shares; asked here of a disk that could do both
test('on disks without links a free name is given, and a taken one left alone', () => {
  const path = join(folder, 'a.jpg')
  expect(isGivenWithoutLinks(partial, path)).toBe(true)
  expect(readdirSync(folder)).toEqual(['a.jpg'])
  expect(readFileSync(path, 'utf8')).toBe('a copy')

  writeFileSync(partial, 'another copy')
  expect(isGivenWithoutLinks(partial, path)).toBe(false)
  expect(readFileSync(path, 'utf8')).toBe('a copy')
  expect(existsSync(partial)).toBe(true)
})

test('a name that could not be given there is free again', () => {
  rmSync(partial)
  expect(() => isGivenWithoutLinks(partial, join(folder, 'a.jpg'))).toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual([])
})
