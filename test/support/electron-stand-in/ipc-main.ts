import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { refuseTheRest } from './refuse.ts'

type Invoked = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter implements Pick<Electron.IpcMain, 'handle' | 'removeHandler'> {
  readonly #handlers = new Map<string, Invoked>()

  handle(channel: string, handler: Invoked): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
    }
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Answers a page's `invoke`. @throws with Electron's words when nobody handles the channel */
  async answer(channel: string, event: Electron.IpcMainInvokeEvent, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return handler(event, ...args)
  }
}
refuseTheRest('ipcMain', IpcMain.prototype)

/** `electron.ipcMain` */
export const ipcMain = new IpcMain()
