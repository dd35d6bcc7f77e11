import './lib/thread-pool.ts'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { app } from 'electron'
import { unusable } from './db/unusable.ts'
import { registerAppScheme } from './doors/app-protocol.ts'
import { defaultDataDirectory } from './lib/data-directory.ts'
import { boot, cannotStart } from './shell/boot.ts'

// The steps of Electron's start, in the order that it demands.

const given = parseArgs({ strict: false, allowPositionals: true, options: { data: { type: 'string' } } })
  .values.data
const machine = { platform: process.platform, home: homedir(), environment: process.env }
const dataDir = resolve(typeof given === 'string' ? given : defaultDataDirectory(machine))

function start(): void {
  // Chromium's own files, and the lock: one program per household. Electron takes only folders that are there.
  const windowFolder = join(dataDir, 'window')
  mkdirSync(windowFolder, { recursive: true, mode: 0o700 })
  app.setPath('userData', windowFolder)
  registerAppScheme()
  if (app.requestSingleInstanceLock()) {
    const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url))
    app
      .whenReady()
      .then(() => boot({ dataDir, preload }))
      .catch(cannotStart)
  } else {
    app.quit()
  }
}

try {
  start()
} catch (error) {
  cannotStart(unusable(dataDir, error))
}
