import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { StandInApp } from '../support/electron-stand-in/launch.ts'
import { writeFixtureApp } from '../support/fixture-app.ts'

/** The stand-in must let a sound app pass, and fail an unsound one as Electron would. `docs/stand-in.md` lists both. */
declare global {
  // what the fixture app's preload exposes
  var fixture: {
    call(channel: string, value?: unknown): Promise<unknown>
    subscribe(listener: (value: { at: Date }) => void): void
    same(value: unknown): unknown
  }
  var popup: string | undefined
  var away: string | undefined
}

type Fault = Parameters<typeof writeFixtureApp>[0]
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function start(fault?: Fault): Promise<StandInApp> {
  const { folder, remove } = writeFixtureApp(fault)
  cleanUps.push(remove)
  const app = await StandInApp.launch(folder, [`--user-data-dir=${join(folder, 'data')}`])
  cleanUps.push(() => app.close())
  return app
}

async function startWithPage(fault?: Fault): Promise<{ app: StandInApp; page: Page }> {
  const app = await start(fault)
  await expect.poll(() => app.pages().length).toBe(1)
  const [page] = app.pages()
  if (!page) throw new Error('no page')
  await page.waitForSelector('h1')
  return { app, page }
}

describe('a sound app', () => {
  test('gets values through the preload as structured cloning leaves them', async () => {
    const { app, page } = await startWithPage()
    const seen = await page.evaluate(async () => {
      const shared = { n: 1 }
      const sent = {
        date: new Date(5),
        map: new Map([['k', new Set([1])]]),
        none: undefined,
        a: shared,
        b: shared,
      }
      const back = (await fixture.call('echo', sent)) as typeof sent // `echo` returns what it got
      const bytes = (await fixture.call('echo', new Uint8Array([1, 255]).subarray(1))) as Uint8Array // likewise
      return [back.date instanceof Date, back.map.get('k')?.has(1), 'none' in back, back.b.n, bytes[0]]
    })
    expect(seen).toEqual([true, true, true, 1, 255])
    expect(app.logs).toBe('')
  })

  test('sees its own address, origin and sender', async () => {
    const { page } = await startWithPage()
    expect(await page.evaluate(() => fixture.call('sender'))).toBe('app://fixture/index.html')
    const where = await page.evaluate(async () => (await fetch('/where', { method: 'POST' })).json())
    expect(where).toEqual({ url: 'app://fixture/where', origin: 'app://fixture' })
    expect(await page.evaluate(() => isSecureContext)).toBe(true)
  })

  test('pushes to the page, which has no Node and cannot change what was exposed', async () => {
    const { page } = await startWithPage()
    const pushed = await page.evaluate(async () => {
      const heard = new Promise<boolean>((resolve) =>
        fixture.subscribe(({ at }) => resolve(at.getTime() === 5)),
      )
      await fixture.call('push')
      return [await heard, Object.isFrozen(fixture), 'require' in window, 'process' in window]
    })
    expect(pushed).toEqual([true, true, false, false])
  })

  test('prevents navigation and pop-ups', async () => {
    const { app, page } = await startWithPage()
    expect(await page.evaluate(() => window.open('https://example.com/popup'))).toBeNull()
    await expect.poll(() => app.evaluate(() => globalThis.popup)).toBe('https://example.com/popup')
    await page.getByText('away').click()
    await expect.poll(() => app.evaluate(() => globalThis.away)).toBe('https://example.com/away')
    expect(page.url()).toMatch(/\/index\.html$/)
    expect(app.pages()).toHaveLength(1)
  })

  test('is started once: the second start is refused and told to the first', async () => {
    const { folder, remove } = writeFixtureApp({
      main: (text) => `${text}
        globalThis.starts = []
        if (!app.requestSingleInstanceLock()) app.quit()
        app.on('second-instance', (event, argv) => globalThis.starts.push(argv.at(-1)))`,
    })
    cleanUps.push(remove)
    const data = `--user-data-dir=${join(folder, 'data')}`
    const app = await StandInApp.launch(folder, [data])
    cleanUps.push(() => app.close())
    await expect(StandInApp.launch(folder, [data, '--again'])).rejects.toThrow('the main process ended (0)')
    await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'starts'))).toEqual(['--again'])
  })

  test('leaves nothing behind when it ends', async () => {
    const { app } = await startWithPage()
    const profile = await app.evaluate(() => process.pid)
    await app.close()
    expect(await app.ended).toBe(0)
    expect(existsSync(`/proc/${profile}`)).toBe(false)
  })
})

