import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { PASSWORD } from './first-run.ts'
import {
  ask,
  atLibrary,
  atLock,
  atLogin,
  logInAs,
  nameInMenu,
  pickFromMenu,
  press,
  replacing,
  withBen,
} from './people.ts'

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
    await expect.poll(() => page.getByRole('textbox').count()).toBe(1)
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
    const { ben } = await withBen(door)
    await pickFromMenu(door, 'Log out')
    await logInAs(door, 'ben', { remember: true })
    await pickFromMenu(door, 'Switch account')
    await logInAs(door, 'ada', { remember: true })
    await pickFromMenu(door, 'Switch account')
    let page = await door.pageShowing(atLogin)
    expect(await violations(page)).toEqual([])
    await replacing(page.getByRole('button', { name: 'Ben Logged in' }).click())
    page = await door.pageShowing(atLibrary)
    expect(await nameInMenu(page)).toMatch(/Ben/)

    // Ada administers, so her password is asked for at once
    await pickFromMenu(door, 'Switch account')
    page = await door.pageShowing(atLogin)
    await page.getByRole('button', { name: 'Ada Lovelace', exact: true }).click()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(page, 'Enter')
    page = await door.pageShowing(atLibrary)
    expect(await nameInMenu(page)).toMatch(/Ada/)
    await page.getByRole('gridcell').first().waitFor()

    // a session that ended while its avatar was shown: by password then
    const other = await door.openSecondWindow()
    const admin = await logInAs(other, 'ada')
    await pickFromMenu(door, 'Switch account')
    page = await door.pageShowing(atLogin)
    await page.getByRole('button', { name: 'Ben Logged in' }).waitFor()
    const { sessions } = await ask(admin, 'sessions.list', { accountId: ben })
    for (const { id } of sessions) await ask(admin, 'sessions.revoke', { id })
    await page.getByRole('button', { name: 'Ben Logged in' }).click()
    await page.getByRole('heading', { name: 'Ben' }).waitFor()
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
})
