import type { Dice } from './dice.ts'
import { type Gate, isSuper, turnedAway } from './rights.ts'
import {
  type Account,
  type Actor,
  everybody,
  type FolderName,
  isExpired,
  type Session,
  type State,
  standingOf,
} from './state.ts'

/** What came of an act that was allowed. */
export interface Outcome {
  value: unknown
  /** of the session that it began */
  token: string | null
}

/** What the model says of an act: what it changes, or with which of these codes it is refused. */
export type Verdict =
  | { ok: true; then: (state: State, outcome: Outcome) => void }
  | { ok: false; codes: readonly string[] }

/** A procedure that somebody calls. */
export interface Act {
  actor: Actor
  /** in Mantel's own window on the host */
  hostWindow: boolean
  procedure: string
  input: unknown
  /** the session that the window remembers for the account it is asked to go on with */
  remembers?: string
  judge: (state: State) => Verdict
}

/** What an act is made of. */
export interface Makings {
  state: State
  dice: Dice
  /** where a folder lies; `nowhere` and `outside` are no folders of the household */
  pathOf: (folder: FolderName | 'nowhere' | 'outside') => string
  /** the program's id of a folder */
  areaOf: (folder: FolderName) => number
}

export const refused = (...codes: string[]): Verdict => ({ ok: false, codes })
export const allowed = (then: (state: State, outcome: Outcome) => void = () => undefined): Verdict => ({
  ok: true,
  then,
})

/** Turned away at the gate, refused for any of the reasons found, or allowed. */
export function verdict(
  state: State,
  { actor, gate, isMalformed = false }: { actor: Actor; gate: Gate; isMalformed?: boolean },
  look: () => Verdict,
): Verdict {
  const away = turnedAway(state, actor, gate)
  if (away) return refused(away)
  return isMalformed ? refused('invalid') : look()
}

/** Anybody: mostly people with sessions that count, and of these mostly admins; at times nobody, the operator or an ended session. */
export function anyActor({ state, dice }: Makings): Actor {
  const number = dice.below(16)
  if (number === 0) return { kind: 'anonymous' }
  if (number === 1) return { kind: 'operator' }
  const sessions = [...state.sessions.values()]
  const isAdmin = ({ key }: Session) => {
    const by = standingOf(state, { kind: 'session', key })
    return by.kind === 'account' && (by.account.superAdmin || by.account.role === 'admin')
  }
  const live = sessions.filter(({ key }) => standingOf(state, { kind: 'session', key }).kind !== 'anonymous')
  const admins = live.filter(isAdmin)
  const from = number >= 8 && admins.length > 0 ? admins : number >= 4 && live.length > 0 ? live : sessions
  return { kind: 'session', key: dice.pick(from).key }
}

/** An account to act upon: often the actor's own, at times one that was deleted. */
export function anyTarget({ state, dice }: Makings, actor: Actor): Account {
  const by = standingOf(state, actor)
  if (by.kind === 'account' && dice.in100(25)) return by.account
  const all = [...state.accounts.values()]
  return dice.pick(dice.in100(92) ? everybody(state) : all)
}

/** A session to act upon that is in the database or was ended; what has only expired may be either. */
export function anySession({ state, dice }: Makings): Session | undefined {
  const known = [...state.sessions.values()].filter((session) => !isExpired(state, session))
  return known.length === 0 ? undefined : dice.pick(known)
}

export const isSelf = (state: State, actor: Actor, key: number) => {
  const by = standingOf(state, actor)
  return by.kind === 'account' && by.account.key === key
}

/** Nobody but a super admin touches another super admin. */
export const mayEdit = (state: State, actor: Actor, target: Account) =>
  isSuper(state, actor) || !target.superAdmin || isSelf(state, actor, target.key)

/** The account behind an answer's `id`. */
export const idIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'number')
    throw new Error('the answer holds no id')
  return value.id
}

let lastKey = 1000
/** A number for an account or a session that is about to be made. */
export const newKey = () => {
  lastKey += 1
  return lastKey
}

export const GOOD_PASSWORDS = ['a quiet mantelpiece', 'four brass candles', 'the clock is slow']
/** Too short, and among the common ones. */
const BAD_PASSWORDS = ['short', 'password']

export const anyPassword = (dice: Dice) => dice.pick(dice.in100(92) ? GOOD_PASSWORDS : BAD_PASSWORDS)
export const isBadPassword = (password: string) => BAD_PASSWORDS.includes(password)
/** Refused by its form, before anything else is looked at. */
export const isTooShort = (password: string | undefined) => password === 'short'
