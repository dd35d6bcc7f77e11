import { codeOf } from '../../support/totp.ts'
import { type Act, allowed, anyActor, anyTarget, isSelf, type Makings, refused, verdict } from './acts.ts'
import { isSuper } from './rights.ts'
import { type Account, type Actor, endSessions, isAbove, living, type State, standingOf } from './state.ts'

const STEP_MS = 30_000
/** So long a seed that was shown waits for its first code. */
const PENDING_MS = 3_600_000
const WRONG_PASSWORD = 'not this one'

/** The step of an app's code that is right at this moment or the one before or after; undefined where it is none of them. */
function stepOf(seed: string, code: string, now: number): number | undefined {
  const around = [-1, 0, 1].find((steps) => codeOf(seed, now, steps) === code)
  return around === undefined ? undefined : Math.floor(now / STEP_MS) + around
}

/** What is different of an account once a code was taken, each once; nothing where none is needed, null for a wrong one. */
export function takenCode(
  { now }: State,
  { totp, recovery }: Account,
  typed = '',
): Partial<Pick<Account, 'totp' | 'recovery' | 'spentCode'>> | null {
  if (!totp) return {}
  const code = plain(typed)
  const left = recovery.filter((one) => plain(one) !== code)
  if (left.length < recovery.length) return { recovery: left, spentCode: typed }
  const step = stepOf(totp.seed, code, now)
  if (step === undefined || step <= totp.lastStep) return null
  return { totp: { ...totp, lastStep: step }, spentCode: typed }
}

/** A code however it was typed. */
export const plain = (typed: string) => typed.replaceAll(/[\s-]/g, '').toUpperCase()

/** What somebody types who logs in as an account or proves to be it: mostly right, as wrong ones are counted and then waited for. */
export function anyCode({ state, dice }: Makings, account: Account | undefined): string | undefined {
  if (!account?.totp) return dice.in100(5) ? '123456' : undefined
  const { totp, recovery, spentCode } = account
  const draw = dice.below(100)
  if (draw < 8) return undefined
  if (draw < 14) return codeOf(totp.seed, state.now, dice.pick([-2, 2]))
  if (draw < 20 && spentCode !== null) return spentCode
  if (draw < 50 && recovery.length > 0) return typedSomehow(dice.pick(recovery), dice.in100(30))
  return codeOf(totp.seed, state.now, dice.pick([-1, 0, 1]))
}

const typedSomehow = (code: string, isSloppy: boolean) =>
  isSloppy ? ` ${code.replaceAll('-', ' ').toLowerCase()}` : code

/** Somebody whose account fits, where there is such a one, else anybody. */
export function actorWith(makings: Makings, fits: (account: Account) => boolean): Actor {
  const { state, dice } = makings
  const fitting = [...state.sessions.keys()]
    .map((key) => ({ kind: 'session', key }) as const)
    .filter((actor) => {
      const by = standingOf(state, actor)
      return by.kind === 'account' && !by.account.mustChange && fits(by.account)
    })
  return fitting.length > 0 && dice.in100(75) ? dice.pick(fitting) : anyActor(makings)
}

/** The actor's own password, mostly. */
export function ownPassword({ state, dice }: Makings, actor: Actor): string {
  const by = standingOf(state, actor)
  return 'account' in by && dice.in100(88) ? by.account.password : WRONG_PASSWORD
}

/** `totp.begin`: a seed is shown, and nothing asks for a code yet. */
export function begin(makings: Makings): Act {
  const actor = actorWith(makings, ({ totp }) => totp === null)
  const currentPassword = ownPassword(makings, actor)
  const judge = (state: State) =>
    verdict(state, { actor, gate: {} }, () => {
      const own = ownOf(state, actor)
      if (own.password !== currentPassword) return refused('invalid')
      if (own.totp) return refused('conflict')
      return allowed((after, { value }) => {
        const { secret } = value as { secret: string } // dispatch has parsed it by this procedure's schema
        ownOf(after, actor).pending = { seed: secret, since: after.now }
      })
    })
  return { actor, hostWindow: false, procedure: 'totp.begin', input: { currentPassword }, judge }
}

