import {
  type Act,
  allowed,
  anyActor,
  anyTarget,
  isSelf,
  type Makings,
  mayEdit,
  refused,
  type Verdict,
  verdict,
} from './acts.ts'
import {
  type Actor,
  copyOf,
  endSessions,
  everybody,
  isGoing,
  isLastSuperAdminGone,
  living,
  namedSo,
  type State,
} from './state.ts'

/** What is kept goes after days on which it was seen deleted, too; no story counts any but by the hand that ends the time. */
const KEPT_UNTIL = Number.POSITIVE_INFINITY
const GATE = { may: 'administer', operator: true } as const

interface Removal {
  actor: Actor
  key: number
  mode: 'keep' | 'transfer' | 'now'
  /** the model's number of who gets albums and links */
  heir: number | undefined
}

/** `accounts.remove`, in each of its three ways, at times with an heir where none is asked for, or with none. */
export function remove(makings: Makings): Act {
  const { state, dice } = makings
  const actor = anyActor(makings)
  const { key, id } = anyTarget(makings, actor)
  const mode = dice.pick(['keep', 'keep', 'transfer', 'now'] as const)
  const hasHeir = mode === 'transfer' ? dice.in100(95) : dice.in100(5)
  const heir = hasHeir ? dice.pick([...state.accounts.values()]) : undefined
  const removal = { actor, key, mode, heir: heir?.key }
  const judge = (at: State) => verdict(at, { actor, gate: GATE }, () => judgeRemoval(at, removal))
  const input = {
    id,
    ...(dice.in100(80) || mode !== 'keep' ? { mode } : {}),
    ...(heir && { transferTo: heir.id }),
  }
  return { actor, hostWindow: false, procedure: 'accounts.remove', input, judge }
}

function judgeRemoval(state: State, removal: Removal): Verdict {
  const { actor, key, mode, heir } = removal
  const target = living(state, key)
  if (!target) return refused('not_found')
  if (!mayEdit(state, actor, target) || isSelf(state, actor, key)) return refused('forbidden')
  if ((heir !== undefined) !== (mode === 'transfer')) return refused('invalid')
  if (heir !== undefined && !mayInherit(state, removal, heir)) return refused('invalid')
  const tried = copyOf(state)
  applyRemoval(tried, removal)
  return isLastSuperAdminGone(tried) ? refused('conflict') : allowed((after) => applyRemoval(after, removal))
}

/** Albums go to somebody whose role may have some, and whom the one who deletes may change. */
function mayInherit(state: State, { actor, key }: Removal, heir: number): boolean {
  const account = living(state, heir)
  if (!account || heir === key || !mayEdit(state, actor, account)) return false
  return account.superAdmin || account.role === 'admin' || account.role === 'user'
}

function applyRemoval(state: State, { key, mode }: Removal): void {
  const target = state.accounts.get(key)
  if (target) {
    const keptUntil = mode === 'now' ? null : KEPT_UNTIL
    // what it made for itself is kept with it, but for the passwords of its programs
    Object.assign(target, { isDeleted: true, isDeviceKnown: false, keptUntil, appPasswords: new Map() })
  }
  endSessions(state, key)
}

/** `accounts.restore`: mostly one that was deleted, at times under another name. Its sessions stay ended. */
export function restore(makings: Makings): Act {
  const { state, dice } = makings
  const actor = anyActor(makings)
  const deleted = [...state.accounts.values()].filter(({ isDeleted }) => isDeleted)
  const target = deleted.length > 0 && dice.in100(90) ? dice.pick(deleted) : anyTarget(makings, actor)
  const { key, id } = target
  const other = dice.in100(80) ? `back.${dice.below(3)}` : dice.pick(everybody(state)).username
  const username = dice.in100(40) ? other : undefined
  const judge = (at: State) =>
    verdict(at, { actor, gate: GATE }, () => {
      const account = at.accounts.get(key)
      if (!account?.isDeleted || !mayEdit(at, actor, account)) return refused('not_found')
      if (isGoing(at, account)) return refused('not_found', 'conflict')
      const name = username ?? account.username
      if (namedSo(at, name)) return refused('invalid')
      return allowed((after) => {
        const back = after.accounts.get(key)
        if (back) Object.assign(back, { isDeleted: false, keptUntil: null, username: name })
      })
    })
  const input = { id, ...(username !== undefined && { username }) }
  return { actor, hostWindow: false, procedure: 'accounts.restore', input, judge }
}

/** `accounts.removed`: who can be restored at this moment, of those whom the one who asks may change. */
export function listRemoved(makings: Makings): Act {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate: GATE }, () =>
      allowed((_, { value }) => {
        const expected = [...state.accounts.values()]
          .filter((account) => account.isDeleted && mayEdit(state, actor, account))
          .filter(({ keptUntil }) => keptUntil !== null && state.now < keptUntil)
          .map(({ id }) => id)
        // dispatch has parsed it by this procedure's schema
        const { accounts } = value as { accounts: { id: number }[] }
        const listed = accounts.map(({ id }) => id)
        if (listed.toSorted().join() !== expected.toSorted().join())
          throw new Error(`${listed} are listed as restorable instead of ${expected}`)
      }),
    )
  return { actor, hostWindow: false, procedure: 'accounts.removed', input: {}, judge }
}