describe('an unsound app fails: ', () => {
  const handle = "partition.protocol.handle('app',"
  const schemes = 'protocol.registerSchemesAsPrivileged'

  test('its handler is registered on another session', async () => {
    const app = await start({
      main: (text) => text.replace(handle, "session.defaultSession.protocol.handle('app',"),
    })
    await expect.poll(() => app.logs).toContain('no protocol.handle for it in this session')
  })

  test('its handler is registered on `protocol` for a window with a partition', async () => {
    const app = await start({ main: (text) => text.replace(handle, "protocol.handle('app',") })
    await expect.poll(() => app.logs).toContain('no protocol.handle for it in this session')
  })

  test('its scheme is registered late', async () => {
    const late = (text: string) =>
      text.replace(schemes, `app.whenReady().then(() => ${schemes}`).replace('])\n', ']))\n')
    const app = await start({ main: late }).catch((error: Error) => ({ logs: error.message }))
    await expect.poll(() => app.logs).toContain('should be called before app is ready')
  })

  test('its scheme is not registered', async () => {
    const fault = (text: string) => text.replace(/protocol\.registerSchemes.*\n/, '')
    await expectEnd({ main: fault }, 'ERR_UNKNOWN_URL_SCHEME')
  })

  test.each(['supportFetchAPI', 'standard'])('its scheme lacks the privilege `%s`', async (privilege) => {
    const { app, page } = await startWithPage({
      main: (text) => text.replace(`${privilege}: true`, `${privilege}: false`),
    })
    await page.evaluate(() => fetch('/where').catch(() => {}))
    await expect.poll(() => app.logs).toContain(privilege)
  })

  test('its scheme is not secure', async () => {
    const { page } = await startWithPage({ main: (text) => text.replace('secure: true', 'secure: false') })
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
  })

  test.each([
    ['requires a module of Node', "require('node:fs')", 'module not found: node:fs'],
    ['requires a package', "require('zod')", 'module not found: zod'],
    ['requires a file beside it', "require('./other.cjs')", 'module not found: ./other.cjs'],
    ['throws', 'null.x', 'Cannot read properties of null'],
    [
      'uses what only the main process has',
      "require('electron').app.getPath('home')",
      'app is not implemented',
    ],
    ['is an ES module', "import 'electron'", 'Unable to load preload script'],
  ])('its preload %s', async (_name, line, complaint) => {
    const { app, page } = await startWithPage({ preload: (text) => `${line}\n${text}` })
    await expect.poll(() => app.logs).toContain('Unable to load preload script')
    expect(app.logs).toContain(complaint)
    expect(await page.evaluate(() => 'fixture' in window)).toBe(false)
  })

  test('its preload hangs the API on its own window', async () => {
    const expose = "contextBridge.exposeInMainWorld('fixture', {"
    const fault = (text: string) =>
      text.replace(expose, 'Object.assign(window, { fixture: {').replace('\n})', '\n}})')
    const { page } = await startWithPage({ preload: fault })
    expect(await page.evaluate(() => 'fixture' in window)).toBe(false)
  })

  test('it passes what cannot be cloned, either way', async () => {
    const { page } = await startWithPage()
    const fails = (channel: string) =>
      page.evaluate((name) => fixture.call(name, () => 1).catch((error: Error) => error.message), channel)
    expect(await fails('echo')).toMatch(/could not be cloned/)
    const answered = await page.evaluate(() =>
      fixture.call('function').catch((error: Error) => error.message),
    )
    expect(answered).toMatch(/^Error invoking remote method 'function': .*could not be cloned/)
  })

  test('it passes a cycle through the bridge', async () => {
    const { page } = await startWithPage()
    const cycle = async () => {
      const value: Record<string, unknown> = {}
      value.self = value
      return await fixture.call('echo', value)
    }
    await expect(page.evaluate(cycle)).rejects.toThrow('RangeError')
  })

  test('nobody handles a channel, or the handler throws', async () => {
    const { page } = await startWithPage()
    const fails = (channel: string) =>
      page.evaluate((name) => fixture.call(name).catch((error: Error) => error.message), channel)
    expect(await fails('nobody')).toMatch(/No handler registered for 'nobody'/)
    expect(await fails('fail')).toBe("Error invoking remote method 'fail': TypeError: no such picture")
  })

  test('two handlers for one channel', () =>
    expectEnd(
      { main: (text) => `${text}\nipcMain.handle('echo', () => 1)` },
      'Attempted to register a second handler',
    ))

  test('a window before ready', () =>
    expectEnd(
      { main: (text) => `${text}\nnew BaseWindow()` },
      'Cannot create BaseWindow before app is ready',
    ))

  test('it waits for ready before its module is evaluated', async () => {
    const fault = (text: string) => text.replace(schemes, `await app.whenReady()\n${schemes}`)
    await expectEnd({ main: fault }, 'the main module is still not evaluated')
  })

  test('it keeps its data in a folder that is not there', async () => {
    const fault = (text: string) => `${text}\napp.setPath('userData', '/no/such/folder')`
    await expectEnd({ main: fault }, "Failed to set path 'userData'")
  })

  test.each([
    ["import { screen } from 'electron'", "does not provide an export named 'screen'"],
    ["import { BrowserWindow } from 'electron'", "does not provide an export named 'BrowserWindow'"],
    ['app.setBadgeCount(1)', 'app.setBadgeCount is not implemented'],
    ['BaseWindow.somethingNew()', 'BaseWindow.somethingNew is not implemented'],
    ["app.getPath('music')", "app.getPath('music') is not implemented"],
  ])('it uses what is not imitated: %s', async (line, complaint) => {
    await expectEnd({ main: (text) => `${text}\n${line}` }, complaint)
  })

  test('a page is not sandboxed', () =>
    expectEnd(
      { main: (text) => text.replace('webPreferences: {', 'webPreferences: { sandbox: false,') },
      'sandbox',
    ))

  test('a window is closed and its page is left', async () => {
    const { app } = await startWithPage({
      main: (text) => text.replace(/window\.on\('closed'.*\n/, '').replace('=> app.quit()', '=> {}'),
    })
    await app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows()[0]?.close())
    await expect.poll(() => app.logs).toContain('call webContents.close()')
  })

  test('a dialog is opened that no test scripted', async () => {
    const { app } = await startWithPage({
      main: (text) => text.replace('import { app', 'import { dialog, app'),
    })
    await expect(app.evaluate(({ dialog }) => dialog.showOpenDialog({}))).rejects.toThrow(
      'no test scripted it',
    )
  })

  async function expectEnd(fault: Fault, complaint: string): Promise<void> {
    const said = await start(fault).then(
      async (app) => `${await app.ended}\n${app.logs}`,
      (error: Error) => error.message,
    )
    expect(said).toContain(complaint)
  }
})
