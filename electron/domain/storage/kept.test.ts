import { expect, test, vi } from 'vitest'
import { createKept } from './kept.ts'

/** A value that is found when the test says so. */
function setUp() {
  let ended = Promise.withResolvers<number>()
  const find = vi.fn(() => ended.promise)
  const changed = vi.fn()
  const failed = vi.fn()
  const kept = createKept({ find, clock: () => 7, changed, failed, patienceMs: 10, restMs: 0 })
  return {
    kept,
    find,
    changed,
    failed,
    end(value: number) {
      ended.resolve(value)
      ended = Promise.withResolvers()
    },
    fail() {
      ended.promise.catch(() => undefined)
      ended.reject(new Error('no luck'))
      ended = Promise.withResolvers()
    },
  }
}

test('who asks gets the value, which is kept until what it is taken of has changed', async () => {
  const { kept, find, end } = setUp()
  const asked = kept.get()
  end(1)
  expect(await asked).toEqual({ value: 1, at: 7 })
  expect(await kept.get()).toEqual({ value: 1, at: 7 })
  expect(find).toHaveBeenCalledTimes(1)
})

test('who has no time to wait gets what is known, and is told when there is more', async () => {
  const { kept, changed, find, end } = setUp()
  expect(await kept.get()).toBeNull()
  expect(await kept.get()).toBeNull()
  expect(find).toHaveBeenCalledTimes(1)
  expect(changed).not.toHaveBeenCalled()
  end(2)
  await expect.poll(() => changed.mock.calls.length).toBe(1)
  expect(await kept.get()).toEqual({ value: 2, at: 7 })
  await vi.waitFor(async () => {
    kept.touch()
    // the rest after finding is over now or soon
    await kept.get()
    expect(find).toHaveBeenCalledTimes(2)
  })
  expect(await kept.get()).toEqual({ value: 2, at: 7 })
  end(3)
  await vi.waitFor(async () => expect(await kept.get()).toEqual({ value: 3, at: 7 }))
})

test('a change is told to nobody who did not ask, and once to who did', async () => {
  const { kept, changed, end } = setUp()
  for (let count = 0; count < 3; count += 1) kept.touch()
  const asked = kept.get()
  end(1)
  await asked
  changed.mockClear()
  await kept.get()
  for (let count = 0; count < 3; count += 1) kept.touch()
  await expect.poll(() => changed.mock.calls.length).toBe(1)
  for (let count = 0; count < 3; count += 1) kept.touch()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(changed).toHaveBeenCalledTimes(1)
})

test('what can not be found keeps the value of before, and is looked for again', async () => {
  const { kept, failed, end, fail } = setUp()
  const first = kept.get()
  end(1)
  await first
  kept.touch()
  await vi.waitFor(async () => {
    const asked = kept.get()
    fail()
    expect(await asked).toEqual({ value: 1, at: 7 })
    expect(failed).toHaveBeenCalled()
  })
  await vi.waitFor(async () => {
    const asked = kept.get()
    end(5)
    expect(await asked).toEqual({ value: 5, at: 7 })
  })
})
