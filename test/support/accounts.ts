import { OPERATOR } from '../../electron/access/principal.ts'
import type { Caller } from '../../electron/api/caller.ts'
import { principalOf } from '../../electron/domain/accounts/sessions.ts'
import { callerOf, openTestHousehold } from './household.ts'

export const PASSWORD = 'a quiet mantelpiece'
export const OTHER = 'another mantelpiece'
export const operator = callerOf(OPERATOR)

interface Wanted {
  role?: 'admin' | 'user' | 'viewer' | 'guest'
  superAdmin?: boolean
  folders?: { path: string; access: 'read-write' | 'read-only' }[]
  mustChangePassword?: boolean
}

/** A household for tests of accounts, with a clock that the test moves. */
export async function openAccountsHousehold() {
  let now = Date.UTC(2026, 0, 1)
  const household = await openTestHousehold({ clock: () => now })
  const { db, clock } = household.services

  /** Adds an account, a user unless told otherwise; answers its id. */
  const add = async (username: string, wanted: Wanted = {}) =>
    (
      await household.get(operator, 'accounts.create', {
        username,
        password: PASSWORD,
        role: 'user',
        ...wanted,
      })
    ).id

  /** Answers `ok` or the error's code, with the reason where one is given and the fields with theirs. */
  async function outcome(caller: Caller, name: string, input: object) {
    const result = await household.call(caller, name, input)
    if (result.ok) return 'ok'
    const { code, reason, fields } = result.error
    return [code, reason, ...Object.entries(fields ?? {}).flat()].filter(Boolean).join(' ')
  }

  /** A browser: keeps what the door would keep. */
  function browser(address = '127.0.0.1') {
    const kept: { token: string | null; device: string | null } = { token: null, device: null }
    const forget = () => {
      kept.token = null
    }
    const effects: Caller['effects'] = {
      startSession: ({ token }) => {
        kept.token = token
      },
      renewSession: ({ token }) => {
        kept.token = token
      },
      clearView: () => {},
      leaveSession: forget,
      endSession: forget,
      rememberDevice: (token) => {
        kept.device = token
      },
      startVisit: () => {},
    }
    return {
      kept,
      async caller(): Promise<Caller> {
        const principal = await principalOf(db, clock, kept.token)
        return callerOf(principal, { address, deviceToken: kept.device, effects })
      },
      async logIn(username: string, password: string) {
        return outcome(await this.caller(), 'session.login', { username, password })
      },
    }
  }

  return {
    ...household,
    add,
    addSuper: (username: string) => add(username, { role: 'admin', superAdmin: true }),
    outcome,
    browser,
    now: () => now,
    /** Moves the clock, also back. Milliseconds. */
    pass: (ms: number) => {
      now += ms
    },
    /** One account as the operator sees it. */
    async account(id: number) {
      const { accounts } = await household.get(operator, 'accounts.list', {})
      return accounts.find((account) => account.id === id)
    },
  }
}

export type AccountsHousehold = Awaited<ReturnType<typeof openAccountsHousehold>>
