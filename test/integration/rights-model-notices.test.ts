import { describe, expect, test, vi } from 'vitest'
import { MISTAKES } from './rights-model/mistakes.ts'

/** Stories enough to meet any of the mistakes below, whatever the seed. */
const RUNS = 3000

describe('the stories fail where a rule is broken', () => {
  test.each(MISTAKES.map((mistake) => [mistake.what, mistake] as const))(
    '%s',
    async (_, { file, seed, make }) => {
      vi.resetModules()
      vi.doMock(file, async () => {
        const actual = await vi.importActual<Record<string, unknown>>(file)
        return { ...actual, ...make(actual) }
      })
      const { liveThrough } = await import('./rights-model/run.ts')
      // the stories themselves, not what comes before them
      const failing = expect(liveThrough(RUNS, false, String(seed))).rejects.toThrow('Property failed')
      await failing.finally(() => vi.doUnmock(file))
    },
  )
})
