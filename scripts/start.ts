/**
 * `npm start [-- --demo] [-- --data DIR] [-- --port N]`: Mantel's window. Where Electron's runtime can't be had, says so
 * and opens the same app in a browser from the headless server, whose address is printed.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findBrowser } from '../test/support/browser.ts'
import { findElectron } from './electron-runtime.ts'
import { run, runSilently, started } from './programs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const commandLine = join(root, 'out', 'main', 'cli.js')

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: { demo: { type: 'boolean', default: false }, data: text, port: text },
})

if (!existsSync(commandLine)) await run(process.execPath, [join(root, 'scripts', 'build.ts')])
if (!existsSync(commandLine)) process.exitCode = 1
else if (values.demo) await startDemo()
else process.exitCode = await start(values.data)

async function startDemo(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-demo-'))
  try {
    const [data, pictures] = [join(folder, 'data'), join(folder, 'pictures')]
    const demo = [commandLine, 'demo', '--data', data, '--pictures', pictures]
    process.exitCode = (await run(process.execPath, demo)) || (await start(data))
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** @returns the exit code of what was started, once it has ended */
async function start(dataDir: string | undefined): Promise<number> {
  const data = dataDir ? ['--data', dataDir] : []
  const electron = findElectron()
  if (electron && hasDisplay()) return run(electron.executable, [root, ...data])
  const lacking = electron ? 'There is no display for a window' : "Electron's runtime is not installed"
  console.log(`${lacking}, so the same app is served to a browser.`)
  return serve([...data, ...(values.port ? ['--port', values.port] : values.demo ? ['--port', '0'] : [])])
}

async function serve(options: string[]): Promise<number> {
  const server = started(process.execPath, [commandLine, 'serve', ...options])
  const address = await server.firstMatch(/https?:\/\/[^\s/]+:\d+/)
  const browser = address && hasDisplay() ? await findBrowser() : null
  if (!address || !browser) return server.ended
  const profile = await mkdtemp(join(tmpdir(), 'mantel-browser-'))
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const flags = ['--no-first-run', '--no-default-browser-check', `--user-data-dir=${profile}`, ...sandbox]
  const window = runSilently(browser, [`--app=${address}`, ...flags])
  await Promise.race([window, server.ended])
  server.stop() // closing the window ends the program, as it would end Electron
  const status = await server.ended
  await window
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  return status
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}
