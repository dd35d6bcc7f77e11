import type { Bridge } from '../electron/contract/bridge.ts'
import { createBrowserTransport } from './transport-browser.ts'

declare global {
  interface Window {
    /** put there by Electron's preload; absent in browsers */
    mantel?: Bridge
  }
}

/** True in Mantel's own window, where the main process replaces the whole view after login, logout and set-up. */
export const inOwnWindow = window.mantel !== undefined

/** The way to the server: Electron's bridge, else HTTP. Nothing else in the renderer knows which. */
export const transport: Bridge = window.mantel ?? createBrowserTransport()
