import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RIGHTS_FILE, withRights } from '../scripts/print-rights.ts'

test('docs/security.md says what the rights table and its rules say (else: npm run docs:rights)', () => {
  const text = readFileSync(RIGHTS_FILE, 'utf8')
  expect(text).toBe(withRights(text))
})
