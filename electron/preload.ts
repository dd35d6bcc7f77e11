import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { Bridge } from './contract/bridge.ts'
import type { ClientHint } from './contract/events.ts'
import { CALL_CHANNEL, HINT_CHANNEL } from './contract/ipc.ts'
import { UNREACHABLE } from './contract/values.ts'

/** All that a page of Mantel's window can reach. It is sandboxed and in a world of its own: no Node, no Electron. */
const bridge: Bridge = {
  call: async (name, input) => {
    try {
      return await ipcRenderer.invoke(CALL_CHANNEL, name, input)
    } catch {
      // a page that was just replaced may still ask, and is refused
      return { ok: false, error: UNREACHABLE }
    }
  },
  subscribe: (listener) => {
    const heard = (_event: IpcRendererEvent, hint: ClientHint) => listener(hint)
    ipcRenderer.on(HINT_CHANNEL, heard)
    return () => ipcRenderer.off(HINT_CHANNEL, heard)
  },
}

contextBridge.exposeInMainWorld('mantel', bridge)
