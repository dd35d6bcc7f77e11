import { inOwnWindow } from './transport.ts'

const CHANNEL = 'mantel-session'

/** At a link's address: its visitor asks to log in. */
const LOG_IN = '?login'

/** Where whoever looks at a link without an account logs in, to come back to it. */
export const logInHref = (path: string) => path + LOG_IN

/** Whether somebody is on the way from a link to it as an account. */
export const isLoggingIn = (search: string) => search === LOG_IN || `?${search}` === LOG_IN

const afterLogin = () => (isLoggingIn(location.search) ? location.pathname : '/')

/** Throws away everything this window holds of the last account, by loading the page anew. */
export function startAgain(): void {
  // nothing is to be seen either until the new page is there, or in what the browser may keep of this one
  document.documentElement.hidden = true
  for (const storage of [localStorage, sessionStorage]) storage.clear()
  location.replace(afterLogin())
}

/**
 * After a login, a logout, a lock or the set-up: in a browser this tab and all others of it start again. In Mantel's own
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

/**
 * Keeps the browser's back button from showing this page as it was, whoever is logged in by then: a page that is kept for that shows
 * nothing, and is loaded anew when it comes back. Returns the function that ends it.
 */
export function neverComeBack(): () => void {
  const kept = ({ persisted }: PageTransitionEvent) => {
    if (persisted) document.documentElement.hidden = true
  }
  const back = ({ persisted }: PageTransitionEvent) => {
    if (persisted) location.reload()
  }
  addEventListener('pagehide', kept)
  addEventListener('pageshow', back)
  return () => {
    removeEventListener('pagehide', kept)
    removeEventListener('pageshow', back)
  }
}
