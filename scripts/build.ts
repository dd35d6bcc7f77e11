/**
 * npm's `prepare`: builds `out/` after `npm ci`, so that `mantel` and `npm start` work at once. Where the build
 * tools were left out (`npm ci --omit=dev`) there is nothing to build with, which is said and is no failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundler = fileURLToPath(new URL('../node_modules/electron-vite/bin/electron-vite.js', import.meta.url))

if (existsSync(bundler)) {
  const args = [bundler, 'build', '--logLevel', 'warn']
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  console.log('mantel: not built, because the development packages are not installed')
}
