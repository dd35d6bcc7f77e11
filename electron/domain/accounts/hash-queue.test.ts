import { expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import { type Asker, createHashQueue, KNOWN_IN_A_ROW, PLACES, PLACES_EACH } from './hash-queue.ts'

const stranger: Asker = { kind: 'stranger' }
const known: Asker = { kind: 'known' }

/** A queue whose first turn is held until `open`; what ran is noted in its order, `full` where somebody was refused. */
function fixture() {
  const queue = createHashQueue()
  const gate = Promise.withResolvers<void>()
  const ran: string[] = []
  const all: Promise<unknown>[] = [queue.run(known, () => gate.promise)]
  const ask = (name: string, asker: Asker) => {
    const work = async () => void ran.push(name)
    const turn = queue.run(asker, work).catch((error) => {
      if (!(error instanceof Refusal) || error.details.reason !== 'too_many_waiting') throw error
      ran.push('full')
    })
    all.push(turn)
  }
  const done = async () => {
    gate.resolve()
    await Promise.all(all)
    return ran
  }
  return { ask, done }
}

test('one asker holds two places, in however many loops, and others find theirs', async () => {
  const { ask, done } = fixture()
  for (let loop = 0; loop < 12; loop += 1) ask('guest', { ...stranger, who: 'guest' })
  ask('ada', { ...stranger, who: 'ada' })
  const ran = await done()
  expect(ran.filter((name) => name === 'guest')).toHaveLength(PLACES_EACH)
  expect(ran.at(-1)).toBe('ada')
})

test('strangers who take all their places leave those of the known ones free, and those go first', async () => {
  const { ask, done } = fixture()
  for (let count = 0; count <= PLACES.stranger; count += 1) ask('stranger', stranger)
  for (let count = 0; count < KNOWN_IN_A_ROW; count += 1) ask('known', known)
  const strangers = Array.from({ length: PLACES.stranger }, () => 'stranger')
  const first = Array.from({ length: KNOWN_IN_A_ROW }, () => 'known')
  expect(await done()).toEqual(['full', ...first, ...strangers])
})

test('known ones who take all their places leave those of the host free, and the host goes first', async () => {
  const { ask, done } = fixture()
  for (let count = 1; count <= PLACES.known; count += 1) ask('known', known)
  ask('host', { kind: 'host' })
  const ran = await done()
  expect(ran.filter((name) => name === 'full')).toHaveLength(1)
  expect(ran[1]).toBe('host')
})

test('known ones who come all the time keep no stranger waiting for good', async () => {
  const { ask, done } = fixture()
  ask('stranger', stranger)
  for (let count = 1; count < PLACES.known; count += 1) ask('known', known)
  expect((await done()).indexOf('stranger')).toBe(KNOWN_IN_A_ROW)
})

test('a place is free again after its turn, also one that failed', async () => {
  const queue = createHashQueue()
  const asker = { ...stranger, who: 'guest' }
  for (let count = 0; count < 3 * PLACES.stranger; count += 1) {
    const failing = queue.run(asker, async () => {
      throw new Error('failed')
    })
    await expect(failing).rejects.toThrow('failed')
  }
  expect(await queue.run(asker, async () => 'went on')).toBe('went on')
})
