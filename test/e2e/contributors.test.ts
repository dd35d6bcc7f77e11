import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Door, throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { bringIn, householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, logInAs } from './people.ts'

const PHONE = { width: 390, height: 844 }

const idsOf = async (page: Page) => {
  const { months } = await ask(page, 'timeline.months', {})
  const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
  return pages.flatMap(({ ids }) => ids)
}

/** Ada with an album of her three photos, and Rose, who has three of her own that she may share, at her timeline. */
async function adaAndRose(door: Door) {
  const ada = await householdOfAda(door, await makeFolder('Ada'))
  const albumId = (await ask(ada, 'albums.create', { title: 'Lisbon', photoIds: await idsOf(ada) })).id
  const folder = await makeFolder('Rose')
  await bringIn(door, folder)
  await ask(ada, 'accounts.create', {
    username: 'rose',
    name: 'Rose',
    password: PASSWORD,
    role: 'user',
    mayShare: true,
    folders: [{ path: folder, access: 'read-write', mayShare: true }],
  })
  const rose = await logInAs(await door.openSecondWindow(), 'rose')
  await rose.getByRole('gridcell').nth(2).waitFor()
  return { ada, rose, albumId }
}

const to = (page: Page, path: string) => page.goto(new URL(path, page.url()).href)
const cells = (page: Page) => page.getByRole('gridcell')

/** Tabs to a control and presses a key on it, as whoever has no mouse does. */
async function reach(page: Page, role: 'button' | 'checkbox', name: string, key = 'Enter'): Promise<void> {
  const control = page.getByRole(role, { name })
  await control.waitFor()
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await control.evaluate((one) => one === document.activeElement)) return page.keyboard.press(key)
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}

/** Neither axe nor a phone finds anything wrong; the window is as it was afterwards. */
async function holds(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  const before = page.viewportSize()
  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
  expect(await violations(page)).toEqual([])
  if (before) await page.setViewportSize(before)
}

/** By the keyboard alone: Rose may look at the album and add photos. */
async function shareAsContributor(ada: Page, albumId: number): Promise<void> {
  await to(ada, `/albums/${albumId}`)
  await reach(ada, 'button', 'Share album')
  const dialog = ada.getByRole('dialog', { name: 'Share “Lisbon”' })
  await reach(ada, 'checkbox', 'Rose', 'Space')
  await reach(ada, 'button', 'What they may do: They may look')
  await ada.getByRole('menuitemradio', { name: /^Look and add photos/ }).waitFor()
  await ada.keyboard.press('ArrowDown')
  await ada.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'What they may do: They may look and add photos' }).waitFor()
  await holds(ada)
  await reach(ada, 'button', 'Share with 1 person')
  await dialog.getByRole('button', { name: 'Rose: may look and add photos' }).waitFor()
  await holds(ada)
  await ada.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

/** Rose chooses a photo of hers for Ada's album, from the album. */
async function chooseOne(rose: Page): Promise<void> {
  const address = rose.url()
  await rose.getByRole('button', { name: 'Add photos' }).click()
  const who = rose.getByRole('dialog', { name: 'Add photos of your own' })
  await who.getByText('everyone this album is shared with').waitFor()
  await holds(rose)
  await who.getByRole('button', { name: 'Choose photos' }).click()
  const bar = rose.getByRole('group', { name: 'Choose photos for “Lisbon”' })
  await bar.getByRole('button', { name: 'Add 0 photos' }).waitFor()
  await cells(rose).nth(2).waitFor()
  await holds(rose)
  // given up, it leads back
  await bar.getByRole('button', { name: 'Stop choosing' }).press('Enter')
  await expect.poll(() => rose.url()).toBe(address)
  await rose.getByRole('button', { name: 'Add photos' }).press('Enter')
  await who.getByRole('button', { name: 'Choose photos' }).press('Enter')
  // a click selects at once, in other lists too
  await bar.waitFor()
  await rose
    .getByRole('navigation', { name: 'Library' })
    .getByRole('link', { name: 'Folders' })
    .press('Enter')
  await rose.getByRole('link', { name: /3 photos/ }).click()
  await cells(rose).first().click()
  await bar.getByRole('button', { name: 'Add 1 photo' }).press('Enter')
  await rose.getByText('1 photo added to “Lisbon”.').waitFor()
  await expect.poll(() => rose.url()).toBe(address)
  await expect.poll(() => cells(rose).count()).toBe(4)
}

/** Another one, from Rose's timeline, with the one that is there already. */
async function addAnother(rose: Page): Promise<void> {
  await to(rose, '/')
  await cells(rose).nth(2).waitFor()
  await cells(rose).first().getByRole('link').focus()
  for (const key of ['x', 'ArrowRight', 'x']) await rose.keyboard.press(key)
  await rose.getByRole('button', { name: 'Add to an album' }).click()
  const dialog = rose.getByRole('dialog', { name: 'Add 2 photos to an album' })
  const shared = dialog.getByRole('region', { name: 'Shared with me' })
  await shared.getByRole('button', { name: /Lisbon from Ada Lovelace/ }).waitFor()
  await holds(rose)
  await shared.getByRole('button', { name: /Lisbon/ }).press('Enter')
  await rose.getByText('1 photo added to “Lisbon”.').waitFor()
}

