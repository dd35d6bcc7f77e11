/**
 * Plays `electron <folder> [arguments]`: loads the app's real main module with `electron` resolved to the stand-in.
 * Started by `launch.ts` with an IPC channel, over which a test evaluates functions in this process.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireBrowser } from '../browser.ts'
import { connect } from './browser.ts'
import { Devtools } from './devtools.ts'
import * as electron from './electron.ts'
import { becomeReady, life, setAppFolder, warn } from './life.ts'
import { targetGone } from './web-contents.ts'

/** A main module takes well under a second; one that waits for `ready` at its top level takes for ever. */
const evaluationMs = 10_000

const { app } = electron
setAppFolder(process.argv[2] ?? '.')
process.argv.splice(0, 2, process.execPath) // then come the folder and the arguments, as Electron has them
Object.assign(process, {
  type: 'browser',
  defaultApp: true,
  resourcesPath: resolve(life.folder, 'resources'),
})
Object.assign(process.versions, { electron: '0.0.0-stand-in' })

const standIn = new URL('electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/main|\/common)?$/.test(specifier)
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context),
})

const devtools = new Devtools(await requireBrowser(), () => {
  if (life.quitting) return
  warn('Chromium went away')
  app.exit(1)
})
const connected = connect(devtools)
devtools.on('Target.targetDestroyed', ({ targetId }) => targetGone(targetId))
process.once('exit', () => devtools.kill())
process.once('SIGTERM', () => app.quit())
process.once('SIGINT', () => app.quit())
process.once('disconnect', () => app.exit(0)) // the test ended without closing

const { main } = JSON.parse(readFileSync(resolve(life.folder, 'package.json'), 'utf8'))
const impatience = setTimeout(() => {
  warn(
    'the main module is still not evaluated: Electron gets ready only after it, so it must not wait for that',
  )
  app.exit(1)
}, evaluationMs)
await import(pathToFileURL(resolve(life.folder, main)).href)
clearTimeout(impatience)
await connected
becomeReady()
app.emit('ready', {}, {})

process.on('message', async ({ id, code, argument }: { id: number; code: string; argument: unknown }) => {
  const reply = await evaluate(code, argument)
  process.send?.({ kind: 'result', id, ...reply })
})
process.channel?.unref() // only the app keeps this process alive
process.send?.({ kind: 'up', address: await devtools.address })

async function evaluate(code: string, argument: unknown): Promise<{ value: unknown } | { error: string }> {
  try {
    const run = new Function(`return (${code})`)()
    return { value: structuredClone(await run(electron, argument)) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
