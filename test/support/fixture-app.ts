import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = `
import { app, BaseWindow, ipcMain, protocol, session, WebContentsView } from 'electron'
import { join } from 'node:path'
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }])
app.on('window-all-closed', () => app.quit())
ipcMain.handle('echo', (event, value) => value)
ipcMain.handle('sender', (event) => event.senderFrame.url)
ipcMain.handle('fail', () => { throw new TypeError('no such picture') })
ipcMain.handle('function', () => ({ f: () => 1 }))
ipcMain.handle('push', (event) => event.sender.send('pushed', { at: new Date(5) }))
app.whenReady().then(() => {
  const partition = session.fromPartition('one')
  partition.protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/where') return Response.json({ url: request.url, origin: request.headers.get('origin') })
    const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'self' app:" }
    return new Response('<!doctype html><title>fixture</title><h1>Fixture</h1><a href="https://example.com/away">away</a>', { headers })
  })
  const window = new BaseWindow({ width: 640, height: 480 })
  const view = new WebContentsView({ webPreferences: { preload: join(import.meta.dirname, 'preload.cjs'), session: partition } })
  view.webContents.setWindowOpenHandler(({ url }) => { globalThis.popup = url; return { action: 'deny' } })
  view.webContents.on('will-navigate', (event, url) => { globalThis.away = url; event.preventDefault() })
  window.on('closed', () => view.webContents.close())
  window.contentView.addChildView(view)
  view.setBounds({ x: 0, y: 0, width: 640, height: 480 })
  void view.webContents.loadURL('app://fixture/index.html')
})
`

const preload = `
const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('fixture', {
  call: (channel, value) => ipcRenderer.invoke(channel, value),
  subscribe: (listener) => ipcRenderer.on('pushed', (event, value) => listener(value)),
  same: (value) => value,
})
`

/** A tiny Electron app on disk: one window on `app://fixture`, in the session `one`. */
export interface FixtureApp {
  folder: string
  remove(): void
}

/**
 * Writes the fixture app to a temporary folder, with one fault.
 * @param fault rewrites the text of the main module or of the preload; it must change something
 */
export function writeFixtureApp(
  fault: { main?: (text: string) => string; preload?: (text: string) => string } = {},
): FixtureApp {
  const folder = mkdtempSync(join(tmpdir(), 'mantel-fixture-'))
  const manifest = { name: 'fixture', version: '1.0.0', type: 'module', main: 'main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'main.js'), withFault(main, fault.main))
  writeFileSync(join(folder, 'preload.cjs'), withFault(preload, fault.preload))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function withFault(text: string, fault: ((text: string) => string) | undefined): string {
  const changed = fault ? fault(text) : text
  if (fault && changed === text) throw new Error('the fault changed nothing')
  return changed
}
