import { type Act, allowed, anyActor, type Makings, refused, type Verdict, verdict } from './acts.ts'
import { may, mayTable, mayWithPhoto, SEEING, seersOf, sees, timelineOf, type View } from './rights.ts'
import { type Account, type Actor, eyesOf, type Photo, type State, standingOf } from './state.ts'

/** All photos were taken in it. */
export const MONTH = '2024-07'

const ask = (actor: Actor, procedure: string, input: unknown, judge: Act['judge']): Act => ({
  actor,
  hostWindow: false,
  procedure,
  input,
  judge,
})

/** The judgement of an account's own question. */
const asked = (
  state: State,
  actor: Actor,
  gate: Parameters<typeof verdict>[1]['gate'],
  look: (account: Account) => Verdict,
) =>
  verdict(state, { actor, gate }, () => {
    const eyes = eyesOf(standingOf(state, actor))
    return eyes ? look(eyes) : refused('forbidden')
  })

function requireEqual(what: string, told: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(told), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`)
}

/** Who one is, and all one may do. */
export const me = (actor: Actor): Act =>
  ask(actor, 'session.me', {}, (state) =>
    asked(state, actor, { atAll: true, seated: true }, (account) =>
      allowed((_, { value }) => {
        const told = value as Me // dispatch has parsed it by this procedure's schema
        const { id, role, superAdmin, mustChange, grants } = account
        const isViewing = standingOf(state, actor).kind === 'viewing'
        requireEqual(
          'who one is',
          [told.account.id, told.account.role, told.account.superAdmin],
          [id, role, superAdmin],
        )
        requireEqual('whether it views', told.viewing !== null, isViewing)
        if (!isViewing) requireEqual('what comes first', told.account.mustChangePassword, mustChange)
        requireEqual('how many folders one has', told.folderCount, grants.size)
        for (const [what, held] of Object.entries(mayTable(state, account))) {
          const is = held && (!isViewing || SEEING.includes(what))
          if (told.may[what] !== is) throw new Error(`may ${what}: ${told.may[what]} instead of ${is}`)
        }
      }),
    ),
  )

interface Me {
  account: { id: number; role: string; superAdmin: boolean; mustChangePassword: boolean }
  viewing: object | null
  may: Record<string, boolean>
  folderCount: number
}

/** The judgement of a question about a timeline. */
const askedOfTimeline = (
  state: State,
  actor: Actor,
  view: View,
  check: (value: unknown, expected: readonly number[]) => void,
) =>
  asked(state, actor, { may: 'viewLibrary', looks: true }, (account) => {
    const expected = timelineOf(state, account, view)
    return expected === null ? refused('not_found') : allowed((_, { value }) => check(value, expected))
  })

/** How many photos there are. */
export const months = (actor: Actor, view: View): Act =>
  ask(actor, 'timeline.months', { view }, (state) =>
    askedOfTimeline(state, actor, view, (value, { length: count }) => {
      const told = value as { months: { month: string; count: number }[] } // parsed by this procedure's schema
      requireEqual('months', told.months, count > 0 ? [{ month: MONTH, count }] : [])
    }),
  )

/** Which photos there are. */
export const month = (actor: Actor, view: View): Act =>
  ask(actor, 'timeline.month', { month: MONTH, view }, (state) =>
    askedOfTimeline(state, actor, view, (value, expected) => {
      const { ids } = value as { ids: number[] } // parsed by this procedure's schema
      requireEqual(`photos of ${JSON.stringify(view)}`, ids.toSorted(byNumber), expected.toSorted(byNumber))
    }),
  )

const byNumber = (one: number, other: number) => one - other

interface Described {
  may: Record<string, boolean>
  folder: string
  seenBy: { accountId: number }[]
}

/** One photo by its id, whether or not one may know of it. */
export const photo = (actor: Actor, { id }: Photo): Act =>
  ask(actor, 'photos.get', { id }, (state) =>
    asked(state, actor, { looks: true }, (account) => {
      const found = state.photos.find((one) => one.id === id)
      if (!found || !sees(state, account, found)) return refused('not_found')
      const isViewing = standingOf(state, actor).kind === 'viewing'
      return allowed((_, { value }) => {
        const told = value as Described // parsed by this procedure's schema
        for (const [what, held] of Object.entries(mayWithPhoto(state, account, found))) {
          const is = held && !isViewing
          if (told.may[what] !== is) throw new Error(`may ${what} ${found.name}: not ${is}`)
        }
        const seers = told.seenBy.map(({ accountId }) => accountId)
        requireEqual(
          `who sees ${found.name}`,
          seers.toSorted(byNumber),
          seersOf(state, found).toSorted(byNumber),
        )
        // where folders lie on the host is for those who administer
        if (!may(state, account, 'administer') && told.folder.startsWith('/'))
          throw new Error(`${told.folder} is told`)
      })
    }),
  )

/** Its bytes: small ones for whoever sees it, the file itself where downloading is allowed. */
export const bytes = (actor: Actor, { id }: Photo, kind: 'thumb' | 'preview' | 'original'): Act =>
  ask(actor, 'media.open', { kind, id, version: '1' }, (state) =>
    asked(state, actor, { looks: true }, (account) => {
      const found = state.photos.find((one) => one.id === id)
      if (!found || !sees(state, account, found)) return refused('not_found')
      if (kind !== 'original') return allowed()
      const isViewing = standingOf(state, actor).kind === 'viewing'
      if (isViewing || !may(state, account, 'download')) return refused('forbidden')
      return state.offline.has(found.folder) ? refused('unavailable') : allowed()
    }),
  )

/** Somebody looks at something. */
export function anyLook(makings: Makings): Act {
  const { state, dice } = makings
  const actor = anyActor(makings)
  const view = anyView(makings)
  const one = dice.pick(state.photos)
  const kind = dice.pick(['thumb', 'thumb', 'preview', 'original'] as const)
  return dice.pick([
    me(actor),
    months(actor, view),
    month(actor, view),
    photo(actor, one),
    bytes(actor, one, kind),
  ])
}

/** One's own, the household's, or somebody's. */
export function anyView({ state, dice }: Pick<Makings, 'state' | 'dice'>): View {
  const view = dice.pick(['mine', 'everyone', 'theirs'] as const)
  return view === 'theirs' ? { accountId: dice.pick([...state.accounts.values()]).id } : view
}
