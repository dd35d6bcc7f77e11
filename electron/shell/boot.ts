import { join } from 'node:path'
import { app, dialog, powerMonitor } from 'electron'
import { createCore } from '../core.ts'
import { handleCalls } from '../doors/ipc.ts'
import { openLanDoor } from '../doors/lan-door.ts'
import { openLocalSocket } from '../doors/local-socket.ts'
import { findRendererFolder } from '../doors/renderer-files.ts'
import { createWebApp } from '../doors/web-app.ts'
import { createLog } from '../lib/log.ts'
import { DEEP_LINK_SCHEME, pageAmong, pageOf } from './deep-link.ts'
import { openDeviceMemory } from './device-memory.ts'
import { openKeptSessions } from './kept-sessions.ts'
import { setMenu } from './menu.ts'
import { shellLabels } from './menu-labels.ts'
import { Windows } from './windows.ts'
import { utilitySpawner } from './worker-spawner.ts'

export interface BootOptions {
  /** absolute */
  dataDir: string
  /** absolute; the built preload */
  preload: string
}

/** Everything after `ready`: the household, its doors for windows, the menu, the first window. */
export async function boot({ dataDir, preload }: BootOptions): Promise<void> {
  const log = createLog((line) => console.log(line))
  const core = await createCore({ dataDir, log, spawn: utilitySpawner, environment: process.env })
  const rendererFolder = findRendererFolder()
  const commandLine = await openLocalSocket(core)
  const lan = await openLanDoor({ core, rendererFolder })
  const { seats, written } = await openKeptSessions(join(dataDir, 'window', 'sessions'), log)
  closeBeforeQuitting(async () => {
    core.live.endAll()
    await written()
    await Promise.all([commandLine.close(), lan.close()])
    await core.close()
  })

  const labels = shellLabels(app.getLocale())
  const windows = new Windows({
    core,
    preload,
    device: await openDeviceMemory(join(dataDir, 'window', 'device'), log),
    seats,
    serve: (visitor) => createWebApp({ core, rendererFolder, callerOf: () => visitor.caller() }).fetch,
    pickFolderTitle: labels.chooseFolder,
  })
  handleCalls((page) => windows.visitorOf(page))
  const actions = {
    newWindow: () => windows.open(),
    lock: () => windows.lock(),
    zoom: (step: 'in' | 'out' | 'reset') => windows.zoom(step),
  }
  setMenu(labels, actions, process.platform)
  powerMonitor.on('lock-screen', () => windows.followScreen('locked'))
  powerMonitor.on('unlock-screen', () => windows.followScreen('unlocked'))

  app.on('second-instance', (_event, argv) => windows.showOrOpen(pageAmong(argv)))
  app.on('open-url', (_event, address) => windows.showOrOpen(pageOf(address)))
  app.on('activate', () => windows.showOrOpen())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // elsewhere the installed package tells the system
  if (process.platform === 'win32') app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME)
  windows.open(pageAmong(process.argv) ?? undefined)
}

/** Tells a person why there will be no window, and ends the program. */
export function cannotStart(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error)
  console.error(error)
  dialog.showErrorBox(shellLabels(app.getLocale()).cannotStart, text)
  app.exit(1)
}

/** Lets the household finish what it is writing before the process ends. */
function closeBeforeQuitting(close: () => Promise<void>): void {
  const end = (error?: unknown) => {
    if (error) console.error(error)
    app.exit(error ? 1 : 0)
  }
  let isClosing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (!isClosing) close().then(() => end(), end)
    isClosing = true
  })
}
