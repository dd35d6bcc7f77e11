/** Holds a session's token; ends with the session. */
export const SESSION_COOKIE = 'mantel_session'
/** Holds the token by which a device is known at later logins. */
export const DEVICE_COOKIE = 'mantel_device'
export const DEVICE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60

interface CookieOptions {
  maxAgeSeconds: number
  /** sent over TLS alone */
  secure: boolean
}

/** A `Set-Cookie` line: out of reach for scripts and never sent along with another site's requests. */
export const cookieLine = (name: string, value: string, { maxAgeSeconds, secure }: CookieOptions): string =>
  `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

/** The token in a cookie, or null where it is missing or has not the form of a token (URL-safe base64). */
export function readToken(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined && /^[\w-]{20,100}$/.test(value)) return value
  }
  return null
}
