import { expect, test } from 'vitest'
import { liveThroughHalf, TIMEOUT_MS } from './rights-model/run.ts'

/** See README.md. */
test('whatever anybody does, nobody sees or may more than they should', { timeout: TIMEOUT_MS }, async () => {
  expect(await liveThroughHalf()).toEqual([])
})
