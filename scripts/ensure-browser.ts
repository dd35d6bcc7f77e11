/**
 * Makes sure that the end-to-end suite has a Chromium to run in. Where none is found: Debian's own package when this
 * runs as root on Debian or Ubuntu, else the build that Playwright keeps.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findBrowser } from '../test/support/browser.ts'

if (!(await findBrowser())) install()
if (!(await findBrowser())) {
  console.error('No Chromium could be installed. Install one, or name it in MANTEL_CHROMIUM.')
  process.exitCode = 1
}

function install(): void {
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/etc/debian_version')) {
    run('apt-get', ['update', '-qq'])
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])) return
  }
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  run(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium'])
}

function run(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}