/** `totp.confirm`: from now on codes are asked for; whoever else is in is out, and no device is known any more. */
export function confirm(makings: Makings): Act {
  const { state, dice } = makings
  const actor = actorWith(makings, ({ pending }) => pending !== null)
  const by = standingOf(state, actor)
  const shown = 'account' in by ? by.account.pending : null
  const steps = dice.pick(dice.in100(85) ? [-1, 0, 1] : [-2, 2])
  const code = shown ? codeOf(shown.seed, state.now, steps) : '123456'
  const judge = (at: State) =>
    verdict(at, { actor, gate: {} }, () => {
      const { pending, totp } = ownOf(at, actor)
      if (!pending || totp || at.now - pending.since > PENDING_MS) return refused('conflict')
      const lastStep = stepOf(pending.seed, code, at.now)
      if (lastStep === undefined) return refused('invalid')
      return allowed((after, { value }) => {
        const own = ownOf(after, actor)
        const on = { totp: { seed: pending.seed, lastStep }, pending: null, recovery: codesIn(value) }
        Object.assign(own, { ...on, spentCode: code, isDeviceKnown: false })
        endSessions(after, own.key, actor.kind === 'session' ? actor.key : undefined)
      })
    })
  return { actor, hostWindow: false, procedure: 'totp.confirm', input: { code }, judge }
}

/** What needs the own password and a code. */
const proving =
  (procedure: string, then: (own: Account, value: unknown) => void) =>
  (makings: Makings): Act => {
    const { state } = makings
    const actor = actorWith(makings, ({ totp }) => totp !== null)
    const by = standingOf(state, actor)
    const currentPassword = ownPassword(makings, actor)
    const code = anyCode(makings, 'account' in by ? by.account : undefined) ?? ''
    const judge = (at: State) =>
      verdict(at, { actor, gate: {} }, () => {
        const own = ownOf(at, actor)
        if (own.password !== currentPassword) return refused('invalid')
        if (!own.totp) return refused('conflict')
        const taken = takenCode(at, own, code)
        if (!taken) return refused('invalid')
        return allowed((after, { value }) => then(Object.assign(ownOf(after, actor), taken), value))
      })
    return { actor, hostWindow: false, procedure, input: { currentPassword, code }, judge }
  }

export const disable = proving('totp.disable', dropFactor)

export const renewCodes = proving('totp.renewCodes', (own, value) => {
  own.recovery = codesIn(value)
})

/** `totp.clear`: of somebody who has lost it, by whoever is above them. */
export function clear(makings: Makings): Act {
  const { state, dice } = makings
  const actor = anyActor(makings)
  const having = [...state.accounts.values()].filter(({ totp }) => totp)
  const { key, id } = having.length > 0 && dice.in100(70) ? dice.pick(having) : anyTarget(makings, actor)
  const judge = (at: State) =>
    verdict(at, { actor, gate: { may: 'administer', operator: true } }, () => {
      const target = living(at, key)
      if (!target) return refused('not_found')
      if (!mayClear(at, actor, target)) return refused('forbidden')
      return allowed((after) => {
        const cleared = after.accounts.get(key)
        if (cleared) dropFactor(cleared)
      })
    })
  return { actor, hostWindow: false, procedure: 'totp.clear', input: { accountId: id }, judge }
}

/** Nobody their own: for that there is another way, which asks for the password and a code. */
export function mayClear(state: State, actor: Actor, target: Account): boolean {
  if (isSelf(state, actor, target.key)) return false
  const by = standingOf(state, actor)
  return isSuper(state, actor) || (by.kind === 'account' && isAbove(by.account, target))
}

/** `totp.status`: the own. */
export function status(makings: Makings): Act {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate: {} }, () =>
      allowed((_, { value }) => {
        const { totp, recovery } = ownOf(state, actor)
        const told = value as { on: boolean; codesLeft: number } // dispatch has parsed it by this procedure's schema
        const expected = [totp !== null, recovery.length].join()
        if ([told.on, told.codesLeft].join() !== expected) throw new Error(`the factor is ${expected}`)
      }),
    )
  return { actor, hostWindow: false, procedure: 'totp.status', input: {}, judge }
}

/** Where it is off, a seed that was shown waits on. */
export function dropFactor(account: Account): void {
  if (account.totp) Object.assign(account, { totp: null, pending: null, recovery: [] })
}

function codesIn(value: unknown): string[] {
  const { recoveryCodes } = value as { recoveryCodes: string[] } // dispatch has parsed it by this procedure's schema
  return recoveryCodes
}

/** The account of a session that was let in. */
function ownOf(state: State, actor: Actor): Account {
  const by = standingOf(state, actor)
  if (by.kind !== 'account') throw new Error('nobody with an account')
  return by.account
}
