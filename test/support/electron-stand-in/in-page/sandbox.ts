import type { makeBridge as MakeBridge } from './bridge.ts'
import type { decode as Decode, encode as Encode } from './codec.ts'
import type { makeIpcRenderer as MakeIpcRenderer } from './ipc-renderer.ts'
import type { ToMain } from './messages.ts'
import type { makeParcels as MakeParcels } from './parcels.ts'

/** What the isolated world is made of; the functions arrive as text, being self-contained. */
export interface Materials {
  encode: typeof Encode
  decode: typeof Decode
  makeBridge: typeof MakeBridge
  makeParcels: typeof MakeParcels
  makeIpcRenderer: typeof MakeIpcRenderer
  token: string
  /** name of the function that Chromium gave the isolated world, and it alone */
  binding: string
  process: { platform: string; arch: string; versions: object; argv: string[] }
}

/**
 * What a sandboxed preload finds: a `require` that knows `electron` alone, and a small `process`. Self-contained:
 * this function's text runs in the isolated world.
 */
export function setUpSandbox(materials: Materials) {
  const { encode, decode, makeBridge, makeParcels, makeIpcRenderer, token, binding, process } = materials
  const world: Record<string, unknown> = Object(globalThis)
  const post = world[binding] as (text: string) => void // Runtime.addBinding made it
  const toMain = (message: ToMain) => post(JSON.stringify(message))
  const only = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key)
        throw new Error(`[stand-in] ${name}.${key} is not implemented`)
      },
    })
  const { ipcRenderer, receive } = makeIpcRenderer(encode, decode, toMain)
  const bridge = makeBridge(makeParcels, token, 'isolated', {
    put: () => {}, // nothing is exposed in this direction
    opened: (detail) => toMain({ kind: 'open', detail }),
  })
  const electron = only('electron (in a preload)', {
    ipcRenderer: only('ipcRenderer', ipcRenderer),
    contextBridge: only('contextBridge', { exposeInMainWorld: bridge.expose }),
  })
  const ownProcess = { ...process, type: 'renderer', sandboxed: true, contextIsolated: true }
  return {
    receive,
    process: only('process (in a preload)', ownProcess),
    require: (name: string) => {
      if (name === 'electron' || name === 'electron/renderer') return electron
      throw new Error(`module not found: ${name}`) // Electron's words
    },
  }
}
