import {
  type Act,
  allowed,
  anyActor,
  anySession,
  anyTarget,
  type Makings,
  newKey,
  refused,
  type Verdict,
  verdict,
} from './acts.ts'
import { may } from './rights.ts'
import { anyCode, takenCode } from './second-factor.ts'
import { type Actor, hasAccess, living, mayViewAs, namedSo, type State, standingOf } from './state.ts'

/** `session.login`: mostly as somebody there is with the right password. */
export function logIn(makings: Makings): Act {
  const { dice } = makings
  const actor = dice.in100(80) ? ({ kind: 'anonymous' } as const) : anyActor(makings)
  const target = anyTarget(makings, actor)
  const username = dice.in100(95) ? target.username : 'nobody'
  const password = dice.in100(80) ? target.password : 'not this one'
  const code = anyCode(makings, target)
  const key = newKey()
  const judge = (state: State): Verdict => {
    const account = namedSo(state, username)
    if (account?.password !== password) return refused('unauthenticated')
    if (!account.mayLogIn || !hasAccess(account)) return refused('forbidden')
    const taken = takenCode(state, account, code)
    if (!taken) return refused('unauthenticated')
    return allowed((after, { token }) => {
      Object.assign(after.accounts.get(account.key) ?? {}, taken)
      makeRoom(after, actor)
      const times = { startedAt: after.now, usedAt: after.now }
      const session = {
        key,
        id: 0,
        account: account.key,
        isLocked: false,
        isEnded: false,
        viewing: null,
        ...times,
      }
      after.sessions.set(key, { ...session, token: handedOver(token) })
    })
  }
  return {
    actor,
    hostWindow: false,
    procedure: 'session.login',
    input: { username, password, ...(code !== undefined && { code }) },
    judge,
  }
}

function handedOver(token: string | null): string {
  if (token === null) throw new Error('nobody was handed the token of a session')
  return token
}

/** Whoever logs in takes the place of the session before, where that still counts. */
function makeRoom(state: State, actor: Actor): void {
  if (standingOf(state, actor).kind !== 'anonymous') end(state, actor)
}

/** `session.logout`, or making room for somebody else where nothing is remembered. */
export function logOut(makings: Makings): Act {
  const actor = anyActor(makings)
  const procedure = makings.dice.pick(['session.logout', 'session.leave'])
  const judge = (state: State) =>
    verdict(state, { actor, gate: { locked: true, atAll: true, seated: true } }, () =>
      allowed((after) => end(after, actor)),
    )
  return { actor, hostWindow: false, procedure, input: {}, judge }
}

function end(state: State, actor: Actor): void {
  const session = actor.kind === 'session' ? state.sessions.get(actor.key) : undefined
  if (session) session.isEnded = true
}

/** `session.lock`. */
export function lock(makings: Makings): Act {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate: { atAll: true, seated: true } }, () =>
      allowed((after) => {
        const session = actor.kind === 'session' ? after.sessions.get(actor.key) : undefined
        // whoever unlocks it sees their own again
        if (session) Object.assign(session, { isLocked: true, viewing: null })
      }),
    )
  return { actor, hostWindow: false, procedure: 'session.lock', input: {}, judge }
}

/** `session.unlock`: the password of the same account; what the window held before is nobody's any more. */
export function unlock(makings: Makings): Act {
  const { state, dice } = makings
  const locked = [...state.sessions.values()].filter(({ isLocked, isEnded }) => isLocked && !isEnded)
  const actor: Actor =
    locked.length > 0 && dice.in100(90) ? { kind: 'session', key: dice.pick(locked).key } : anyActor(makings)
  const by = standingOf(state, actor)
  const password = 'account' in by && dice.in100(75) ? by.account.password : 'not this one'
  const code = anyCode(makings, 'account' in by ? by.account : undefined)
  const oldKey = newKey()
  const judge = (at: State): Verdict => {
    const is = standingOf(at, actor)
    if (is.kind === 'anonymous') return refused('unauthenticated')
    if (is.kind !== 'locked') return refused('forbidden')
    if (is.account.password !== password) return refused('unauthenticated')
    const taken = takenCode(at, is.account, code)
    if (!taken) return refused('unauthenticated')
    return allowed((after, { token }) => {
      Object.assign(after.accounts.get(is.account.key) ?? {}, taken)
      const session = after.sessions.get(is.session.key)
      if (!session) throw new Error('a session is gone from the model')
      after.sessions.set(oldKey, { ...session, key: oldKey, id: 0, isEnded: true })
      Object.assign(session, { token: handedOver(token), isLocked: false, usedAt: after.now })
    })
  }
  return {
    actor,
    hostWindow: false,
    procedure: 'session.unlock',
    input: { password, ...(code !== undefined && { code }) },
    judge,
  }
}

