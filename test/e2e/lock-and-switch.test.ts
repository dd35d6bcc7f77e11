import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { Pages } from '../support/doors/pages.ts'
import { type Door, type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { StandInApp } from '../support/electron-stand-in/launch.ts'
import { makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { PASSWORD } from './first-run.ts'
import { ask, atLibrary, atLock, atLogin, logInAs, pickFromMenu, setUpQuickly } from './people.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await makePicture(join(folder, 'harbour.jpg'), { width: 300, height: 200, mtime: new Date('2024-07-01') })
  return folder
}

/** Ada's household with Ben in it; Ada is logged in. */
async function withBen(door: DoorWindow & Pick<Door, 'setupCode'>): Promise<{ page: Page; ben: number }> {
  const page = await setUpQuickly(door, await makeFolder())
  const ben = { username: 'ben', name: 'Ben', password: PASSWORD, role: 'user' as const }
  return { page, ben: (await ask(page, 'accounts.create', ben)).id }
}

const nameInMenu = (page: Page) =>
  page.getByRole('button', { name: /Account menu/ }).getAttribute('aria-label')

throughEachDoor((open, name) => {
  test('the lock page, by keyboard alone', async () => {
    const door = await open()
    let { page } = await withBen(door)
    await page.getByRole('gridcell').first().waitFor()
    await press(page, 'ControlOrMeta+Shift+L')
    page = await door.pageShowing(atLock)
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
    // the only field has the focus; nobody else's name is there
    const field = page.getByLabel('Password', { exact: true })
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await page.getByRole('textbox').count()).toBe(1)
    for (const colours of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: colours })
      expect(await violations(page)).toEqual([])
    }
    await page.keyboard.type('not her password')
    await press(page, 'Enter')
    await page.getByText('That is not the password of this account.').waitFor()
    expect(await violations(page)).toEqual([])
    // the wrong one is selected, so that typing replaces it
    await page.keyboard.type(PASSWORD)
    await press(page, 'Enter')
    page = await door.pageShowing(atLibrary)
    await page.getByRole('gridcell').first().waitFor()

    await pickFromMenu(door, 'Lock')
    page = await door.pageShowing(atLock)
    await expect.poll(() => page.getByLabel('Password', { exact: true }).isVisible()).toBe(true)
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await page.getByLabel('Password', { exact: true }).focus()
    for (let steps = 0; steps < 5 && (await focused()) !== 'Somebody else'; steps += 1)
      await page.keyboard.press('Tab')
    await press(page, 'Enter')
    page = await door.pageShowing(atLogin)
    expect(await violations(page)).toEqual([])
    // the session is over: its password opens a new one
    await page.getByRole('button', { name: /Ada Lovelace/ }).click()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(page, 'Enter')
    await door.pageShowing(atLibrary)
  })

  test('an open window shows the login when its session is revoked or its account changed from elsewhere', async () => {
    const door = await open()
    const { page, ben } = await withBen(door)
    const other = await door.openSecondWindow()
    for (const end of [
      async () => {
        const { sessions } = await ask(page, 'sessions.list', { accountId: ben })
        for (const { id } of sessions) await ask(page, 'sessions.revoke', { id })
      },
      () => ask(page, 'accounts.update', { id: ben, role: 'viewer' }),
      () => ask(page, 'accounts.changePassword', { id: ben, password: PASSWORD }),
    ]) {
      const theirs = await logInAs(other, 'ben')
      // nobody touches that window: only what the server tells it can move it
      await theirs.getByText('No photos yet').or(theirs.getByRole('main')).first().waitFor()
      const since = Date.now()
      await end()
      const after = await other.pageShowing(atLogin)
      expect(await after.getByRole('button', { name: /Account menu/ }).count()).toBe(0)
      // a second or two, with room for a machine that does other things too
      expect(Date.now() - since).toBeLessThan(10_000)
    }
    await page.getByRole('gridcell').first().waitFor()
  })

  test.runIf(name === 'web')('other tabs of a browser follow a lock, its opening and a logout', async () => {
    const door = await open()
    const { page } = await withBen(door)
    const tab = await page.context().newPage()
    await tab.goto(new URL('/preferences', page.url()).href)
    await atLibrary(tab).waitFor()
    await pickFromMenu(door, 'Lock')
    await atLock(tab).waitFor()
    expect(await tab.getByRole('heading', { name: 'Preferences' }).count()).toBe(0)
    await tab.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(tab, 'Enter')
    await atLibrary(tab).waitFor()
    await atLibrary(page).waitFor()
    await pickFromMenu(door, 'Switch account')
    await atLogin(tab).waitFor()
    // a browser holds one session, so nobody is offered with one click
    expect(await tab.getByText('Logged in').count()).toBe(0)
  })

  test.runIf(name === 'web')('only a login that asks for it outlasts the browser', async () => {
    const door = await open()
    const { page } = await withBen(door)
    const session = async () =>
      (await page.context().cookies()).find((cookie) => cookie.name === 'mantel_session')?.expires ?? 0
    await pickFromMenu(door, 'Log out')
    await logInAs(door, 'ada')
    expect(await session()).toBe(-1)
    await pickFromMenu(door, 'Log out')
    await logInAs(door, 'ada', { remember: true })
    expect(await session()).toBeGreaterThan(Date.now() / 1000 + 13 * 86_400)
  })

  test.runIf(name !== 'web')('switching with one click between accounts that stay logged in', async () => {
    const door = await open()
    await withBen(door)
    await pickFromMenu(door, 'Log out')
    await logInAs(door, 'ada', { remember: true })
    await pickFromMenu(door, 'Switch account')
    await logInAs(door, 'ben')
    await pickFromMenu(door, 'Switch account')
    let page = await door.pageShowing(atLogin)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Ada Lovelace Logged in' }).click()
    page = await door.pageShowing(atLibrary)
    expect(await nameInMenu(page)).toMatch(/Ada/)
    await page.getByRole('gridcell').first().waitFor()

    // Ben was not remembered, so his password is asked for
    await pickFromMenu(door, 'Switch account')
    page = await door.pageShowing(atLogin)
    await page.getByRole('button', { name: 'Ben', exact: true }).click()
    await page.getByRole('checkbox', { name: /Stay logged in/ }).check()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(page, 'Enter')
    page = await door.pageShowing(atLibrary)
    expect(await nameInMenu(page)).toMatch(/Ben/)

    // a session that ended meanwhile is not offered any more
    await ask(page, 'session.resume', { username: 'ada' }).catch(() => undefined)
    page = await door.pageShowing(atLibrary)
    await expect.poll(async () => nameInMenu(await door.pageShowing(atLibrary))).toMatch(/Ada/)
    await pickFromMenu(door, 'Log out')
    page = await door.pageShowing(atLogin)
    await page.getByRole('button', { name: 'Ben Logged in' }).waitFor()
    await page.getByRole('button', { name: 'Ada Lovelace', exact: true }).click()
    await page.getByLabel('Password', { exact: true }).waitFor()
  })

  test.runIf(name !== 'web')('windows lock with the computer’s screen, and open with it', async () => {
    const door = await open()
    await withBen(door)
    const other = await door.openSecondWindow()
    await logInAs(other, 'ben')
    await pickFromMenu(other, 'Lock')
    await other.pageShowing(atLock)
    await door.evaluate?.(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
    const locked = await door.pageShowing(atLock)
    expect(await locked.getByRole('gridcell').count()).toBe(0)
    await door.evaluate?.(({ powerMonitor }) => powerMonitor.emit('unlock-screen'))
    const page = await door.pageShowing(atLibrary)
    await page.getByRole('gridcell').first().waitFor()
    // a person locked this one
    await (await other.pageShowing(atLock)).getByRole('heading', { name: 'Ben' }).waitFor()
  })

  test.runIf(name !== 'web')('the menu locks the window in front', async () => {
    const door = await open()
    await withBen(door)
    await door.evaluate?.(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('file.lock')?.click())
    await door.pageShowing(atLock)
  })

  test.runIf(name === 'stand-in')(
    'a remembered login outlasts the program, and its token is not plain on disk',
    async () => {
      const start = await programOn()
      let window = await start()
      await withBen(window)
      await pickFromMenu(window, 'Log out')
      expect(await readFile(start.file).catch(() => 'none')).toBe('none')
      await logInAs(window, 'ada', { remember: true })
      const file = await readFile(start.file, 'latin1')
      expect(holdsToken(file, start.hashes())).toBe(false)
      await window.close()

      window = await start()
      let page = await window.pageShowing(atLibrary)
      expect(await nameInMenu(page)).toMatch(/Ada/)
      // so does a lock
      await pickFromMenu(window, 'Lock')
      await window.pageShowing(atLock)
      await window.close()
      window = await start()
      page = await window.pageShowing(atLock)
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await press(page, 'Enter')
      await window.pageShowing(atLibrary)
      // one that does not hold any more is dropped without a word
      await ask(await window.page(), 'sessions.list', {}).then(async ({ sessions }) => {
        expect(sessions).toHaveLength(1)
      })
      await window.close()
      start.endAllSessions()
      window = await start()
      page = await window.pageShowing(atLogin)
      expect(await page.getByText('Logged in', { exact: true }).count()).toBe(0)
      expect(await readFile(start.file).catch(() => 'none')).toBe('none')
      await window.close()
    },
  )

  test.runIf(name === 'stand-in')('without a keychain nothing is remembered, nor offered to be', async () => {
    const start = await programOn('--password-store=basic')
    let window = await start()
    await withBen(window)
    await pickFromMenu(window, 'Log out')
    const page = await window.pageShowing(atLogin)
    await page.getByRole('button', { name: /Ada Lovelace/ }).click()
    await page.getByLabel('Password', { exact: true }).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(page, 'Enter')
    await window.pageShowing(atLibrary)
    expect(await readFile(start.file).catch(() => 'none')).toBe('none')
    await window.close()
    window = await start()
    await window.pageShowing(atLogin)
    await window.close()
  })
})

