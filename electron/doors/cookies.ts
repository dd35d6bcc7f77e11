/** Holds a session's token; ends with the session. */
export const SESSION_COOKIE = 'mantel_session'
/** Stands beside a session's cookie that outlasts the browser, so that a new token of that session does so too. */
export const REMEMBER_COOKIE = 'mantel_remember'
/** Holds the token by which a device is known at later logins. */
export const DEVICE_COOKIE = 'mantel_device'
/** Holds a visitor's token: for all links that the browser has open. */
export const VISITOR_COOKIE = 'mantel_visitor'
export const DEVICE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60

interface CookieOptions {
  /** null: until the browser ends */
  maxAgeSeconds: number | null
  /** sent over TLS alone */
  secure: boolean
}

/** A `Set-Cookie` line: out of reach for scripts and never sent along with another site's requests. */
export const cookieLine = (name: string, value: string, { maxAgeSeconds, secure }: CookieOptions): string =>
  `${name}=${value}; Path=/${maxAgeSeconds === null ? '' : `; Max-Age=${maxAgeSeconds}`}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

/** The token in a cookie, or null where it is missing or has not the form of a token (URL-safe base64). */
export const readToken = (request: Request, name: string): string | null =>
  valuesOf(request, name).find((value) => /^[\w-]{20,100}$/.test(value)) ?? null

/** Whether a request brings a cookie of that name, whatever is in it. */
export const hasCookie = (request: Request, name: string): boolean => valuesOf(request, name).length > 0

function valuesOf(request: Request, name: string): string[] {
  const found: string[] = []
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined) found.push(value)
  }
  return found
}
