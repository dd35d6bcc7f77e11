import { expect, test } from 'vitest'
import { makeRoom } from './memory-budget.ts'

const holder = (name: string, rss: number, job: string | null = null, isReady = true) => ({
  name,
  rss,
  job,
  isReady,
})

test('the idle end first, then the smallest, until the rest fits', () => {
  const members = [
    holder('idle', 60),
    holder('large', 500, 'a'),
    holder('small', 90, 'b'),
    holder('middle', 300, 'c'),
    holder('starting', 0, null, false),
  ]
  const ended = (budget: number) => makeRoom(members, budget).ended.map(({ name }) => name)
  expect(ended(950)).toEqual([])
  expect(ended(949)).toEqual(['idle'])
  expect(ended(889)).toEqual(['idle', 'small'])
  expect(ended(799)).toEqual(['idle', 'small', 'middle'])
  // what one alone may hold is not for the budget to say
  expect(ended(1)).toEqual(['idle', 'small', 'middle'])
  expect(makeRoom(members, 1).stays?.name).toBe('large')
})

test('an idle process goes before one at work, however large it is', () => {
  const members = [holder('working', 100, 'a'), holder('idle', 400)]
  expect(makeRoom(members, 450)).toMatchObject({ stays: { name: 'working' }, ended: [{ name: 'idle' }] })
})