/** The third one from where it is looked at, where it is told who sees it then; and back again. */
async function addLooking(rose: Page): Promise<void> {
  await rose.keyboard.press('Escape')
  await cells(rose).nth(2).getByRole('link').focus()
  await rose.keyboard.press('Enter')
  await rose.getByRole('dialog', { name: 'Photo', exact: true }).waitFor()
  await rose.keyboard.press('i')
  const panel = rose.getByRole('complementary', { name: 'Information' })
  const field = panel.getByLabel('Add to an album')
  // a title alone is that of an album of one's own
  await field.fill('lisbon')
  await field.press('Enter')
  const own = rose.getByRole('dialog', { name: 'Added to lisbon', exact: true })
  await own.waitFor()
  await panel.getByRole('button', { name: 'Take off lisbon' }).waitFor()
  expect(await panel.getByRole('link').count()).toBe(0)
  await own.getByRole('button', { name: 'Undo' }).click()
  await panel.getByRole('button', { name: 'Take off lisbon' }).waitFor({ state: 'detached' })
  await field.fill('Lisbon · Ada Lovelace')
  await field.press('Enter')
  const toast = rose.getByRole('dialog', { name: 'Added to Lisbon · Ada Lovelace' })
  await toast.waitFor()
  await panel.getByRole('link', { name: 'Whoever has “Lisbon” of Ada Lovelace' }).waitFor()
  await holds(rose)
  await toast.getByRole('button', { name: 'Undo' }).click()
  await panel.getByRole('link', { name: /Lisbon/ }).waitFor({ state: 'detached' })
  await rose.keyboard.press('Escape')
}

/** Opens the first photo that was added in the viewer, with what is known of it beside it. */
async function openAdded(page: Page): Promise<void> {
  const share = Number(/\/shared\/(\d+)/.exec(page.url())?.[1])
  const { months } = await ask(page, 'shares.months', { share })
  for (const { month } of months)
    for (const id of (await ask(page, 'shares.month', { share, month })).ids)
      if ((await ask(page, 'shares.photo', { share, id })).addedBy) {
        await page.locator(`[data-photo="${id}"]`).focus()
        await page.keyboard.press('Enter')
        const panel = page.getByRole('complementary', { name: 'Information' })
        await page.getByRole('dialog', { name: 'Photo' }).waitFor()
        if (!(await panel.isVisible())) await page.keyboard.press('i')
        return panel.waitFor()
      }
  throw new Error('nobody added anything')
}

throughEachDoor((open) => {
  test('who may contribute adds photos to the album of somebody else; they and its owner take them out again', async () => {
    const door = await open()
    const { ada, rose, albumId } = await adaAndRose(door)
    await shareAsContributor(ada, albumId)

    await rose
      .getByRole('navigation', { name: 'Library' })
      .getByRole('link', { name: /Shared/ })
      .click()
    await rose.getByText('you may add photos').waitFor()
    await rose.getByRole('link', { name: /Lisbon/ }).click()
    await cells(rose).nth(2).waitFor()
    const address = new URL(rose.url()).pathname
    await chooseOne(rose)
    await addAnother(rose)
    await addLooking(rose)

    // the owner is told on her album, and sees whose they are
    await ada.getByText('2 photos were added by others').waitFor()
    expect(await cells(ada).count()).toBe(3)
    await holds(ada)
    await ada.getByRole('link', { name: 'Look at the album as it is shared' }).click()
    await cells(ada).nth(4).waitFor()
    await openAdded(ada)
    const known = ada.getByRole('complementary', { name: 'Information' })
    await expect.poll(() => known.textContent()).toContain('Added byRose')
    await holds(ada)
    await ada.keyboard.press('Escape')

    // Rose takes one out in the viewer, which goes on to another, and back in
    await to(rose, address)
    await cells(rose).nth(4).waitFor()
    await openAdded(rose)
    const panel = rose.getByRole('complementary', { name: 'Information' })
    await expect.poll(() => panel.textContent()).toContain('Added byyou')
    const before = rose.url()
    await panel.getByRole('button', { name: 'Take out' }).press('Enter')
    await rose.getByText('1 photo taken out').waitFor()
    await expect.poll(() => rose.url()).not.toBe(before)
    await expect.poll(() => cells(ada).count()).toBe(4)
    await rose.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => rose.url()).toBe(before)
    await expect.poll(() => cells(ada).count()).toBe(5)
    await rose.keyboard.press('Escape')

    // Ada selects all: what others added goes, her own stay
    await cells(ada).first().getByRole('link').focus()
    await ada.keyboard.press('Control+a')
    const out = ada.getByRole('button', { name: 'Take out 5 photos' })
    await out.waitFor()
    await holds(ada)
    await out.click()
    await ada.getByText('2 photos taken out. 3 more stay').waitFor()
    await expect.poll(() => cells(ada).count()).toBe(3)
    await ada.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => cells(rose).count()).toBe(5)

    // a viewer again, who adds nothing more
    await rose.getByRole('button', { name: 'Add photos' }).waitFor()
    await to(ada, '/shared/mine')
    await ada.getByText('2 added by others').waitFor()
    await ada.getByRole('button', { name: 'Rose: may look and add photos' }).click()
    await ada.getByRole('menuitemradio', { name: /^Look They/ }).click()
    await ada.getByRole('button', { name: 'Rose: may look', exact: true }).waitFor()
    await holds(ada)
    await rose.getByRole('button', { name: 'Add photos' }).waitFor({ state: 'detached' })
    expect(await cells(rose).count()).toBe(5)
  })
})
