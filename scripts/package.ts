/**
 * `npm run package [-- --output DIR]`: the program as a folder, made without network. Around Electron's real runtime
 * where that is installed; elsewhere (on Linux) around a dummy, so that what goes into the archive is tested everywhere.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeDummyRuntime } from './dummy-runtime.ts'
import { findElectron } from './electron-runtime.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { output } = parseArgs({ options: { output: { type: 'string' } } }).values

if (!existsSync(join(root, 'out', 'main', 'main.js'))) {
  console.error('Nothing is built yet: run `npm run build` first.')
  process.exitCode = 1
} else {
  const runtime = findElectron()
  if (runtime) process.exitCode = pack(runtime.folder)
  else if (process.platform === 'linux') process.exitCode = await packAroundDummy()
  else {
    console.error(
      "Electron's runtime is not installed: run `npx install-electron` where its releases can be reached.",
    )
    process.exitCode = 1
  }
}

async function packAroundDummy(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-runtime-'))
  try {
    await makeDummyRuntime(folder)
    const status = pack(folder)
    if (status === 0)
      console.log("Packaged around a dummy: Electron's runtime is not installed. It will not start.")
    return status
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns the packager's exit code */
function pack(electronDist: string): number {
  const cli = join(dirname(createRequire(import.meta.url).resolve('electron-builder/package.json')), 'cli.js')
  const options = [
    `--config.electronDist=${electronDist}`,
    ...(output ? [`--config.directories.output=${output}`] : []),
  ]
  const { status } = spawnSync(process.execPath, [cli, '--dir', '--publish', 'never', ...options], {
    cwd: root,
    stdio: 'inherit',
  })
  return status ?? 1
}
