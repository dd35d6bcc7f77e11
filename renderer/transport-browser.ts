import type { Bridge } from '../electron/contract/bridge.ts'
import type { Result } from '../electron/contract/errors.ts'
import { UNREACHABLE } from '../electron/contract/values.ts'
import { setReachable } from './connection.ts'
import { subscribeShared } from './shared-events.ts'

const isResult = (body: unknown): body is Result<unknown> =>
  typeof body === 'object' && body !== null && 'ok' in body && typeof body.ok === 'boolean'

/** One procedure call over HTTP. */
async function callOverHttp(name: string, input: unknown): Promise<Result<unknown>> {
  try {
    const response = await fetch(`/rpc/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-mantel': '1' },
      credentials: 'same-origin',
      body: JSON.stringify(input),
    })
    const body: unknown = await response.json()
    // a proxy in between may answer in the server's place, in a form of its own
    if (!isResult(body)) return { ok: false, error: UNREACHABLE }
    setReachable(true)
    return body
  } catch {
    setReachable(false)
    return { ok: false, error: UNREACHABLE }
  }
}

/** The bridge of a browser tab: POST for calls, one event stream shared by all its tabs. */
export const createBrowserTransport = (): Bridge => ({ call: callOverHttp, subscribe: subscribeShared })
