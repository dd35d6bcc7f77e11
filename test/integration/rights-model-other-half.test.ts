import { expect, test } from 'vitest'
import { liveThroughHalf, TIMEOUT_MS } from './rights-model/run.ts'

/** See README.md. */
test('the other half of the stories, so that two processors share them', {
  timeout: TIMEOUT_MS,
}, async () => {
  expect(await liveThroughHalf()).toEqual([])
})
