import type { decode as Decode, encode as Encode } from './codec.ts'
import type { ToMain, ToPage } from './messages.ts'

/**
 * `ipcRenderer`, and how messages for it are received. Self-contained: this function's text runs in the isolated
 * world.
 */
export function makeIpcRenderer(
  encode: typeof Encode,
  decode: typeof Decode,
  toMain: (message: ToMain) => void,
) {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners: { channel: string; listener: (...args: unknown[]) => void; once: boolean }[] = []
  let lastId = 0

  const forget = (channel: string, listener?: unknown) => {
    for (let at = listeners.length - 1; at >= 0; at--) {
      const known = listeners[at]
      if (known?.channel === channel && (!listener || known.listener === listener)) listeners.splice(at, 1)
    }
  }
  const ipcRenderer = {
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
  }
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
  return { ipcRenderer, receive }
}
