import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Input, ProcedureName } from '../../electron/contract/contract.ts'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { callFrom } from './call-from.ts'
import { bringIn, householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { entriesOf } from './menu.ts'
import { ask, logInAs } from './people.ts'

/** The walk of five accounts: each finds what it may do on its screen, and nothing else; nothing offered is refused. */

type Place = 'library' | 'shared'

/** The parts of the library; viewers make no albums. */
const PARTS = ['Photos', 'Albums', 'Folders', 'Shared', 'Library']

interface Walker {
  username: string
  name: string
  /** what the account menu says below the name */
  standing: string
  start: Place
  /** at the side on wide windows */
  rail: readonly string[]
  photos: number
  administers: boolean
  superAdmin: boolean
}

const ADA: Walker = {
  username: 'ada',
  name: 'Ada Lovelace',
  standing: 'ada · Super admin',
  start: 'library',
  rail: PARTS,
  photos: 3,
  administers: true,
  superAdmin: true,
}
const CARL: Walker = {
  ...ADA,
  username: 'carl',
  name: 'Carl Gauss',
  standing: 'carl · Admin',
  superAdmin: false,
}
const BEN: Walker = {
  ...CARL,
  username: 'ben',
  name: 'Ben',
  standing: 'ben · User',
  photos: 6,
  administers: false,
}
const ROSE: Walker = {
  ...BEN,
  username: 'rose',
  name: 'Rose',
  standing: 'rose · Viewer',
  rail: PARTS.filter((part) => part !== 'Albums'),
  photos: 3,
}
const GUS: Walker = {
  ...ROSE,
  username: 'gus',
  name: 'Gus',
  standing: 'gus · Guest',
  start: 'shared',
  rail: ['Shared with you'],
  photos: 0,
}

/** Opens another account's view instead of a dialog. */
const VIEW_AS = 'View as this person'
/** Each row of the user panel, with what its menu offers. */
const EVERYTHING = ['Edit', 'Reset password', 'Sessions', VIEW_AS, 'Delete']
const PANEL: Record<string, Record<string, string[]>> = {
  ada: {
    'Ada Lovelace': ['Edit', 'Sessions'],
    'Carl Gauss': EVERYTHING,
    Ben: EVERYTHING,
    Rose: EVERYTHING,
    Gus: EVERYTHING,
  },
  // a super admin's row has no menu for a regular admin
  carl: { 'Carl Gauss': ['Edit', 'Sessions'], Ben: EVERYTHING, Rose: EVERYTHING, Gus: EVERYTHING },
}

const accountMenu = (page: Page) => page.getByRole('button', { name: /^Account menu/ })

/** Nothing that this page shows says that something was refused. */
async function expectNoRefusal(page: Page) {
  expect(await page.getByRole('alert').filter({ hasText: /\S/, visible: true }).allInnerTexts()).toEqual([])
}

async function seeFrame(page: Page, { name, standing, administers, rail }: Walker) {
  await accountMenu(page).click()
  const entries = await entriesOf(page)
  expect(entries.some((entry) => entry.startsWith('Admin Area'))).toBe(administers)
  expect(entries).toContain('Preferences')
  expect(entries).toContain('Log out')
  await page.getByText(standing, { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'hidden' })
  expect(await accountMenu(page).getAttribute('aria-label')).toBe(`Account menu of ${name}`)

  const links = page.getByRole('navigation', { name: 'Library' }).getByRole('link').filter({ visible: true })
  const names = async () => (await links.allInnerTexts()).map((text) => text.trim())
  expect(await names()).toEqual(rail)
  await page.setViewportSize({ width: 390, height: 844 })
  // as far as there is room for five
  const others = [...(administers ? ['Admin Area'] : []), 'Preferences']
  expect(await names()).toEqual([...rail, ...others].slice(0, 5))
  await expectNoRefusal(page)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** What the rail leads to, each without a refusal. */
async function seeParts(page: Page, { rail }: Walker) {
  const navigation = page.getByRole('navigation', { name: 'Library' })
  for (const part of rail.slice(1)) {
    await navigation.getByRole('link', { name: part }).click()
    await page.getByRole('heading', { name: part, level: 1 }).waitFor()
    await expectNoRefusal(page)
    expect(await violations(page)).toEqual([])
  }
  await navigation.getByRole('link').first().click()
}

async function seePhotos(page: Page, { photos, start }: Walker) {
  if (start === 'shared') {
    await page.getByText('What people in this household share with you will appear here.').waitFor()
    expect(await page.getByRole('gridcell').count()).toBe(0)
    return
  }
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(photos)
  await page.getByRole('gridcell').first().getByRole('link').click()
  const viewer = page.getByRole('dialog', { name: 'Photo' })
  await viewer.getByText(`1 of ${photos}`, { exact: true }).waitFor()
  // what is offered is given
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    viewer.getByRole('button', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^(one|two|three)\.jpg$/)
  expect(await violations(page)).toEqual([])
  await expectNoRefusal(page)
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
}

async function seePreferences(page: Page) {
  await accountMenu(page).click()
  await page.getByRole('menuitem', { name: 'Preferences' }).click()
  await page.getByRole('heading', { name: 'Preferences' }).waitFor()
  await expectNoRefusal(page)
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Security' }).click()
  await page.getByText('this one', { exact: true }).waitFor()
  await expectNoRefusal(page)
  expect(await violations(page)).toEqual([])
}

/** Opens everything the user panel offers, and closes it again. */
async function seeAdminArea(page: Page, { username }: Walker) {
  await accountMenu(page).click()
  await page.getByRole('menuitem', { name: /^Admin Area/ }).click()
  await page.getByRole('heading', { name: 'Admin Area' }).waitFor()
  const panel = page.getByRole('region', { name: 'People', exact: true })
  await panel.getByRole('row', { name: /Gus/ }).waitFor()
  const offered = PANEL[username] ?? {}
  expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(Object.keys(offered).length)
  for (const [person, actions] of Object.entries(offered)) {
    const trigger = page.getByRole('button', { name: `Actions for ${person}` })
    await trigger.click()
    expect(await entriesOf(page)).toEqual(actions)
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    for (const action of actions.filter((one) => one !== VIEW_AS)) {
      await trigger.click()
      await page.getByRole('menuitem', { name: action }).click()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      await expectNoRefusal(page)
      await dialog.getByRole('button', { name: 'Close', exact: true }).click()
      await dialog.waitFor({ state: 'hidden' })
    }
  }
  // the household's features are switched by super admins, and seen by the others
  const features = page.getByRole('region', { name: 'Site', exact: true }).getByRole('switch')
  expect((await features.count()) > 0).toBe(username === 'ada')
  // nobody locks themself out, and nobody else's way in is taken but by whoever may
  const may = (name: string) => page.getByRole('switch', { name: `${name} may log in` }).count()
  expect(await may('Ada Lovelace')).toBe(0)
  expect(await may('Carl Gauss')).toBe(username === 'ada' ? 1 : 0)
  expect(await may('Ben')).toBe(1)
  await expectNoRefusal(page)
}

/** What only super admins are offered, in the dialogs of somebody else. */
async function seeDialogs(page: Page, { superAdmin }: Walker) {
  const openFor = async (action: string) => {
    await page.getByRole('button', { name: 'Actions for Ben' }).click()
    await page.getByRole('menuitem', { name: action }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    return dialog
  }
  const edit = await openFor('Edit')
  await edit.getByText('own read-write folders').first().waitFor()
  await expect.poll(() => edit.getByRole('radio').count()).toBe(4)
  expect(await edit.getByRole('switch', { name: 'Super admin' }).count()).toBe(superAdmin ? 1 : 0)
  expect(await edit.getByRole('switch', { name: /Must choose/ }).count()).toBe(superAdmin ? 1 : 0)
  // WebDAV is off for the household, so nothing speaks of it
  expect(await edit.getByText('WebDAV').count()).toBe(0)
  await page.keyboard.press('Escape')
  await edit.waitFor({ state: 'hidden' })

  const reset = await openFor('Reset password')
  expect(await reset.getByLabel('Current password of Ben').count()).toBe(superAdmin ? 0 : 1)
  expect(await reset.getByRole('switch', { name: /Must choose/ }).count()).toBe(superAdmin ? 1 : 0)
  await page.keyboard.press('Escape')
  await reset.waitFor({ state: 'hidden' })

  // the own row says who changes what is not offered
  const actions = superAdmin ? 'Actions for Ada Lovelace' : 'Actions for Carl Gauss'
  await page.getByRole('button', { name: actions }).click()
  // the menu before may still be fading
  await page.getByRole('menu', { name: actions }).getByRole('menuitem', { name: 'Edit' }).click()
  const own = page.getByRole('dialog')
  await own.getByText(/Nobody changes their own role/).waitFor()
  expect(await own.getByRole('radio').count()).toBe(0)
  await page.keyboard.press('Escape')
  await own.waitFor({ state: 'hidden' })
}

/** What is not on the screen is refused where it is asked for all the same. */
async function tryWhatIsNotOffered(page: Page, { administers, superAdmin }: Walker) {
  const code = async <N extends ProcedureName>(name: N, input: Input<N>) => {
    const result = await callFrom(page, name, input)
    return result.ok ? 'ok' : result.error.code
  }
  expect(await code('accounts.list', {})).toBe(administers ? 'ok' : 'forbidden')
  expect(await code('roles.list', {})).toBe(administers ? 'ok' : 'forbidden')
  expect(await code('settings.library', {})).toBe(administers ? 'ok' : 'forbidden')
  expect(await code('flags.set', { flags: {} })).toBe(superAdmin ? 'ok' : 'forbidden')
}

throughEachDoor((open) => {
  test('five accounts, each with what it may do on its screen and nothing else', async () => {
    const door = await open()
    const host = await householdOfAda(door, await makeFolder('Ada'))
    const [own, family] = [await makeFolder('Ben'), await makeFolder('Family')]
    for (const folder of [own, family]) await bringIn(door, folder)
    const inFamily = { path: family, access: 'read-only' as const }
    const password = PASSWORD
    const ben = [{ path: own, access: 'read-write' as const }, inFamily]
    await ask(host, 'accounts.create', { ...named(CARL), password, role: 'admin', folders: [inFamily] })
    await ask(host, 'accounts.create', { ...named(BEN), password, role: 'user', folders: ben })
    await ask(host, 'accounts.create', { ...named(ROSE), password, role: 'viewer', folders: [inFamily] })
    await ask(host, 'accounts.create', { ...named(GUS), password, role: 'guest' })

    for (const walker of [ADA, CARL, BEN, ROSE, GUS]) {
      const window = await door.openSecondWindow()
      const page = await logInAs(window, walker.username)
      await page.setViewportSize({ width: 1280, height: 800 })
      await seePhotos(page, walker)
      await seeFrame(page, walker)
      await seeParts(page, walker)
      await seePreferences(page)
      if (walker.administers) {
        await seeAdminArea(page, walker)
        await seeDialogs(page, walker)
      } else {
        await page.evaluate(() => history.pushState(null, '', '/admin'))
        await page.getByText('There is nothing at this address.').waitFor()
      }
      await tryWhatIsNotOffered(page, walker)
    }
    // five people look at everything there is: minutes on a machine that has much else to do
  }, 600_000)
})

const named = ({ username, name }: Walker) => ({ username, name })
