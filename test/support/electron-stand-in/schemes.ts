import type * as Electron from 'electron'
import { life } from './life.ts'

/**
 * Chromium refuses to navigate to a scheme it does not know before anything could intercept it. So the page of
 * `app://mantel/x` is `http://mantel.app.localhost/x`: a secure context without a port, like a scheme registered as
 * `secure`. A scheme that is not `secure` gets `.test`, which is not one.
 */
const privileged = new Map<string, Electron.Privileges>()

/** @throws once the app is ready, as Electron does: Chromium reads the list at its own start */
export function registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
  if (life.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  privileged.clear()
  for (const { scheme, privileges } of schemes) privileged.set(scheme, privileges ?? {})
}

/** What the scheme of an address (without `:`) was registered with; undefined when it was not. */
export function privilegesOf(scheme: string): Electron.Privileges | undefined {
  return privileged.get(scheme)
}

/** `app://mantel/x` → `http://mantel.app.localhost/x`; other addresses are returned as they are. */
export function toChromium(url: string): string {
  return url.replace(/^([a-z][a-z0-9+-]*):\/\/([^/?#:]+)/i, (whole, scheme: string, host: string) => {
    return privileged.has(scheme) ? `http://${host}.${scheme}.${topLevelDomain(scheme)}` : whole
  })
}

/** The way back from {@link toChromium}. */
export function fromChromium(url: string): string {
  const pattern = /^http:\/\/([^/?#:]+)\.([a-z][a-z0-9+-]*)\.(?:localhost|test)(?::80)?(?=[/?#]|$)/i
  return url.replace(pattern, (whole, host: string, scheme: string) => {
    return privileged.has(scheme) ? `${scheme}://${host}` : whole
  })
}

/** The same inside a header's text, where addresses (`app://mantel`) and bare schemes (`app:`) occur. */
export function headerToChromium(value: string): string {
  const addresses = value.replace(/\b[a-z][a-z0-9+-]*:\/\/[a-z0-9.-]+/gi, toChromium)
  return addresses.replace(
    /(^|[\s;])([a-z][a-z0-9+-]*):(?=[\s;]|$)/gi,
    (whole, before: string, scheme: string) => {
      return privileged.has(scheme) ? `${before}http://*.${scheme}.${topLevelDomain(scheme)}` : whole
    },
  )
}

function topLevelDomain(scheme: string): string {
  return privileged.get(scheme)?.secure ? 'localhost' : 'test'
}
