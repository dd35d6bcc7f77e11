import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { adaAndRose, logIn } from './ada-and-rose.ts'
import { violations } from './axe.ts'
import { PASSWORD } from './first-run.ts'

async function toPreferences(page: Page) {
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Preferences' }).click()
  await page.getByRole('radio', { name: 'Dark' }).waitFor()
}

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme ?? 'system')
const themeIs = (page: Page, expected: string) => expect.poll(() => theme(page)).toBe(expected)
const tileHeight = async (page: Page) => (await page.getByRole('gridcell').first().boundingBox())?.height
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    const name = element?.getAttribute('aria-label') ?? (element?.closest('label') ?? element)?.textContent
    return `${element?.tagName.toLowerCase()}: ${name}`
  })
const choose = (page: Page, label: string, option: string) =>
  page.getByRole('group', { name: label }).getByText(option, { exact: true }).click()

throughEachDoor((open) => {
  test('a super admin’s choices reach everybody’s open window, unless somebody has chosen or the box is cleared', async () => {
    const { ada, rose } = await adaAndRose(await open())
    await toPreferences(ada)
    expect(await violations(ada)).toEqual([])

    await choose(ada, 'Theme', 'Dark')
    await ada.getByText('Theme: “Dark” is now the default for everyone who has not chosen').waitFor()
    await themeIs(ada, 'dark')
    await themeIs(rose, 'dark')
    expect(await violations(ada)).toEqual([])

    // dates are written anew where they stand
    await rose
      .getByText(/Jul(y)? 6, 2024$/)
      .first()
      .waitFor()
    await ada.getByRole('combobox', { name: 'Dates' }).click()
    await ada.getByRole('option', { name: '2024-07-06' }).click()
    await rose
      .getByText(/, 2024-07-06$/)
      .first()
      .waitFor()
    // and rows get another height under the photos that are shown
    expect(await tileHeight(rose)).toBe(220)
    await choose(ada, 'Size of the photos', 'Small')
    await expect.poll(() => tileHeight(rose)).toBe(140)

    // what is undone is as it was, for everyone
    const undone = ada
      .getByText('Size of the photos: “Small” is now')
      .locator('xpath=ancestor::*[.//button][1]')
    await undone.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => tileHeight(rose)).toBe(220)

    // Rose sees no tick box, and what she chooses wins
    await toPreferences(rose)
    expect(await rose.getByRole('checkbox').count()).toBe(0)
    expect(await rose.getByRole('group', { name: 'Opens with' }).count()).toBe(0)
    await choose(rose, 'Theme', 'Light')
    await themeIs(rose, 'light')
    await choose(ada, 'Theme', 'As the system')
    await themeIs(ada, 'system')
    expect(await theme(rose)).toBe('light')

    // the box cleared: the choice is Ada's alone, and is known as such at the next visit
    await ada.getByRole('checkbox', { name: /everyone: Size/ }).uncheck()
    await choose(ada, 'Size of the photos', 'Large')
    await ada.getByText('Everyone else: Medium').waitFor()
    await rose.getByRole('link', { name: 'Photos' }).first().click()
    await rose.getByRole('gridcell').nth(1).waitFor()
    expect(await tileHeight(rose)).toBe(220)
    await ada.reload()
    await ada.getByRole('checkbox', { name: /everyone: Theme/ }).waitFor()
    expect(await ada.getByRole('checkbox', { name: /everyone: Theme/ }).isChecked()).toBe(true)
    expect(await ada.getByRole('checkbox', { name: /everyone: Size/ }).isChecked()).toBe(false)
    // ticked later: now it is everyone's
    await ada.getByRole('checkbox', { name: /everyone: Size/ }).check()
    await expect.poll(() => tileHeight(rose)).toBe(320)
  })

  test('by keyboard: choosing, keeping private, resetting; the focus never gets lost', async () => {
    const { ada, rose } = await adaAndRose(await open())
    await toPreferences(ada)
    await ada.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'As the system' }).focus()
    await ada.keyboard.press('ArrowLeft')
    await themeIs(rose, 'dark')
    await ada.keyboard.press('Tab')
    expect(await focused(ada)).toBe('button: Reset: Theme')
    await ada.keyboard.press('Enter')
    await themeIs(rose, 'system')
    await expect.poll(() => focused(ada)).toBe('input: As the system')

    // the box comes next, and is cleared by the space bar
    await ada.keyboard.press('Tab')
    expect(await focused(ada)).toMatch(/^input: Also the default for everyone/)
    await ada.keyboard.press('Space')
    await ada.keyboard.press('Shift+Tab')
    await ada.keyboard.press('ArrowLeft')
    await themeIs(ada, 'dark')
    expect(await theme(rose)).toBe('system')

    // a list takes the focus back as well
    const dates = ada.getByRole('combobox', { name: 'Dates' })
    await dates.focus()
    await ada.keyboard.press('Enter')
    await ada.getByRole('option', { name: '2024-07-06' }).waitFor()
    await expect.poll(() => ada.locator('[role=option][data-highlighted]').count()).toBe(1)
    await ada.keyboard.press('End')
    await ada.locator('[role=option][data-highlighted]', { hasText: '2024-07-06' }).waitFor()
    await ada.keyboard.press('Enter')
    const reset = ada.getByRole('button', { name: 'Reset: Dates' })
    await reset.focus()
    await ada.keyboard.press('Enter')
    await reset.waitFor({ state: 'hidden' })
    await expect.poll(() => focused(ada)).toBe('button: Dates')
    expect(await violations(ada)).toEqual([])
  })

  test('an admin may begin in the Admin Area, and comes back to the photos all the same', async () => {
    const door = await open()
    const { ada } = await adaAndRose(door)
    await toPreferences(ada)
    await choose(ada, 'Opens with', 'Admin Area')
    await ada.getByText('Opens with: “Admin Area” is now').waitFor()
    await ada.getByRole('button', { name: /Account menu/ }).click()
    await ada.getByRole('menuitem', { name: 'Log out' }).click()
    const login = await door.pageShowing((shown) => shown.getByRole('heading', { name: /Who is looking/ }))
    await login.getByRole('button', { name: /Ada/ }).click()
    await login.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await login.getByRole('button', { name: 'Log in', exact: true }).click()
    const again = await door.pageShowing((shown) => shown.getByRole('heading', { name: 'Admin Area' }))
    await again.getByRole('link', { name: 'Photos' }).first().click()
    await again.getByRole('gridcell').first().waitFor()
    // loaded again, the photos stay
    await again.reload()
    await again.getByRole('gridcell').first().waitFor()
    // for a viewer the same default opens the photos
    const rose = await logIn(await door.openSecondWindow(), 'rose')
    await rose.getByRole('gridcell').first().waitFor()
  })
})
