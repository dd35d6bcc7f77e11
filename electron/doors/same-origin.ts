/**
 * True if a browser says that another site made this request: by `Sec-Fetch-Site` (another port of this host is `same-site`
 * and no better) or by `Origin`. Programs that are no browsers send neither.
 */
export function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  const origin = request.headers.get('origin')
  return origin !== null && !isSameOrigin(origin, request.url)
}

/** Compares scheme and host: `URL.origin` is `null` for every custom scheme, so all of them would look alike. */
function isSameOrigin(origin: string, url: string): boolean {
  if (!URL.canParse(origin)) return false
  const theirs = new URL(origin)
  const ours = new URL(url)
  return theirs.protocol === ours.protocol && theirs.host === ours.host
}
