import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { type Door, type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { codeOf } from '../support/totp.ts'
import { logIn } from './ada-and-rose.ts'
import { violations } from './axe.ts'
import { callFrom } from './call-from.ts'
import { PASSWORD, setUp } from './first-run.ts'

/** Ada's page, a super admin's, and a window of Ben's, who may use WebDAV. */
async function adaAndBen(door: Door) {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await makePicture(join(folder, 'one.jpg'))
  const ada = await setUp(door, folder)
  await callFrom(ada, 'setup.finish', {})
  const account = { username: 'ben', name: 'Ben', password: PASSWORD, role: 'user', webdav: true } as const
  const made = await callFrom(ada, 'accounts.create', account)
  expect(made.ok).toBe(true)
  await callFrom(ada, 'flags.set', { flags: { webdav: true } })
  await ada.reload()
  const window = await door.openSecondWindow()
  return { ada: await door.page(), window, ben: await logIn(window, 'ben') }
}

async function toSecurity(page: Page) {
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Preferences' }).click()
  await page.getByRole('link', { name: 'Security' }).click()
  await page.getByRole('heading', { name: 'Second factor' }).waitFor()
}

const focusedLabel = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: focused } = document
    return focused instanceof HTMLInputElement ? (focused.labels?.[0]?.textContent ?? '') : focused?.tagName
  })

/** Switches it on without touching the mouse; answers the seed and the recovery codes. */
async function switchOnByKeyboard(page: Page) {
  await page.getByRole('button', { name: 'Set up' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => focusedLabel(page)).toBe('Current password')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect.poll(() => focusedLabel(page)).toBe('Code from the app')
  const seed = (await page.getByLabel('Key', { exact: true }).inputValue()).replaceAll(' ', '')
  await expect.poll(() => page.locator('svg[role=img] path').getAttribute('d')).toMatch(/^M0 0h1v1/)
  expect(await violations(page)).toEqual([])
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await page.getByText('This code is not right').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(codeOf(seed, Date.now()))
  await page.keyboard.press('Enter')
  const codes = page.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem')
  await codes.nth(9).waitFor()
  const recoveryCodes = await codes.allTextContents()
  expect(await violations(page)).toEqual([])
  // neither Escape nor Enter takes them away before they are said to be kept
  await page.keyboard.press('Escape')
  await page.getByText('Keep the codes first').waitFor()
  await page.getByLabel('I kept them').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByText('10 recovery codes left').waitFor()
  return { seed, recoveryCodes }
}

/** Logs out, then gives the right password; answers the page that asks for the code. */
async function toCode(window: DoorWindow) {
  const page = await window.page()
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  const login = await window.pageShowing((shown) => shown.getByRole('button', { name: /^Ben/ }))
  await login.getByRole('button', { name: /^Ben/ }).click()
  await login.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await login.keyboard.press('Enter')
  await expect.poll(() => focusedLabel(login)).toBe('Code')
  return login
}

const isIn = (window: DoorWindow) =>
  window.pageShowing((shown) => shown.getByRole('button', { name: 'Account menu of Ben' }))

throughEachDoor((open) => {
  test('a second factor: set up by the keyboard, asked for at the login and the lock, cleared by an admin', async () => {
    const { ada, window, ben } = await adaAndBen(await open())
    await toSecurity(ben)
    expect(await violations(ben)).toEqual([])
    // an address of two parts is there too when it is loaded anew
    await ben.reload()
    await ben.getByRole('heading', { name: 'Second factor' }).waitFor()
    const { seed, recoveryCodes } = await switchOnByKeyboard(ben)

    let page = await toCode(window)
    expect(await page.getByLabel('Code', { exact: true }).getAttribute('autocomplete')).toBe('one-time-code')
    expect(await violations(page)).toEqual([])
    await page.keyboard.type('000000')
    await page.keyboard.press('Enter')
    await page.getByText('This code is not right').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type(codeOf(seed, Date.now(), 1))
    await page.keyboard.press('Enter')
    page = await isIn(window)

    await page.getByRole('button', { name: /Account menu/ }).click()
    await page.getByRole('menuitem', { name: 'Lock' }).click()
    const lock = await window.pageShowing((shown) => shown.getByRole('button', { name: 'Unlock' }))
    await lock.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await lock.keyboard.press('Enter')
    await lock.getByLabel('Code', { exact: true }).waitFor()
    await lock.getByRole('button', { name: 'Use a recovery code' }).click()
    await expect.poll(() => focusedLabel(lock)).toBe('Recovery code')
    await lock.keyboard.type(recoveryCodes[0] ?? '')
    await lock.keyboard.press('Enter')
    await isIn(window)

    // who lost both is let in again by an admin
    page = await toCode(window)
    await page.getByRole('button', { name: 'Back to the password' }).click()
    await expect.poll(() => focusedLabel(page)).toBe('Password')
    await ada.getByRole('button', { name: /Account menu/ }).click()
    await ada.getByRole('menuitem', { name: 'Admin Area' }).click()
    const panel = ada.getByRole('region', { name: 'People', exact: true })
    const row = panel.getByRole('row', { name: /Ben/ })
    await row.getByText('Second factor').waitFor()
    await ada.getByRole('button', { name: 'Actions for Ben' }).click()
    await ada.getByRole('menuitem', { name: 'Clear second factor' }).click()
    expect(await violations(ada)).toEqual([])
    await ada.getByRole('dialog').getByRole('button', { name: 'Clear second factor' }).click()
    await ada.getByText('The second factor of Ben was cleared.').waitFor()
    await expect.poll(() => row.getByText('Second factor').count()).toBe(0)
    await page.keyboard.press('Enter')
    await isIn(window)
  })

  test('an app password is shown once, listed for its account and for admins, and revoked', async () => {
    const { ada, ben } = await adaAndBen(await open())
    await toSecurity(ben)
    await ben.getByText('No app passwords.').waitFor()
    await ben.getByRole('button', { name: 'Make an app password' }).click()
    await ben.getByLabel('What it is for').fill('rclone')
    await ben.getByText('read and write').click()
    await ben.getByRole('dialog').getByLabel('Current password').fill(PASSWORD)
    expect(await violations(ben)).toEqual([])
    await ben.keyboard.press('Enter')
    const field = ben.getByLabel('App password', { exact: true })
    const token = await field.inputValue()
    expect(token).toMatch(/^([A-Z2-9]{4}-){6}[A-Z2-9]{4}$/)
    expect(await violations(ben)).toEqual([])
    await ben.keyboard.press('Enter')
    expect(await field.inputValue()).toBe(token)
    await ben.getByRole('button', { name: 'Done' }).click()
    const listed = ben.getByRole('list', { name: 'App passwords' }).getByRole('listitem')
    await listed.getByText('rclone').waitFor()
    expect(await listed.textContent()).toMatch(/read and write.*never used/)
    expect(await ben.content()).not.toContain(token)
    // the own password's form asks whether they are to end with it
    await ben.getByLabel('Revoke the app password as well').waitFor()

    await ada.getByRole('button', { name: /Account menu/ }).click()
    await ada.getByRole('menuitem', { name: 'Admin Area' }).click()
    await ada.getByRole('button', { name: 'Actions for Ben' }).click()
    await ada.getByRole('menuitem', { name: /Sessions/ }).click()
    await ada.getByRole('button', { name: 'Revoke: rclone' }).click()
    expect(await violations(ada)).toEqual([])
    await ada.getByRole('button', { name: 'Revoke', exact: true }).click()
    await ada.getByText('“rclone” was revoked').waitFor()
    await ben.getByText('No app passwords.').waitFor()
  })
})
