import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An installed runtime of Electron. */
export interface ElectronRuntime {
  /** holds the whole runtime */
  folder: string
  executable: string
}

const executables: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * Electron's runtime: where `ELECTRON_OVERRIDE_DIST_PATH` says, else in its npm package. Only looks; importing that
 * package would start a download that can take for ever.
 */
export function findElectron(): ElectronRuntime | null {
  const inPackage = fileURLToPath(new URL('../node_modules/electron/dist', import.meta.url))
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || inPackage
  const executable = join(folder, executables[process.platform] ?? 'electron')
  return existsSync(executable) ? { folder, executable } : null
}
