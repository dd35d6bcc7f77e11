import {
  type Act,
  allowed,
  anyActor,
  anyPassword,
  idIn,
  isBadPassword,
  isTooShort,
  type Makings,
  newKey,
  refused,
  verdict,
} from './acts.ts'
import { nothingFurnished } from './cast.ts'
import { anyWishes, areRefused, grantsOf, inputOf } from './folder-wishes.ts'
import { isOn, isSuper } from './rights.ts'
import { mayClear } from './second-factor.ts'
import { type Account, everybody, KNOWN_ROLES, namedSo, type State, standingOf } from './state.ts'

/** Names no account can have, and whether by their form. */
const BAD_NAMES = ['visitor', 'no blanks', '']

function anyNewName({ state, dice }: Makings, key: number): string {
  if (dice.in100(90)) return `n${key}`
  return dice.in100(60) ? dice.pick(everybody(state)).username.toUpperCase() : dice.pick(BAD_NAMES)
}

const blank = () => ({
  id: 0,
  superAdmin: false,
  mayLogIn: true,
  webdav: false,
  mayShare: true,
  mustChange: false,
  isPending: false,
  isDeleted: false,
  keptUntil: null,
  isDeviceKnown: false,
  ...nothingFurnished(),
})

function add(state: State, account: Account): void {
  state.accounts.set(account.key, account)
}

/** `accounts.create`, by anybody, with whatever. */
export function create(makings: Makings): Act {
  const { dice } = makings
  const actor = anyActor(makings)
  const hostWindow = dice.in100(10)
  const key = newKey()
  const username = anyNewName(makings, key)
  const password = anyPassword(dice)
  const role = dice.pick(dice.in100(95) ? KNOWN_ROLES : ['visitor', 'butler'])
  const standing = {
    ...(dice.in100(40) && { superAdmin: dice.in100(60) }),
    ...(dice.in100(8) && { mayLogIn: dice.in100(30) }),
    ...(dice.in100(20) && { webdav: dice.in100(70) }),
    ...(dice.in100(20) && { mayShare: dice.in100(40) }),
  }
  const mustChange = dice.in100(12)
  const wishes = anyWishes(makings, hostWindow || actor.kind === 'operator')
  const folders = inputOf(wishes, makings)
  const extra = dice.in100(2) ? { passwordHash: 'x' } : {}
  const input = {
    username,
    password,
    role,
    ...standing,
    ...(mustChange && { mustChangePassword: true }),
    folders,
    ...extra,
  }
  const isMalformed =
    BAD_NAMES.includes(username) ||
    !KNOWN_ROLES.includes(role) ||
    isTooShort(password) ||
    Object.keys(extra).length > 0
  return {
    actor,
    hostWindow,
    procedure: 'accounts.create',
    input,
    judge: (state) =>
      verdict(state, { actor, gate: { may: 'administer', operator: true }, isMalformed }, () => {
        const codes: string[] = []
        if (standing.superAdmin && !isSuper(state, actor)) codes.push('forbidden')
        if (isBadPassword(password) || namedSo(state, username.toLowerCase())) codes.push('invalid')
        if (areRefused(state, wishes, { actor, hostWindow })) codes.push('invalid')
        if (codes.length > 0) return refused(...codes)
        const made = {
          ...blank(),
          ...standing,
          key,
          username: username.toLowerCase(),
          password,
          role,
          mustChange,
        }
        return allowed((after, { value }) =>
          add(after, { ...made, id: idIn(value), grants: grantsOf(wishes) }),
        )
      }),
  }
}

/** `registration.create`: by whoever comes; where it is closed, nobody, and never with a right. */
export function register(makings: Makings): Act {
  const { dice } = makings
  const actor = dice.in100(80) ? ({ kind: 'anonymous' } as const) : anyActor(makings)
  const key = newKey()
  const username = anyNewName(makings, key)
  const password = anyPassword(dice)
  const wished = [
    { role: 'admin' },
    { superAdmin: true },
    { folders: [] },
    { mayLogIn: true },
    { webdav: true },
  ]
  const extra = dice.in100(15) ? dice.pick(wished) : {}
  const isMalformed = BAD_NAMES.includes(username) || isTooShort(password) || Object.keys(extra).length > 0
  return {
    actor,
    hostWindow: false,
    procedure: 'registration.create',
    input: { username, name: 'Newcomer', password, ...extra },
    judge: (state) =>
      verdict(state, { actor, gate: { open: true }, isMalformed }, () => {
        if (!isOn(state, 'registration')) return refused('forbidden')
        if (isBadPassword(password) || namedSo(state, username.toLowerCase())) return refused('invalid')
        const made = { ...blank(), key, username: username.toLowerCase(), password, role: 'user' }
        // its id is not told, and read from the database
        return allowed((after) => add(after, { ...made, isPending: true, grants: new Map() }))
      }),
  }
}

/** `accounts.list`: who is there, and what its reader may do with each is neither more nor less than what is then allowed. */
export function list(makings: Makings): Act {
  const actor = anyActor(makings)
  return {
    actor,
    hostWindow: false,
    procedure: 'accounts.list',
    input: {},
    judge: (state) =>
      verdict(state, { actor, gate: { may: 'administer', operator: true } }, () =>
        allowed((_, { value }) => {
          const expected = everybody(state).map(
            (target) => [target.username, mayWith(state, target)] as const,
          )
          const told = JSON.stringify(rowsOf(value))
          const right = JSON.stringify(Object.entries(Object.fromEntries(expected.sort(byName))))
          if (told !== right) throw new Error(`the panel tells ${told} instead of ${right}`)
        }),
      ),
  }

  function mayWith(state: State, target: Account) {
    const by = standingOf(state, actor)
    const self = by.kind === 'account' && by.account.key === target.key
    const isSuperAdmin = isSuper(state, actor)
    const edit = self || isSuperAdmin || !target.superAdmin
    return {
      edit,
      demote: edit && !self,
      setSuperAdmin: isSuperAdmin && !self,
      setAllowances: edit && (isSuperAdmin || !self),
      clearTotp: target.totp !== null && mayClear(state, actor, target),
      resetPassword: self || !isSuperAdmin ? (edit ? 'with-current' : 'no') : 'freely',
    }
  }
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1

interface Listed {
  accounts: { username: string; may: Record<string, unknown> }[]
}

function rowsOf(value: unknown): [string, unknown][] {
  const { accounts } = value as Listed // dispatch has parsed it by this procedure's schema
  return accounts.map(({ username, may }) => {
    const { edit, demote, setSuperAdmin, setAllowances, clearTotp, resetPassword } = may
    return [username, { edit, demote, setSuperAdmin, setAllowances, clearTotp, resetPassword }] as [
      string,
      unknown,
    ]
  })
}
