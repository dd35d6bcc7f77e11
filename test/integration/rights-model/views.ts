import type { Act } from './acts.ts'
import type { Dice } from './dice.ts'
import { anyView, bytes, me, month, months, photo } from './looks.ts'
import { type Actor, eyesOf, type State, standingOf } from './state.ts'

/** The questions that tell what somebody sees: a few of the photos by their ids, of all there are, where they are asked for. */
export function questions(state: State, actor: Actor, dice: Dice, photos: number): Act[] {
  const asked: Act[] = [me(actor)]
  if (!eyesOf(standingOf(state, actor))) return asked
  const view = dice.in100(60) ? 'mine' : anyView({ state, dice })
  asked.push(month(actor, view))
  if (photos === 0) return asked
  asked.push(months(actor, view))
  for (let count = 0; count < photos; count += 1) asked.push(photo(actor, dice.pick(state.photos)))
  asked.push(bytes(actor, dice.pick(state.photos), dice.in100(80) ? 'thumb' : 'original'))
  return asked
}
