import { vi } from 'vitest'
import { followScreen } from '../../electron/domain/accounts/screen.ts'
import { principalOf } from '../../electron/domain/accounts/sessions.ts'
import { allFollowScreen } from '../../electron/doors/screen.ts'
import { type KeptSessions, Seats } from '../../electron/doors/seats.ts'
import { Visitor } from '../../electron/doors/visitor.ts'
import { type AccountsHousehold, PASSWORD } from './accounts.ts'

/** A computer with windows of Mantel's own; what it keeps outlives a program. */
export function computer(home: AccountsHousehold, { mayRemember = true } = {}) {
  let kept: KeptSessions = { tokens: [], last: null }
  let device: string | null = null
  let follow: (screen: 'locked' | 'unlocked') => Promise<void> = async () => {}
  const program = () => {
    const seats = new Seats({ mayRemember, kept, keep: (next) => (kept = next) })
    const { services } = home
    const visitors: Visitor[] = []
    const core = {
      dispatch: home.call,
      authenticate: (token: string | null) => principalOf(services.db, services.clock, token),
      followScreen: (token: string, screen: 'locked' | 'unlocked') => followScreen(services, token, screen),
      hints: services.hints,
      live: services.live,
      log: services.log,
    }
    follow = (screen) => allFollowScreen({ core, seats, visitors }, screen)
    return function openWindow() {
      const onChange = vi.fn()
      const visitor = new Visitor({
        core,
        seats,
        device: { read: () => device, write: (token) => (device = token) },
        pickFolder: async () => null,
        onChange,
      })
      visitors.push(visitor)
      const ask = async (name: string, input: object = {}) =>
        home.outcome(await visitor.caller(), name, input)
      return {
        visitor,
        onChange,
        ask,
        logIn: (username: string, remember = false) =>
          ask('session.login', { username, password: PASSWORD, remember }),
        async who() {
          const { principal } = await visitor.caller()
          return 'username' in principal ? `${principal.kind} ${principal.username}` : principal.kind
        },
        async known() {
          const { accounts, ...rest } = await home.get(await visitor.caller(), 'session.known', {})
          const remembered = accounts.filter((one) => one.remembered).map(({ username }) => username)
          return { ...rest, all: accounts.map(({ username }) => username).sort(), remembered }
        },
      }
    }
  }
  /** `follow`: the computer's screen locks or unlocks while the latest program runs */
  return { program, kept: () => kept, follow: (screen: 'locked' | 'unlocked') => follow(screen) }
}