/** `session.resume`: a window goes on with a session that it remembers, if that still counts; the device knows those who logged in on it. */
export function resume(makings: Makings): Act {
  const { state, dice } = makings
  const chosen = dice.pick([...state.sessions.values()])
  const drawn = dice.in100(70) ? ({ kind: 'anonymous' } as const) : anyActor(makings)
  // a window that is asked for the session it has goes on with it in another way
  const actor =
    drawn.kind === 'session' && drawn.key === chosen.key ? ({ kind: 'anonymous' } as const) : drawn
  const named = dice.in100(85) ? (state.accounts.get(chosen.account) ?? null) : anyTarget(makings, actor)
  const judge = (at: State): Verdict => {
    const account = namedSo(at, named?.username ?? '')
    if (standingOf(at, actor).kind === 'locked') return refused('unauthenticated')
    const is = standingOf(at, { kind: 'session', key: chosen.key })
    const isOpen = is.kind === 'account' || is.kind === 'viewing'
    if (!account?.isDeviceKnown || !isOpen || is.account !== account) return refused('unauthenticated')
    return allowed((after, { token }) => {
      if (token !== chosen.token) throw new Error('another session goes on')
      const session = after.sessions.get(chosen.key)
      if (session) session.viewing = null
      makeRoom(after, actor)
    })
  }
  const input = { username: named?.username ?? '' }
  return { actor, hostWindow: false, procedure: 'session.resume', input, remembers: chosen.token, judge }
}

/** Own sessions; admins everybody's, but a super admin's only a super admin; whoever has the host's command line, everybody's. */
export function mayTouch(state: State, actor: Actor, accountKey: number): boolean {
  const by = standingOf(state, actor)
  if (by.kind === 'operator') return living(state, accountKey) !== undefined
  if (by.kind !== 'account') return false
  if (by.account.key === accountKey) return true
  const owner = living(state, accountKey)
  const isAllowed = owner && (!owner.superAdmin || by.account.superAdmin)
  return isAllowed === true && may(state, by.account, 'administer')
}

/** `sessions.revoke`. */
export function revokeSession(makings: Makings): Act {
  const actor = anyActor(makings)
  const chosen = anySession(makings)
  const key = chosen?.key ?? 0
  const judge = (state: State) =>
    verdict(state, { actor, gate: { operator: true } }, () => {
      const session = state.sessions.get(key)
      if (!session || session.isEnded || !mayTouch(state, actor, session.account)) return refused('not_found')
      return allowed((after) => end(after, { kind: 'session', key }))
    })
  const input = { id: chosen?.id || 999_999 }
  return { actor, hostWindow: false, procedure: 'sessions.revoke', input, judge }
}

/** `sessions.list`, also of others. */
export function listSessions(makings: Makings): Act {
  const actor = anyActor(makings)
  const { key, id } = anyTarget(makings, actor)
  const judge = (state: State) =>
    verdict(state, { actor, gate: { operator: true } }, () =>
      mayTouch(state, actor, key)
        ? allowed((_, { value }) => holdsNoEnded(state, key, value))
        : refused('not_found'),
    )
  return { actor, hostWindow: false, procedure: 'sessions.list', input: { accountId: id }, judge }
}

function holdsNoEnded(state: State, account: number, value: unknown): void {
  const { sessions } = value as { sessions: { id: number }[] } // dispatch has parsed it by this procedure's schema
  for (const { id } of sessions) {
    const known = [...state.sessions.values()].find((session) => session.id === id)
    if (known?.account !== account || known.isEnded) throw new Error(`session ${id} is listed`)
  }
}

/** `session.viewAs`: from now on the session shows what that account sees. */
export function viewAs(makings: Makings): Act {
  const { dice } = makings
  const actor = anyActor(makings)
  const gone = [...makings.state.accounts.values()].filter(({ isDeleted }) => isDeleted)
  const { key, id } = gone.length > 0 && dice.in100(15) ? dice.pick(gone) : anyTarget(makings, actor)
  const judge = (state: State) =>
    verdict(state, { actor, gate: { may: 'administer' } }, () => {
      const by = standingOf(state, actor)
      const target = living(state, key)
      if (!target) return refused('not_found')
      if (by.kind !== 'account' || !mayViewAs(by.account, target)) return refused('forbidden')
      return allowed((after) => view(after, actor, key))
    })
  return { actor, hostWindow: false, procedure: 'session.viewAs', input: { accountId: id }, judge }
}

/** `session.stopViewing`, mostly of a session that views. */
export function stopViewing(makings: Makings): Act {
  const { state, dice } = makings
  const viewing = [...state.sessions.values()].filter((session) => session.viewing !== null)
  const actor: Actor =
    viewing.length > 0 && dice.in100(80)
      ? { kind: 'session', key: dice.pick(viewing).key }
      : anyActor(makings)
  const judge = (at: State) =>
    verdict(at, { actor, gate: { atAll: true, seated: true } }, () =>
      allowed((after) => view(after, actor, null)),
    )
  return { actor, hostWindow: false, procedure: 'session.stopViewing', input: {}, judge }
}

function view(state: State, actor: Actor, key: number | null): void {
  const session = actor.kind === 'session' ? state.sessions.get(actor.key) : undefined
  if (session) session.viewing = key
}
