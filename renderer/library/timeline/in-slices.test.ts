import { expect, test, vi } from 'vitest'
import { runInSlices } from './in-slices.ts'

function* work(steps: number, each: () => void): Generator<undefined, string> {
  for (let step = 0; step < steps; step++) {
    each()
    yield
  }
  return 'done'
}
/** Keeps the processor for `milliseconds`. */
const spend = (milliseconds: number) => () => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test('short work is answered at once', () => {
  const later = vi.fn()
  expect(
    runInSlices(
      work(3, () => {}),
      new AbortController().signal,
      later,
    ),
  ).toBe('done')
  expect(later).not.toHaveBeenCalled()
})

test('long work gives other turns their time, and is told when it is done', async () => {
  let turns = 0
  const ticking = setInterval(() => turns++, 1)
  const value = await new Promise<string>((resolve) => {
    expect(runInSlices(work(40, spend(3)), new AbortController().signal, resolve)).toBeNull()
  })
  clearInterval(ticking)
  expect(value).toBe('done')
  expect(turns).toBeGreaterThan(3)
})

test('aborted work stops and tells nothing', async () => {
  const abort = new AbortController()
  const done = vi.fn()
  let steps = 0
  runInSlices(
    work(1000, () => {
      steps++
      spend(2)()
    }),
    abort.signal,
    done,
  )
  abort.abort()
  const before = steps
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(steps).toBe(before)
  expect(done).not.toHaveBeenCalled()
})
