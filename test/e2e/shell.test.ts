import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WebContentsView } from 'electron'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import type { Bridge } from '../../electron/contract/bridge.ts'
import { CALL_CHANNEL, HINT_CHANNEL } from '../../electron/contract/ipc.ts'
import type { MonthPayload } from '../../electron/contract/photos.ts'
import { UNREACHABLE } from '../../electron/contract/values.ts'
import { type Door, throughEachDoor } from '../support/doors.ts'
import { StandInApp } from '../support/electron-stand-in/launch.ts'
import { makePicture } from '../support/pictures.ts'

/** What only Mantel's own window has: its preload, its walls, its menu, its single start. */
declare global {
  interface Window {
    mantel?: Bridge
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const account = { username: 'ada', password: 'lovelace engine 1843' }

throughEachDoor(
  (open, name) => {
    test('the window opens and shows the first run', async () => {
      const door = await open()
      const page = await door.pageShowing((shown) => shown.getByRole('heading'))
      expect(new URL(page.url()).pathname).toBe('/')
      expect(await page.evaluate(() => isSecureContext)).toBe(true)
    })

    test('the preload exposes exactly call and subscribe, and no Node', async () => {
      const page = await (await open()).page()
      const found = await page.evaluate(() => ({
        members: Object.keys(window.mantel ?? {}).sort(),
        frozen: Object.isFrozen(window.mantel),
        node: ['require', 'process', 'module', 'Buffer'].filter((global) => global in window),
      }))
      expect(found).toEqual({ members: ['call', 'subscribe'], frozen: true, node: [] })
    })

    test('a page cannot say who it is: calls are answered for the window', async () => {
      const page = await (await open()).page()
      const calls = await page.evaluate(async () => [
        await window.mantel?.call('session.me', {}),
        await window.mantel?.call('session.me', { accountId: 1 }),
        await window.mantel?.call('no.such', {}),
      ])
      expect(calls).toMatchObject([
        { ok: false, error: { code: 'unauthenticated' } },
        { ok: false },
        { ok: false, error: { code: 'not_found' } },
      ])
    })

    test('a page that is no window’s own gets no answer, whatever its preload', async () => {
      const door = await open()
      await door.page()
      const said = await door.evaluate?.(
        async ({ WebContentsView }, preload) => {
          const { webContents } = new WebContentsView({ webPreferences: { preload } })
          await webContents.loadURL('data:text/html,<p>elsewhere</p>')
          const answer = await webContents.executeJavaScript("window.mantel.call('setup.status', {})")
          webContents.close()
          return answer
        },
        join(root, 'out/preload/preload.cjs'),
      )
      expect(said).toEqual({ ok: false, error: UNREACHABLE })
    })

    // as happens to a page that was just replaced, and asks who is here before it is closed
    test('a page whose calls are no longer answered stays as it is', async () => {
      const door = await open()
      await create(door)
      // the page with all that it asked for
      const page = await door.pageShowing((shown) => shown.getByText('Super admin', { exact: true }))
      const shown = await page.locator('#root').innerText()
      await door.evaluate?.(
        ({ BaseWindow, ipcMain }, [calls, hints]) => {
          ipcMain.removeHandler(calls)
          ipcMain.handle(calls, (_event, name: string) => {
            ipcMain.emit(name)
            throw new Error('refused')
          })
          const asked = new Promise<void>((resolve) => ipcMain.once('session.me', () => resolve()))
          for (const { contentView } of BaseWindow.getAllWindows())
            for (const view of contentView.children)
              (view as WebContentsView).webContents.send(hints, { topic: 'session' })
          return asked
        },
        [CALL_CHANNEL, HINT_CHANNEL] as const,
      )
      // answered after it
      await page.evaluate(() => window.mantel?.call('setup.status', {}).catch(() => undefined))
      await page.evaluate(() => new Promise((seen) => setTimeout(() => requestAnimationFrame(seen), 100)))
      expect(await page.locator('#root').innerText()).toBe(shown)
    })

    test('logging in and out replaces the page and everything it kept; the token stays outside', async () => {
      const door = await open()
      const before = await door.page()
      await before.evaluate(() => localStorage.setItem('seen', 'by nobody'))
      await create(door)
      await expect.poll(() => before.isClosed()).toBe(true)
      const inside = await door.page()
      const me = await inside.evaluate(() => window.mantel?.call('session.me', {}))
      expect(me).toMatchObject({ ok: true, value: { account: { username: 'ada' }, hostWindow: true } })
      expect(JSON.stringify(me)).not.toMatch(/token/i)
      expect(await inside.evaluate(() => [localStorage.getItem('seen'), document.cookie])).toEqual([null, ''])
      await inside.evaluate(() => localStorage.setItem('seen', 'by ada'))
      await inside.evaluate(() => void window.mantel?.call('session.logout', {}))
      await expect.poll(() => inside.isClosed()).toBe(true)
      const after = await door.page()
      expect(await after.evaluate(() => localStorage.getItem('seen'))).toBeNull()
      const nobody = await after.evaluate(() => window.mantel?.call('session.me', {}))
      expect(nobody).toMatchObject({ error: { code: 'unauthenticated' } })
    })

    test('a second window is someone else: nobody, in another session', async () => {
      const door = await open()
      await create(door)
      await door.pageShowing((shown) => shown.locator('#root > *'))
      const second = await door.openSecondWindow()
      const page = await second.page()
      const me = await page.evaluate(() => window.mantel?.call('session.me', {}))
      expect(me).toMatchObject({ error: { code: 'unauthenticated' } })
    })

    test('pages can go nowhere and open nothing', async () => {
      const door = await open()
      door.forgive(/example\.com/)
      const page = await door.pageShowing((shown) => shown.locator('#root > *'))
      const address = page.url()
      expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull()
      await page.evaluate(() => {
        const link = document.createElement('a')
        link.href = 'https://example.com/away'
        document.body.append(link)
        link.click()
      })
      const outside = await page.evaluate(() => fetch('https://example.com/').catch(() => 'refused'))
      expect(outside).toBe('refused')
      expect(page.url()).toBe(address)
      expect(await door.evaluate?.(({ BaseWindow }) => BaseWindow.getAllWindows().length)).toBe(1)
      expect(await page.evaluate(() => window.mantel !== undefined)).toBe(true)
    })

    test('the menu has its entries, each with an id', async () => {
      const door = await open()
      await door.page()
      const ids = await door.evaluate?.(({ Menu }) =>
        Menu.getApplicationMenu()?.items.flatMap(({ id, submenu }) => [
          id,
          ...(submenu?.items.filter(({ type }) => type !== 'separator').map((item) => item.id) ?? []),
        ]),
      )
      expect(ids?.filter((id) => id !== 'app')).toEqual([
        ...['file', 'file.new-window', 'file.close-window', 'file.lock', 'file.quit'],
        ...['edit', 'edit.undo', 'edit.redo', 'edit.cut', 'edit.copy', 'edit.paste', 'edit.select-all'],
        ...['view', 'view.zoom-in', 'view.zoom-out', 'view.actual-size', 'view.full-screen'],
      ])
    })

    test('the folder picker is the host’s own, and tells what was chosen', async () => {
      const door = await open()
      await create(door)
      const page = await door.page()
      const pick = () => page.evaluate(() => window.mantel?.call('folders.pick', {}))
      await door.evaluate?.(({ dialog }) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/pictures'] })
      })
      expect(await pick()).toEqual({ ok: true, value: { path: '/pictures' } })
      await door.evaluate?.(({ dialog }) => {
        dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
      })
      expect(await pick()).toEqual({ ok: true, value: { path: null } })
    })

    test('pictures are made by utility processes and reach the page through its own scheme', async () => {
      const door = await open()
      const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
      onTestFinished(() => rm(folder, { recursive: true, force: true }))
      await makePicture(join(folder, 'hearth.jpg'), {
        width: 300,
        height: 200,
        mtime: new Date('2024-07-01'),
      })
      await create(door, folder)
      const page = await door.page()
      const thumbnailWidth = () =>
        page.evaluate(async () => {
          const answer = await window.mantel?.call('timeline.month', { month: '2024-07' })
          if (!answer?.ok) return answer?.error.code
          const { ids, versions, states } = answer.value as MonthPayload // what the contract says of this procedure
          if (states[0] !== 'ready') return states[0]
          const image = new Image()
          image.src = `/media/thumb/${ids[0]}/${versions[0]}`
          await image.decode()
          return image.naturalWidth
        })
      await expect.poll(thumbnailWidth).toBe(300)
    })

    test('closing the last window ends the program in order', async () => {
      const door = await open()
      await door.page()
      await door.evaluate?.(({ BaseWindow }) => BaseWindow.getAllWindows()[0]?.close())
      await expect.poll(() => lockIsFree(door.dataDir)).toBe(true)
    })

    test.runIf(name === 'stand-in')('a later start knows who logged in here before', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'mantel-restart-'))
      onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
      const known = (page: Page) => page.evaluate(() => window.mantel?.call('session.known', {}))
      const first = await startOn(dataDir)
      expect(await known(first.page)).toMatchObject({ value: { accounts: [] } })
      await first.page.evaluate((input) => void window.mantel?.call('setup.create', input), account)
      await expect.poll(() => first.page.isClosed()).toBe(true)
      await expect.poll(() => readFile(join(dataDir, 'window', 'device')).catch(() => null)).not.toBeNull()
      await first.app.close()
      const second = await startOn(dataDir)
      expect(await known(second.page)).toMatchObject({ value: { accounts: [{ username: 'ada' }] } })
      const me = await second.page.evaluate(() => window.mantel?.call('session.me', {}))
      expect(me).toMatchObject({ error: { code: 'unauthenticated' } })
      await second.app.close()
    })

    test.runIf(name === 'stand-in')('a second start opens nothing twice and ends', async () => {
      const door = await open()
      await door.page()
      await expect(StandInApp.launch(root, ['--data', door.dataDir])).rejects.toThrow(
        'the main process ended (0)',
      )
      expect(await door.evaluate?.(({ BaseWindow }) => BaseWindow.getAllWindows().length)).toBe(1)
    })

    test.runIf(name === 'stand-in')(
      'a data directory that cannot be made is told, and nothing starts',
      async () => {
        const folder = await mkdtemp(join(tmpdir(), 'mantel-no-data-'))
        onTestFinished(() => rm(folder, { recursive: true, force: true }))
        await writeFile(join(folder, 'file'), 'in the way')
        const dataDir = join(folder, 'file', 'data')
        const start = StandInApp.launch(root, ['--data', dataDir])
        await expect(start).rejects.toThrow('the main process ended (1)')
        await expect(start).rejects.toThrow(
          `cannot start: The data directory ${dataDir} can't be made or opened.`,
        )
      },
    )
  },
  ['stand-in', 'electron'],
)

/** The stand-in on a data directory that outlives it. */
async function startOn(dataDir: string): Promise<{ app: StandInApp; page: Page }> {
  const app = await StandInApp.launch(root, ['--data', dataDir])
  await expect.poll(() => app.pages().length).toBe(1)
  const [page] = app.pages()
  if (!page) throw new Error('no page')
  return { app, page }
}

/** Makes the first account; the window then shows its page. */
async function create(door: Door, folder?: string): Promise<void> {
  const page = await door.page()
  const first = folder ? { ...account, folder } : account
  await page.evaluate((input) => void window.mantel?.call('setup.create', input), first)
  await expect.poll(() => page.isClosed()).toBe(true)
}

/** Whether the command line can have the household to itself, as it can once the window's program has ended. */
async function lockIsFree(dataDir: string): Promise<boolean> {
  const code = `
    import sqlite3 from 'sqlite3'
    const db = new sqlite3.Database(process.argv[1] + '/lock.sqlite')
    db.exec('pragma busy_timeout = 0; begin exclusive', (error) => process.exit(error ? 1 : 0))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir], { cwd: root })
  const [status] = await once(child, 'exit')
  return status === 0
}
