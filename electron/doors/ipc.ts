import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import { CALL_CHANNEL } from '../contract/ipc.ts'
import { isOwnAddress } from './app-address.ts'
import type { Visitor } from './visitor.ts'

/**
 * The window's door: one channel for all procedures. Who asks is found by the page that sent the message.
 * @param visitorOf whoever sits at the window of a page; undefined for pages that are no window's own
 */
export function handleCalls(visitorOf: (page: WebContents) => Visitor | undefined): void {
  ipcMain.handle(CALL_CHANNEL, (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
    const visitor = visitorOf(event.sender)
    const frame = event.senderFrame
    const trusted = visitor && frame && frame.parent === null && isOwnAddress(frame.url)
    if (!trusted || typeof name !== 'string') throw new Error('refused')
    return visitor.call(name, input)
  })
}
