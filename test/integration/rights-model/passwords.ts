import {
  type Act,
  allowed,
  anyActor,
  anyPassword,
  anyTarget,
  isBadPassword,
  isSelf,
  isTooShort,
  type Makings,
  mayEdit,
  refused,
  type Verdict,
  verdict,
} from './acts.ts'
import { isSuper, may } from './rights.ts'
import { dropFactor } from './second-factor.ts'
import { type Account, type Actor, endSessions, living, type State, standingOf } from './state.ts'

interface Change {
  actor: Actor
  key: number
  password: string
  current: string | undefined
  mustChange: boolean | undefined
  clearTotp: boolean
  revokeAppPasswords: boolean
}

/** `accounts.changePassword`, by the table of product §2. */
export function changePassword(makings: Makings): Act {
  const { state, dice } = makings
  const actor = anyActor(makings)
  const target = dice.in100(35) ? anyTarget(makings, actor) : ownOr(makings, actor)
  const { key, id } = target
  const password = anyPassword(dice)
  const current = dice.in100(65) ? target.password : dice.in100(50) ? 'not this one' : undefined
  const mustChange = dice.in100(35) ? dice.in100(60) : undefined
  // rightly they are others', of super admins
  const clearTotp = dice.in100(isSuper(state, actor) && !isSelf(state, actor, key) ? 50 : 5)
  const revokeAppPasswords = dice.in100(30)
  const input = {
    id,
    password,
    ...(current !== undefined && { currentPassword: current }),
    ...(mustChange !== undefined && { mustChange }),
    ...(clearTotp && { clearTotp }),
    ...(revokeAppPasswords && { revokeAppPasswords }),
  }
  const change = { actor, key, password, current, mustChange, clearTotp, revokeAppPasswords }
  const gate = { atAll: true, operator: true } as const
  const judge = (at: State) =>
    verdict(at, { actor, gate, isMalformed: isTooShort(password) }, () => judgeChange(at, change))
  return { actor, hostWindow: false, procedure: 'accounts.changePassword', input, judge }
}

function judgeChange(state: State, change: Change): Verdict {
  const { actor, key, password, current, mustChange, clearTotp, revokeAppPasswords } = change
  const by = standingOf(state, actor)
  const self = isSelf(state, actor, key)
  const isSuperAdmin = isSuper(state, actor)
  const administers =
    by.kind === 'operator' || (by.kind === 'account' && may(state, by.account, 'administer'))
  const found = living(state, key)
  if ((!self && !administers) || !found) return refused('not_found')
  const codes: string[] = []
  if (!mayEdit(state, actor, found)) codes.push('forbidden')
  // that a new one must be chosen is told, and taken back, by super admins alone
  const isOrder = mustChange !== undefined && mustChange !== found.mustChange
  if (!self && isOrder && !isSuperAdmin) codes.push('forbidden')
  if (clearTotp && (self || !isSuperAdmin)) codes.push('forbidden')
  if ((self || !isSuperAdmin) && current !== found.password) codes.push('invalid')
  if (self && found.mustChange && password === current) codes.push('invalid')
  if (isBadPassword(password)) codes.push('invalid')
  if (codes.length > 0) return refused(...codes)
  const mustChangeAfter = isSuperAdmin ? (mustChange ?? false) : found.mustChange
  return allowed((after) => {
    const changed = after.accounts.get(key)
    if (!changed) throw new Error('an account is gone from the model')
    Object.assign(changed, { password, mustChange: !self && mustChangeAfter, isDeviceKnown: false })
    if (revokeAppPasswords) changed.appPasswords.clear()
    if (clearTotp) dropFactor(changed)
    endSessions(after, key, self && by.kind === 'account' ? by.session.key : undefined)
  })
}

function ownOr(makings: Makings, actor: Actor): Account {
  const by = standingOf(makings.state, actor)
  return by.kind === 'account' || by.kind === 'locked' ? by.account : anyTarget(makings, actor)
}
