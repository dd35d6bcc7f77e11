import { linkPath } from '../contract/values.ts'

/** The scheme of addresses that the system hands to Mantel. */
export const DEEP_LINK_SCHEME = 'mantel'

/** The page that a deep link opens: `/s/<token>` for `mantel://s/<token>`. Null for everything else: anybody may write such an address. */
export function pageOf(address: string): string | null {
  const [, token] = /^mantel:\/\/s\/([\w-]{20,100})\/?$/.exec(address) ?? []
  return token === undefined ? null : linkPath(token)
}

/** The page that a start asks for, by what the system put behind the program's name. */
export const pageAmong = (argv: readonly string[]): string | null =>
  argv.map(pageOf).find((page) => page !== null) ?? null

/** The page of a link that somebody left to log in, by the address at which they do; null where they log in for something else. */
export function leftToLogIn(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { pathname, search } = new URL(address)
  return search === '?login' && /^\/s\/[\w-]{20,100}$/.test(pathname) ? pathname : null
}