/** Presses a key that may replace the page before it is up again. */
const press = (page: Page, key: string) =>
  page.keyboard.press(key).catch((error) => {
    if (!page.isClosed()) throw error
  })

/** Whether the token of one of these hashes stands in a text as it is. */
function holdsToken(text: string, hashes: readonly string[]): boolean {
  for (const { 0: run } of text.matchAll(/[\w-]{43,}/g))
    for (let at = 0; at + 43 <= run.length; at += 1)
      if (
        hashes.includes(
          createHash('sha256')
            .update(run.slice(at, at + 43))
            .digest('hex'),
        )
      )
        return true
  return false
}

/** Starts the stand-in again and again on one data directory. */
async function programOn(...args: string[]) {
  const dataDir = await mkdtemp(join(tmpdir(), 'mantel-restart-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const inDatabase = <T>(work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(dataDir, 'mantel.sqlite'))
    try {
      return work(db)
    } finally {
      db.close()
    }
  }
  const start = async () => {
    const app = await StandInApp.launch(root, ['--data', dataDir, ...args])
    onTestFinished(() => app.close())
    const pages = new Pages()
    app.onPage((page) => pages.add(page))
    return { ...pages.window(), setupCode: null, close: () => app.close() }
  }
  return Object.assign(start, {
    file: join(dataDir, 'window', 'sessions'),
    hashes: () =>
      inDatabase((db) =>
        db
          .prepare('select token_hash from sessions')
          .all()
          .map((row) => String(row.token_hash)),
      ),
    endAllSessions: () => inDatabase((db) => db.exec('delete from sessions')),
  })
}
