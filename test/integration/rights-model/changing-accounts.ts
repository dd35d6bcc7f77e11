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
import { anyWish, anyWishes, areRefused, grantsOf, inputOf, type Wish, wishesOf } from './folder-wishes.ts'
import { isSuper } from './rights.ts'
import {
  type Account,
  type Actor,
  copyOf,
  endSessions,
  everybody,
  isLastSuperAdminGone,
  KNOWN_ROLES,
  living,
  namedSo,
  type State,
} from './state.ts'

/** What an edit changes, as `accounts.update` takes it. */
interface Change {
  username?: string
  role?: string
  superAdmin?: boolean
  mayLogIn?: boolean
  webdav?: boolean
  mayShare?: boolean
  mustChangePassword?: boolean
  password?: string
}

interface Edit {
  actor: Actor
  hostWindow: boolean
  target: Account
  change: Change
  wishes: Wish[] | undefined
}

type Draw = (
  makings: Makings,
  edit: Omit<Edit, 'change' | 'wishes'>,
) => Pick<Edit, 'change'> & { wishes?: Wish[] }

const mayNameAny = ({ actor, hostWindow }: Pick<Edit, 'actor' | 'hostWindow'>) =>
  hostWindow || actor.kind === 'operator'

/** One kind of edit each, as people make them. */
const DRAWS = {
  role: ({ dice }) => ({ change: { role: dice.pick(dice.in100(96) ? KNOWN_ROLES : ['visitor']) } }),
  flag: (_, { target }) => ({ change: { superAdmin: !target.superAdmin } }),
  demoteSuperAdmin: ({ dice }, { target }) => ({
    change: { superAdmin: false, ...(dice.in100(50) && { role: dice.pick(['user', target.role]) }) },
  }),
  login: (_, { target }) => ({ change: { mayLogIn: !target.mayLogIn } }),
  switches: ({ dice }) => ({
    change: {
      ...(dice.in100(50) && { webdav: dice.in100(50) }),
      ...(dice.in100(50) && { mayShare: dice.in100(50) }),
      ...(dice.in100(20) && { mustChangePassword: dice.in100(60) }),
    },
  }),
  grant: (makings, edit) => ({
    change: {},
    wishes: [...wishesOf(edit.target), anyWish(makings, mayNameAny(edit))],
  }),
  revoke: ({ dice }, { target }) => {
    const wishes = wishesOf(target)
    const taken = dice.below(Math.max(1, wishes.length))
    return { change: {}, wishes: wishes.filter((_, at) => at !== taken) }
  },
  folders: (makings, edit) => ({ change: {}, wishes: anyWishes(makings, mayNameAny(edit)) }),
  password: ({ dice }) => ({ change: { password: anyPassword(dice) } }),
  rename: ({ state, dice }, { target }) => ({
    change: {
      username: dice.in100(80) ? `${target.username.slice(0, 20)}x` : dice.pick(everybody(state)).username,
    },
  }),
  many: (makings, edit) => {
    const { dice } = makings
    return {
      change: {
        role: dice.pick(KNOWN_ROLES),
        superAdmin: dice.in100(50),
        mayLogIn: dice.in100(80),
        webdav: dice.in100(50),
      },
      wishes: anyWishes(makings, mayNameAny(edit)),
    }
  },
} as const satisfies Record<string, Draw>

/** `accounts.update` with one kind of edit. */
export const update =
  (kind: keyof typeof DRAWS) =>
  (makings: Makings): Act => {
    // nobody else may try it with the last one
    const isDemotion = kind === 'demoteSuperAdmin'
    const actor: Actor = isDemotion && makings.dice.in100(40) ? { kind: 'operator' } : anyActor(makings)
    const hostWindow = makings.dice.in100(10)
    const target = isDemotion ? anySuperAdmin(makings) : anyTarget(makings, actor)
    const draw: Draw = DRAWS[kind]
    const { change, wishes } = draw(makings, { actor, hostWindow, target })
    const edit = { actor, hostWindow, target, change, wishes }
    return {
      actor,
      hostWindow,
      procedure: 'accounts.update',
      input: { id: target.id, ...change, ...(wishes && { folders: inputOf(wishes, makings) }) },
      judge: (state) => {
        const isMalformed =
          (change.role !== undefined && !KNOWN_ROLES.includes(change.role)) || isTooShort(change.password)
        const gate = { may: 'administer', operator: true } as const
        return verdict(state, { actor, gate, isMalformed }, () => judgeEdit(state, edit))
      },
    }
  }

/** There is always one, which is what these edits try. */
const anySuperAdmin = ({ state, dice }: Makings) =>
  dice.pick(everybody(state).filter(({ superAdmin }) => superAdmin))

/** What of somebody's standing an edit would make different. */
const standingChanges = (
  target: Account,
  { role, superAdmin, mayLogIn, mustChangePassword, webdav, mayShare }: Change,
) => ({
  role: role !== undefined && role !== target.role,
  flag: superAdmin !== undefined && superAdmin !== target.superAdmin,
  login: mayLogIn !== undefined && mayLogIn !== target.mayLogIn,
  allowed:
    (webdav !== undefined && webdav !== target.webdav) ||
    (mayShare !== undefined && mayShare !== target.mayShare),
  mustChange: mustChangePassword !== undefined && mustChangePassword !== target.mustChange,
})

function judgeEdit(state: State, edit: Edit): Verdict {
  const { actor, hostWindow, change, wishes } = edit
  const target = living(state, edit.target.key)
  if (!target) return refused('not_found')
  const codes: string[] = []
  const self = isSelf(state, actor, target.key)
  const differs = standingChanges(target, change)
  if (!mayEdit(state, actor, target)) codes.push('forbidden')
  if (self && (differs.role || differs.flag || differs.login)) codes.push('forbidden')
  if (self && differs.allowed && !isSuper(state, actor)) codes.push('forbidden')
  if ((differs.flag || differs.mustChange) && !isSuper(state, actor)) codes.push('forbidden')
  if (change.password !== undefined && (self || !isSuper(state, actor))) codes.push('forbidden')
  if (change.password !== undefined && isBadPassword(change.password)) codes.push('invalid')
  const named = change.username === undefined ? undefined : namedSo(state, change.username)
  if (named && named.key !== target.key) codes.push('invalid')
  if (wishes && areRefused(state, wishes, { actor, hostWindow, target })) codes.push('invalid')
  if (codes.length > 0) return refused(...codes)
  const tried = copyOf(state)
  apply(tried, edit)
  return isLastSuperAdminGone(tried) ? refused('conflict') : allowed((after) => apply(after, edit))
}

function apply(state: State, { target: { key }, change, wishes }: Edit): void {
  const target = state.accounts.get(key)
  if (!target) throw new Error('an account is gone from the model')
  const { mustChangePassword, ...rest } = change
  const differs = standingChanges(target, change)
  Object.assign(target, rest)
  if (mustChangePassword !== undefined) target.mustChange = mustChangePassword
  // whoever knew the old password may have a device that is known
  if (change.password !== undefined) target.isDeviceKnown = false
  if (wishes) target.grants = grantsOf(wishes)
  if (wishes?.length || change.role !== undefined) target.isPending = false
  if (differs.role || differs.flag || differs.login || change.password !== undefined) endSessions(state, key)
}
