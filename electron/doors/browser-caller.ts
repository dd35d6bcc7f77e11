import { type Caller, NO_MEMORY } from '../api/caller.ts'
import type { Core } from '../core.ts'
import {
  cookieLine,
  DEVICE_COOKIE,
  DEVICE_MAX_AGE_SECONDS,
  hasCookie,
  REMEMBER_COOKIE,
  readToken,
  SESSION_COOKIE,
  VISITOR_COOKIE,
} from './cookies.ts'
import { deviceName } from './device-name.ts'
import type { Visit } from './visit.ts'

/** Who asks through a browser: whoever's session its cookie holds. */
export async function callerOf(core: Core, visit: Visit): Promise<Caller> {
  const { request, peer } = visit
  const visitorToken = readToken(request, VISITOR_COOKIE)
  return {
    principal: await core.authenticate(readToken(request, SESSION_COOKIE), visitorToken),
    visitorToken,
    origin: new URL(request.url).origin,
    address: peer?.address ?? 'unknown',
    device: deviceName(request.headers.get('user-agent')),
    deviceToken: readToken(request, DEVICE_COOKIE),
    hostWindow: false,
    effects: effectsOf(visit),
    // a browser holds one session, so nobody can go back to another without the password
    memory: { ...NO_MEMORY, mayRemember: true },
  }
}

function effectsOf({ request, headers }: Visit): Caller['effects'] {
  const secure = new URL(request.url).protocol === 'https:'
  const set = (name: string, value: string, maxAgeSeconds: number | null) =>
    headers.append('set-cookie', cookieLine(name, value, { maxAgeSeconds, secure }))
  const secondsUntil = (time: number) => Math.max(0, Math.floor((time - Date.now()) / 1000))
  const isRemembered = hasCookie(request, REMEMBER_COOKIE)
  // what the browser keeps of the last account's pictures goes with its session
  const clearCache = () => headers.set('clear-site-data', '"cache"')
  const end = () => {
    set(SESSION_COOKIE, '', 0)
    if (isRemembered) set(REMEMBER_COOKIE, '', 0)
    clearCache()
  }
  return {
    startSession: ({ token, expiresAt, remember }) => {
      const seconds = remember ? secondsUntil(expiresAt) : null
      set(SESSION_COOKIE, token, seconds)
      if (remember) set(REMEMBER_COOKIE, '1', seconds)
      else if (isRemembered) set(REMEMBER_COOKIE, '', 0)
      // also where it ran out before anybody logged out
      if (hasCookie(request, SESSION_COOKIE)) clearCache()
    },
    renewSession: ({ token, expiresAt }) =>
      set(SESSION_COOKIE, token, isRemembered ? secondsUntil(expiresAt) : null),
    clearView: clearCache,
    leaveSession: end,
    endSession: end,
    rememberDevice: (token) => set(DEVICE_COOKIE, token, DEVICE_MAX_AGE_SECONDS),
    startVisit: ({ token, expiresAt }) => set(VISITOR_COOKIE, token, secondsUntil(expiresAt)),
  }
}
