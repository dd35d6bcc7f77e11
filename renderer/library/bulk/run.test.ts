import { describe, expect, test } from 'vitest'
import { type Act, runSteps } from './run.ts'

const GONE = new Error('gone')
const isGone = (error: unknown) => error === GONE
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** A household where the given photos are not there any more. */
function household(gone: ReadonlySet<number> = new Set()) {
  const touched: number[] = []
  const calls: number[] = []
  const act: Act = async (ids) => {
    calls.push(ids.length)
    if (ids.some((id) => gone.has(id))) throw GONE
    touched.push(...ids)
    return { changed: ids, undo: [{ ids, act }] }
  }
  return { act, touched, calls }
}

describe('runSteps', () => {
  test('goes through all photos in pieces the server takes, and knows the way back', async () => {
    const { act, touched, calls } = household()
    const far: number[] = []
    const outcome = await runSteps([{ ids: upTo(1200), act }], {
      isGone,
      onProgress: (done) => far.push(done),
    })
    expect(touched).toEqual(upTo(1200))
    expect(calls).toEqual([500, 500, 200])
    expect(far).toEqual([500, 1000, 1200])
    expect(outcome).toMatchObject({ done: 1200, changed: 1200, gone: 0, ended: null })
    expect(outcome.undo.map(({ ids }) => ids.length)).toEqual([200, 500, 500])
  })

  test('leaves out what is gone and touches all else, nothing twice', async () => {
    const gone = new Set([3, 77, 499, 501])
    const { act, touched } = household(gone)
    const outcome = await runSteps([{ ids: upTo(800), act }], { isGone })
    expect(touched).toEqual(upTo(800).filter((id) => !gone.has(id)))
    expect(outcome).toMatchObject({ done: 796, gone: 4, ended: null })
  })

  test('gives up where very many are gone, with few calls', async () => {
    const { act, touched, calls } = household(new Set(upTo(100_000)))
    const outcome = await runSteps([{ ids: upTo(100_000), act }], { isGone })
    expect(touched).toEqual([])
    expect(outcome.ended).toEqual({ error: GONE })
    expect(calls.length).toBeLessThan(300)
  })

  test('ends at anything else that fails, and tells how far it came', async () => {
    const away = new Error('away')
    const { act } = household()
    const failing: Act = (ids) => (ids.includes(1001) ? Promise.reject(away) : act(ids))
    const outcome = await runSteps([{ ids: upTo(1200), act: failing }], { isGone })
    expect(outcome).toMatchObject({ done: 1000, changed: 1000, ended: { error: away } })
    expect(outcome.undo).toHaveLength(2)
  })

  test('stops between two pieces when it is cancelled', async () => {
    const { act, touched } = household()
    const ends = new AbortController()
    const outcome = await runSteps([{ ids: upTo(1200), act }], {
      isGone,
      onProgress: () => ends.abort(),
      signal: ends.signal,
    })
    expect(touched).toEqual(upTo(500))
    expect(outcome).toMatchObject({ done: 500, ended: 'cancelled' })
  })
})
