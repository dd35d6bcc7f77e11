import type { makeBridge as Make } from './bridge.ts'
import type { decode as Decode, encode as Encode } from './codec.ts'

/** A message from the page to the main process, as JSON over the binding. */
export type ToMain =
  | { kind: 'invoke'; id: number; channel: string; args: string }
  | { kind: 'send'; channel: string; args: string }
  | { kind: 'open'; detail: string[] }

/** A message from the main process into the isolated world. */
export type ToPage =
  | { kind: 'event'; channel: string; args: string }
  | { kind: 'reply'; id: number; value: string }
  | { kind: 'reply'; id: number; error: string }

/** What the isolated world is made of; the functions arrive as text, being self-contained. */
export interface Materials {
  encode: typeof Encode
  decode: typeof Decode
  makeBridge: typeof Make
  token: string
  /** name of the function that Chromium gave the isolated world, and it alone */
  binding: string
  process: { platform: string; arch: string; versions: object; argv: string[] }
}

/**
 * What a sandboxed preload finds: a `require` that knows `electron` alone, and a small `process`. Self-contained:
 * this function's text runs in the isolated world.
 */
export function setUpSandbox({ encode, decode, makeBridge, token, binding, process }: Materials) {
  const world: Record<string, unknown> = Object(globalThis)
  const post = world[binding] as (text: string) => void // Runtime.addBinding made it
  const toMain = (message: ToMain) => post(JSON.stringify(message))
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners: { channel: string; listener: (...args: unknown[]) => void; once: boolean }[] = []
  let lastId = 0

  const only = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key)
        throw new Error(`[stand-in] ${name}.${key} is not implemented`)
      },
    })
  const forget = (channel: string, listener?: unknown) => {
    for (let at = listeners.length - 1; at >= 0; at--) {
      const known = listeners[at]
      if (known?.channel === channel && (!listener || known.listener === listener)) listeners.splice(at, 1)
    }
  }
  const ipcRenderer = only('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) => {
      const id = ++lastId
      const reply = Promise.withResolvers<unknown>()
      try {
        toMain({ kind: 'invoke', id, channel, args: encode(args) })
        waiting.set(id, reply)
      } catch (error) {
        reply.reject(error)
      }
      return reply.promise
    },
    send: (channel: string, ...args: unknown[]) => toMain({ kind: 'send', channel, args: encode(args) }),
    on: (channel: string, listener: () => void) => void listeners.push({ channel, listener, once: false }),
    once: (channel: string, listener: () => void) => void listeners.push({ channel, listener, once: true }),
    off: forget,
    removeListener: forget,
    removeAllListeners: (channel: string) => forget(channel),
  })
  const nobody = { put: () => {}, opened: (detail: string[]) => toMain({ kind: 'open', detail }) }
  const bridge = makeBridge(token, 'isolated', nobody)
  const electron = only('electron (in a preload)', {
    ipcRenderer,
    contextBridge: only('contextBridge', { exposeInMainWorld: bridge.expose }),
  })
  const receive = (message: ToPage) => {
    if (message.kind === 'event') {
      const args = decode(message.args) as unknown[] // webContents.send encoded a list
      for (const known of listeners.filter(({ channel }) => channel === message.channel)) {
        if (known.once) forget(known.channel, known.listener)
        known.listener({ sender: ipcRenderer, ports: [] }, ...args)
      }
      return
    }
    const reply = waiting.get(message.id)
    waiting.delete(message.id)
    if ('error' in message) reply?.reject(new Error(message.error))
    else reply?.resolve(decode(message.value))
  }
  return {
    receive,
    process: only('process (in a preload)', {
      ...process,
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
    }),
    require: (name: string) => {
      if (name === 'electron' || name === 'electron/renderer') return electron
      throw new Error(`module not found: ${name}`) // Electron's words
    },
  }
}
