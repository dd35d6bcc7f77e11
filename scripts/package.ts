/**
 * `npm run package [-- --output DIR]`: the program as a folder, made without network. Around Electron's real runtime
 * where that is installed; elsewhere (on Linux) around a dummy, so that what goes into the archive is tested everywhere.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { makeDummyRuntime } from './dummy-runtime.ts'
import { findElectron } from './electron-runtime.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { output } = parseArgs({ options: { output: { type: 'string' } } }).values

if (!existsSync(join(root, 'out', 'main', 'main.js'))) {
  console.error('Nothing is built yet: run `npm run build` first.')
  process.exitCode = 1
} else {
  const runtime = findElectron()
  if (runtime) await pack(runtime.folder)
  else if (process.platform === 'linux') await packAroundDummy()
  else {
    console.error(
      "Electron's runtime is not installed: run `npx install-electron` where its releases can be reached.",
    )
    process.exitCode = 1
  }
}

async function packAroundDummy(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-runtime-'))
  try {
    await makeDummyRuntime(folder)
    await pack(folder)
    console.log("Packaged around a dummy: Electron's runtime is not installed. It will not start.")
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function pack(electronDist: string): Promise<void> {
  const directories = output ? { directories: { output } } : {}
  await build({ dir: true, publish: 'never', projectDir: root, config: { electronDist, ...directories } })
}
