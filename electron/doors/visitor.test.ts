import { expect, test, vi } from 'vitest'
import { accountPrincipal } from '../../test/support/principal.ts'
import { ANONYMOUS, type Principal } from '../access/principal.ts'
import type { Caller } from '../api/caller.ts'
import type { ClientHint } from '../contract/events.ts'
import { StorageError } from '../db/errors.ts'
import { createLive } from '../domain/events/live.ts'
import { createLog } from '../lib/log.ts'
import { Seats } from './seats.ts'
import { Visitor } from './visitor.ts'

const ada = accountPrincipal({ sessionId: 11 })

const visiting = { kind: 'visitor', visits: new Map([[1, 1]]) } as const

/** A household of one account, whose token is `ada's`; `log.in`, `log.out` and `who` are its only procedures. */
function household() {
  const live = createLive()
  const listeners = new Map<Principal, (hint: ClientHint) => void>()
  let deviceToken: string | null = null
  let trouble: Error | undefined
  let revoked = false
  const onChange = vi.fn()
  const visitor = new Visitor({
    core: {
      live,
      log: createLog(() => undefined),
      followScreen: async () => {},
      authenticate: async (token, visitorToken) => {
        if (trouble) throw trouble
        if (token === "ada's" && !revoked) return ada
        return visitorToken === 'a link' ? visiting : ANONYMOUS
      },
      hints: {
        subscribe: (by, listener) => {
          listeners.set(by, listener)
          return () => listeners.delete(by)
        },
      },
      dispatch: async ({ principal, effects, deviceToken, hostWindow }: Caller, name) => {
        if (name === 'log.in') {
          effects.rememberDevice('device')
          effects.startSession({ token: "ada's", accountId: ada.accountId, expiresAt: 0, remember: false })
        }
        if (name === 'link.open') effects.startVisit({ token: 'a link', expiresAt: 0 })
        if (name === 'log.out') {
          effects.endSession()
          live.end([ada.sessionId])
        }
        return { ok: true, value: { who: principal.kind, deviceToken, hostWindow } }
      },
    },
    device: { read: () => deviceToken, write: (token) => (deviceToken = token) },
    seats: new Seats({ mayRemember: false, kept: { tokens: [], last: null }, keep: () => {} }),
    pickFolder: async () => null,
    onChange,
  })
  const revoke = () => {
    revoked = true
    live.end([ada.sessionId])
  }
  const fail = (error: Error) => {
    trouble = error
  }
  return { visitor, live, listeners, onChange, fail, revoke }
}

test('a window starts with nobody, and asks as whoever logged in since', async () => {
  const { visitor, onChange } = household()
  expect(await visitor.call('who', {})).toMatchObject({ value: { who: 'anonymous', deviceToken: null } })
  await visitor.call('log.in', {})
  expect(onChange).toHaveBeenCalledTimes(1)
  expect(await visitor.call('who', {})).toEqual({
    ok: true,
    value: { who: 'account', deviceToken: 'device', hostWindow: true },
  })
})

test('a link that is opened by nobody in particular is followed, until somebody comes', async () => {
  const { visitor, listeners } = household()
  const told = vi.fn()
  const stop = await visitor.follow(told)
  expect(listeners.size).toBe(0)
  await visitor.call('link.open', {})
  expect(await visitor.call('who', {})).toMatchObject({ value: { who: 'visitor' } })
  await vi.waitFor(() => expect([...listeners.keys()]).toEqual([visiting]))
  listeners.get(visiting)?.({ topic: 'shares', revision: 1 })
  expect(told).toHaveBeenCalledTimes(1)
  stop()
  expect(listeners.size).toBe(0)
  await visitor.call('log.in', {})
  await visitor.call('log.out', {})
  expect(await visitor.call('who', {})).toMatchObject({ value: { who: 'anonymous' } })
})

test('where it cannot be looked up who asks, the answer says why', async () => {
  const { visitor, fail } = household()
  fail(new StorageError('full', 'of SQLite'))
  expect(await visitor.call('who', {})).toMatchObject({
    ok: false,
    error: { code: 'unavailable', reason: 'storage_full' },
  })
  fail(new Error('a fault'))
  expect(await visitor.call('who', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
})

test('logging out changes the window once, though the session also ends its live responses', async () => {
  const { visitor, onChange } = household()
  await visitor.call('log.in', {})
  await visitor.follow(() => {})
  onChange.mockClear()
  await visitor.call('log.out', {})
  expect(onChange).toHaveBeenCalledTimes(1)
  expect(await visitor.call('who', {})).toMatchObject({ value: { who: 'anonymous' } })
})

test('a session ended from elsewhere empties the window', async () => {
  const { visitor, revoke, onChange } = household()
  await visitor.call('log.in', {})
  await visitor.follow(() => {})
  onChange.mockClear()
  revoke()
  expect(onChange).toHaveBeenCalledTimes(1)
  expect(await visitor.call('who', {})).toMatchObject({ value: { who: 'anonymous' } })
})

test('hints reach the view until it is replaced, and nobody who is not logged in', async () => {
  const { visitor, listeners, live, onChange } = household()
  await visitor.follow(() => {})
  expect(listeners.size).toBe(0)
  await visitor.call('log.in', {})
  const heard = vi.fn()
  const stop = await visitor.follow(heard)
  listeners.get(ada)?.({ topic: 'library', revision: 1 })
  expect(heard).toHaveBeenCalledWith({ topic: 'library', revision: 1 })
  onChange.mockClear()
  stop()
  expect(listeners.size).toBe(0)
  live.end([ada.sessionId])
  expect(onChange).not.toHaveBeenCalled()
})
