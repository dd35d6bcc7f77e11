import { expect, test } from 'vitest'
import type { call as callProcedure } from '../../api.ts'
import { contributeTo, withdrawFrom } from './acts.ts'

/** Answers each call with the next of these, and notes what was called. */
function answering(...answers: object[]) {
  const called: string[] = []
  const call = async (name: string, input: object) => {
    called.push(`${name} ${JSON.stringify(input)}`)
    return answers.shift()
  }
  return { called, call: call as typeof callProcedure } // the answers are those of the procedures called
}

const of = (...photoIds: number[]) => JSON.stringify({ share: 7, photoIds })

test('photos that were added to a shared album are taken out again', async () => {
  const { call, called } = answering({ added: [1, 2] }, { withdrawn: [1, 2] }, { broughtBack: [1, 2] })
  const { changed, undo } = await contributeTo(call, 7)([1, 2])
  expect(changed).toEqual([1, 2])
  const back = await undo[0]?.act(undo[0].ids)
  expect(back?.changed).toHaveLength(2)
  await back?.undo[0]?.act([1, 2])
  expect(called).toEqual([
    `shares.contribute ${of(1, 2)}`,
    `shares.withdraw ${of(1, 2)}`,
    `shares.bringBack ${of(1, 2)}`,
  ])
})

test('where some were there before, none is taken out in the name of undoing', async () => {
  const { changed, undo } = await contributeTo(answering({ added: [2] }).call, 7)([1, 2])
  expect([changed, undo.map(({ ids }) => ids)]).toEqual([[2], [[2]]])
})

test('what was left alone is no change, and needs no way back', async () => {
  expect(await withdrawFrom(answering({ withdrawn: [] }).call, 7)([1, 2])).toEqual({ changed: [], undo: [] })
  const { changed, undo } = await withdrawFrom(answering({ withdrawn: [1] }).call, 7)([1, 2])
  expect([changed, undo.map(({ ids }) => ids)]).toEqual([[1], [[1]]])
})
