import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import { findElectron } from '../../../scripts/electron-runtime.ts'
import type { Driver } from './door.ts'
import { Pages } from './pages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const runtime = findElectron()

/** Electron itself, where its runtime is installed. */
export const electronDriver: Driver = {
  name: 'electron',
  lacking: runtime ? null : "Electron's runtime is not installed",
  async start(dataDir) {
    if (!runtime) throw new Error("Electron's runtime is not installed")
    const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const app = await _electron.launch({
      executablePath: runtime.executable,
      args: [...sandbox, root, '--data', dataDir],
    })
    let logs = ''
    for (const stream of [app.process().stdout, app.process().stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        logs += chunk
      })
    }
    const pages = new Pages()
    for (const page of app.windows()) pages.add(page)
    app.on('window', (page) => pages.add(page))
    const openWindow = async () => {
      const window = pages.window()
      await window.page()
      return window
    }
    return {
      ...(await openWindow()),
      setupCode: null,
      logs: () => logs,
      complaints: () => [
        ...pages.errors(),
        ...logs.split('\n').filter((line) => /Unable to load preload/.test(line)),
      ],
      // Playwright's own types take functions of one argument pair; the stand-in's are a subset of these modules
      evaluate: (run, argument) => app.evaluate(run as never, argument as never),
      openSecondWindow: async () => {
        await app.evaluate(({ Menu }) =>
          Menu.getApplicationMenu()?.getMenuItemById('file.new-window')?.click(),
        )
        return openWindow()
      },
      close: () => app.close(),
    }
  },
}
