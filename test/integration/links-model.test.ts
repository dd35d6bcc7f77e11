import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { makeWorld, type World } from '../access-matrix/world.ts'
import { type Act, anyAct, PASSWORDS } from './links-model/acts.ts'
import { check, checkTold } from './links-model/check.ts'
import { step } from './links-model/step.ts'
import { begin } from './links-model/story.ts'

// Whatever is shared by links and by name, added to, edited, revoked and opened, in whatever order: after each step every holder is answered about every photo of every
// link as a model says that knows nothing of the program but its rules.

/** `LINKS_RUNS`: how many instead. */
const STORIES = Number(process.env.LINKS_RUNS ?? 20)
const STEPS = 10

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())

/** Every story begins with something that is open. */
const FIRST: readonly Act[] = [
  { do: 'share', byName: false, album: false, photos: [0, 1, 2], password: null },
  { do: 'share', byName: false, album: true, photos: [0, 1, 3], password: PASSWORDS[0] },
  { do: 'share', byName: true, album: true, photos: [0, 1, 2], password: null },
  { do: 'contribute', link: 2, photo: 3 },
  ...[0, 2].flatMap((who) => [0, 1].map((at): Act => ({ do: 'open', link: at, who, password: 'right' }))),
]

test('links show what the rules say, after any story', { timeout: 300_000 + STORIES * 10_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 6, maxLength: STEPS }), async (acts) => {
      const story = await begin(world)
      for (const one of [...FIRST, ...acts]) {
        await step(story, one)
        await check(story)
        await checkTold(story)
      }
    }),
    { numRuns: STORIES },
  )
})
