import { inOwnWindow } from './transport.ts'

const CHANNEL = 'mantel-session'

/** Throws away everything this window holds of the last account, by loading the page anew. */
export function startAgain(): void {
  location.replace('/')
}

/**
 * After a login, a logout or the set-up: in a browser this tab and all others of it start again. In Mantel's own
 * window the main process replaces the whole view, so nothing is left to do.
 */
export function sessionChanged(): void {
  if (inOwnWindow) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('changed')
  channel.close()
  startAgain()
}

/** Starts this tab again when another tab of the browser logs in or out; returns the function that ends it. */
export function followOtherTabs(): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = startAgain
  return () => channel.close()
}
