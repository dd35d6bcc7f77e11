import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyStep, live, type Told } from './index-model/story.ts'

/** See README.md. */
const { MODEL_RUNS, MODEL_STEPS, MODEL_SEED, MODEL_PATH, MODEL_SHRINK } = process.env

const runs = Number(MODEL_RUNS ?? 12)
const mostSteps = Number(MODEL_STEPS ?? 40)

/** Finding the shortest failing story takes many more runs; milliseconds. */
const timeout = 900_000 + runs * 60_000

test('whatever happens, the index comes to equal the tree, and nobody sees beyond their folders', {
  timeout,
}, async () => {
  const stories: Told[] = []
  const steps = fc.array(anyStep, { minLength: 5, maxLength: mostSteps, size: 'max' })
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => void stories.push(await live(taken))),
    {
      numRuns: runs,
      ...(MODEL_SEED !== undefined && { seed: Number(MODEL_SEED) }),
      ...(MODEL_PATH !== undefined && { path: MODEL_PATH }),
      endOnFailure: MODEL_SHRINK === '0',
    },
  )
  const sum = (key: keyof Told) => stories.reduce((total, told) => total + told[key], 0)
  expect(sum('checks')).toBeGreaterThan(runs)
  expect(sum('looks')).toBeGreaterThan(runs)
  // so many stories hold moves that could be followed
  if (runs >= 10) expect(sum('followed')).toBeGreaterThan(0)
})
