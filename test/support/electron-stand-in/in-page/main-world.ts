import type { makeBridge as MakeBridge } from './bridge.ts'
import type { makeParcels as MakeParcels } from './parcels.ts'

/**
 * The page's own half: receives what the preload exposes, and reports `window.open`, which Chromium without a
 * window of its own would swallow. Self-contained: this function's text runs in the page, before its scripts.
 */
export function setUpMainWorld(
  makeBridge: typeof MakeBridge,
  makeParcels: typeof MakeParcels,
  token: string,
): void {
  const freeze = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value
    for (const part of Object.values(value)) freeze(part)
    return Object.freeze(value)
  }
  const bridge = makeBridge(makeParcels, token, 'main', {
    put: (key, api) => {
      if (key in window)
        throw new Error('Cannot bind an API on top of an existing property on the window object')
      Object.defineProperty(window, key, { value: freeze(api), enumerable: true })
    },
    opened: () => {},
  })
  window.open = (url = '', name = '', features = '') => {
    const address = url === '' ? 'about:blank' : new URL(url, document.baseURI).href
    bridge.askToOpen([address, String(name), String(features)])
    return null
  }
}
