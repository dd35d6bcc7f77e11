import { fileURLToPath } from 'node:url'
import { StandInApp } from '../electron-stand-in/launch.ts'
import type { Driver } from './door.ts'
import { Pages } from './pages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The real bundles under Node, with a Chromium page as the window (docs/stand-in.md). */
export const standInDriver: Driver = {
  name: 'stand-in',
  lacking: process.platform === 'win32' ? 'the stand-in runs on Linux and macOS' : null,
  async start(dataDir) {
    const app = await StandInApp.launch(root, ['--data', dataDir])
    const pages = new Pages()
    app.onPage((page) => pages.add(page))
    const openWindow = async () => {
      const window = pages.window()
      await window.page()
      return window
    }
    return {
      ...(await openWindow()),
      setupCode: null,
      logs: () => app.logs,
      complaints: () => [...pages.errors(), ...app.logs.split('\n').filter(isComplaint)],
      evaluate: (run, argument) => app.evaluate(run, argument),
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

const isComplaint = (line: string) => /\[stand-in\]|Unable to load preload/.test(line)
