import { describe, expect, test } from 'vitest'
import { ERROR_STATUS } from '../electron/contract/errors.ts'
import { REASONS } from '../electron/contract/reasons.ts'
import { RESOURCES, resolveLanguage } from './i18n.ts'

type Tree = { [key: string]: string | Tree }

const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  )
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort()

const en = new Map(leaves(RESOURCES.en.translation))
const de = new Map(leaves(RESOURCES.de.translation))

describe('translations', () => {
  test('both languages hold the same keys', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('none is empty, and each fills in the same values', () => {
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe('')
      expect(de.get(key)?.trim(), key).not.toBe('')
      expect(placeholders(de.get(key) ?? ''), key).toEqual(placeholders(text))
    }
  })

  test('every reason and every error code is translated, and no others', () => {
    expect(Object.keys(RESOURCES.en.translation.reason).sort()).toEqual(Object.keys(REASONS).sort())
    expect(Object.keys(RESOURCES.en.translation.error).sort()).toEqual(Object.keys(ERROR_STATUS).sort())
  })
})

test.each([
  ['en', ['de-DE'], 'en'],
  ['de', ['en'], 'de'],
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['fr-FR', 'de'], 'de'],
  ['system', ['en-GB', 'de'], 'en'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
] as const)('preference %s on a device with %j → %s', (preference, device, expected) => {
  expect(resolveLanguage(preference, device)).toBe(expected)
})
