import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, logInAs } from './people.ts'

const PHONE = { width: 390, height: 844 }

/** All of Ada's photos in an album. */
async function makeAlbum(page: Page, title: string): Promise<number> {
  const { months } = await ask(page, 'timeline.months', {})
  const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
  return (await ask(page, 'albums.create', { title, photoIds: pages.flatMap(({ ids }) => ids) })).id
}

/** Somebody else's browser at a link. */
async function visit(window: DoorWindow, url: string): Promise<Page> {
  const page = await window.page()
  await page.goto(new URL(url.replace(/^.*(?=\/s\/)/, ''), page.url()).href)
  return page
}

/** Tabs to a control and presses it, as whoever has no mouse does. */
async function reach(page: Page, name: string): Promise<void> {
  const control = page.getByRole('button', { name })
  await control.waitFor()
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await control.evaluate((one) => one === document.activeElement)) return page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}

throughEachDoor((open) => {
  test('an album gets a link with a password and an end by the keyboard alone; a visitor sees each change at once', async () => {
    const door = await open()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    const albumId = await makeAlbum(ada, 'Harbour')
    await ada.goto(new URL(`/albums/${albumId}`, ada.url()).href)
    await reach(ada, 'Share album')
    const dialog = ada.getByRole('dialog', { name: 'Share “Harbour”' })
    await dialog.getByText('Nobody else is in this household yet.').waitFor()
    await dialog.getByText(/Links open/).waitFor()

    await reach(ada, 'Password: Anyone with the link can view')
    await ada.getByRole('textbox', { name: 'Password' }).waitFor()
    await ada.keyboard.type('open sesame')
    expect(await violations(ada)).toEqual([])
    await ada.keyboard.press('Enter')
    await reach(ada, 'End: with no end')
    await reach(ada, 'A week')
    await dialog.getByRole('button', { name: /^End: until / }).waitFor()
    await reach(ada, 'Make a link')
    const address = dialog.getByRole('textbox', { name: 'Address' })
    await address.waitFor()
    // what had the focus is gone: it is in the part that tells what was made
    expect(await ada.evaluate(() => document.activeElement?.ariaLabelledByElements?.[0]?.textContent)).toBe(
      'Link',
    )
    await reach(ada, 'Copy link')
    await dialog.getByText('Copied', { exact: true }).waitFor()
    await reach(ada, 'QR code')
    await dialog.getByRole('img', { name: /^QR code of/ }).waitFor()
    expect(await violations(ada)).toEqual([])

    const page = await visit(await door.openSecondWindow(), await address.inputValue())
    await page.getByLabel('Password of the link').fill('open sesame')
    await page.keyboard.press('Enter')
    await page.getByRole('gridcell').nth(2).waitFor()
    await page.getByText(/Until/).waitFor()
    await dialog.getByText(/opened once/).waitFor()

    // what is chosen holds at once for whoever has it open
    await reach(ada, 'End: until')
    await reach(ada, 'No end')
    await dialog.getByRole('button', { name: 'End: with no end' }).waitFor()
    await page.getByText(/Until/).waitFor({ state: 'detached' })
    await reach(ada, 'Take back')
    const question = ada.getByRole('dialog', { name: 'Take this link back?' })
    await question.getByText('opened once').waitFor()
    await question.getByRole('button', { name: 'Take back' }).focus()
    await ada.keyboard.press('Enter')
    await ada.getByText('The link was taken back').waitFor()
    await dialog.getByRole('button', { name: 'Make a link' }).waitFor()
    await page.getByRole('heading', { name: 'This link has ended' }).waitFor()
    await ada.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  test('on a phone, selected photos are shared with people, who find them, and taken back from one and from all', async () => {
    const door = await open()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    for (const [username, name] of [
      ['gus', 'Gus'],
      ['rose', 'Grandma Rose'],
    ] as const)
      await ask(ada, 'accounts.create', { username, name, password: PASSWORD, role: 'guest', folders: [] })
    await ada.setViewportSize(PHONE)
    await ada.getByRole('gridcell').first().getByRole('link').focus()
    for (const key of ['x', 'ArrowRight', 'x']) await ada.keyboard.press(key)
    await ada.getByRole('button', { name: 'Share', exact: true }).click()
    const dialog = ada.getByRole('dialog', { name: 'Share 2 photos' })
    await dialog.getByRole('checkbox', { name: 'Gus' }).check()
    await dialog.getByRole('checkbox', { name: 'Grandma Rose' }).check()
    await dialog
      .getByRole('button', { name: /^Download: / })
      .first()
      .click()
    await ada.getByRole('menuitemradio', { name: /^Originals/ }).click()
    await dialog.getByRole('button', { name: 'Share with 2 people' }).click()
    const given = dialog.getByRole('list', { name: 'Shared with' }).getByRole('listitem')
    await given.filter({ hasText: 'Grandma Rose' }).getByText('has not looked yet').waitFor()
    expect(await violations(ada)).toEqual([])
    expect(await ada.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)

    const gus = await logInAs(await door.openSecondWindow(), 'gus')
    const { links } = await ask(gus, 'shares.withMe', {})
    expect(links).toMatchObject([{ direct: true, count: 2, download: 'original' }])

    await dialog.getByRole('button', { name: 'Share with Gus no more' }).click()
    await expect.poll(() => given.count()).toBe(1)
    expect((await ask(gus, 'shares.withMe', {})).links).toEqual([])
    await ada.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => given.count()).toBe(2)
    expect((await ask(gus, 'shares.withMe', {})).links).toHaveLength(1)

    await dialog.getByRole('button', { name: 'Take back' }).click()
    const question = ada.getByRole('dialog', { name: 'Stop sharing this?' })
    await question.getByText(/Gus/).waitFor()
    await question.getByRole('button', { name: 'Take back' }).click()
    await dialog.getByRole('checkbox', { name: 'Gus' }).waitFor()
    expect((await ask(gus, 'shares.withMe', {})).links).toEqual([])
  })
})
