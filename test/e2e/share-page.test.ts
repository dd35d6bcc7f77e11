import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { entriesOf } from './menu.ts'
import { ask, logInAs } from './people.ts'
import { bar, count } from './twelve.ts'

const PHONE = { width: 390, height: 844 }
const TITLE = 'At the <b>harbour</b>'

/** An album of Ada's three photos, and a link to it; its address without a host. */
async function shareAlbum(page: Page, options: Parameters<typeof ask<'shares.createLink'>>[2]['options']) {
  const { months } = await ask(page, 'timeline.months', {})
  const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
  const album = await ask(page, 'albums.create', { title: TITLE, photoIds: pages.flatMap(({ ids }) => ids) })
  const { id, url } = await ask(page, 'shares.createLink', { albumId: album.id, options })
  return { id, path: url.replace(/^.*(?=\/s\/)/, ''), albumId: album.id }
}

/** Somebody else's browser at an address. */
async function visit(window: DoorWindow, path: string): Promise<Page> {
  const page = await window.page()
  await page.goto(new URL(path, page.url()).href)
  return page
}

const photos = (page: Page) => page.getByRole('gridcell')

throughEachDoor((open, name) => {
  test('a visitor on a phone gives the password, looks, saves what may be saved, and sees the end at once', async () => {
    const door = await open()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    const link = await shareAlbum(ada, { password: 'open sesame', download: 'original', hidePlaces: true })
    const page = await visit(await door.openSecondWindow(), link.path)
    await page.setViewportSize(PHONE)

    await page.getByRole('heading', { name: 'This link has a password' }).waitFor()
    expect(await photos(page).count()).toBe(0)
    await page.getByLabel('Password of the link').fill('close sesame')
    await page.keyboard.press('Enter')
    await page.getByText('That is not the password of this link.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Password of the link').fill('open sesame')
    await page.keyboard.press('Enter')

    // what people wrote is text
    await page.getByRole('heading', { name: TITLE }).waitFor()
    await page.getByText('Shared by Ada Lovelace').waitFor()
    await page.getByText('3 photos').waitFor()
    await photos(page).nth(2).waitFor()
    expect(await page.title()).toBe(`${TITLE} · Mantel`)
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toContain('noindex')
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)

    await photos(page).first().getByRole('link').click()
    const viewer = page.getByRole('dialog', { name: 'Photo' })
    await viewer.getByText('1 of 3', { exact: true }).waitFor()
    await expect
      .poll(() =>
        viewer
          .locator('img')
          .evaluateAll((all: HTMLImageElement[]) => all.some((one) => one.naturalWidth > 0)),
      )
      .toBe(true)
    await page.keyboard.press('i')
    const panel = page.getByRole('complementary', { name: 'Information' })
    await panel.getByText(/\.jpg$/).waitFor()
    // nothing of the account's, nor of where it lies
    for (const hidden of ['Who sees this', 'Folder', 'Caption, for you alone', 'Rating'])
      expect(await panel.getByText(hidden, { exact: true }).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('i')
    await viewer.getByRole('button', { name: 'More actions' }).click()
    const entries = (await entriesOf(page)).map((entry) => entry.replace(/\s/g, ''))
    expect(entries).toEqual(['SlideshowSpace', 'Download⇧D', 'Keyboardshortcuts?'])
    if (name === 'web') {
      const saved = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: 'Download' }).click()
      expect((await saved).suggestedFilename()).toMatch(/\.jpg$/)
    } else await page.keyboard.press('Escape')

    // a photo has an address of its own, and a page that is loaded anew asks for nothing again
    await page.reload()
    await viewer.getByText('1 of 3', { exact: true }).waitFor()

    await ask(ada, 'shares.revoke', { id: link.id })
    await page.getByRole('heading', { name: 'This link has ended' }).waitFor()
    expect(await page.getByText(TITLE).count()).toBe(0)
    expect(await page.title()).toBe('Mantel')
    expect(await violations(page)).toEqual([])
  })

  test('a visitor chooses theme and language for the visit; nothing is saved where nothing may be', async () => {
    const door = await open()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    const link = await shareAlbum(ada, {})
    const page = await visit(await door.openSecondWindow(), link.path)
    await photos(page).nth(2).waitFor()
    await page.getByRole('button', { name: 'Theme and language' }).click()
    await page.getByRole('combobox', { name: 'Theme' }).click()
    await page.getByRole('option', { name: 'Dark' }).click()
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Deutsch' }).click()
    await page.getByText('3 Fotos').waitFor()
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.getByText('3 Fotos').waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    expect(await page.evaluate(() => localStorage.length)).toBe(0)

    await photos(page).first().getByRole('link').click()
    const viewer = page.getByRole('dialog')
    await viewer.getByText('1 von 3', { exact: true }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Tastenkürzel' }).waitFor()
    expect(await page.getByText('⇧ D').count()).toBe(0)

    // an address that is none of a link's
    const nowhere = await visit(await door.openSecondWindow(), '/s/there-is-no-such-link')
    await nowhere.getByRole('heading', { name: 'This link has ended' }).waitFor()
  })

  test('some photos, and all, are saved as an archive; who logs in from there comes back', async () => {
    const door = await open()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    const link = await shareAlbum(ada, { download: 'original' })
    const page = await visit(await door.openSecondWindow(), link.path)
    for (const place of [0, 2])
      await photos(page)
        .nth(place)
        .click({ modifiers: ['ControlOrMeta'] })
    await count(page, '2 selected')
    // nothing else may be done with them
    await expect.poll(() => bar(page).getByRole('button').count()).toBe(2)
    expect(await violations(page)).toEqual([])
    const save = async (button: Locator, count: number) => {
      const download = page.waitForEvent('download')
      await button.click()
      await page.getByText(`Downloading ${count} photos as a zip file`, { exact: false }).waitFor()
      return (await download).suggestedFilename()
    }
    if (name === 'web') {
      expect(await save(bar(page).getByRole('button', { name: 'Download' }), 2)).toMatch(/^At the .*\.zip$/)
      await page.keyboard.press('Escape')
      expect(await save(page.getByRole('button', { name: 'Download all' }), 3)).toMatch(/^At the .*\.zip$/)

      await page.getByRole('link', { name: 'Log in' }).click()
      await page.getByLabel('Username').fill('ada')
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Account menu of Ada' }).waitFor()
      await photos(page).nth(2).waitFor()
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(link.path)
    }

    // nothing to select for where nothing may be saved
    await ask(ada, 'shares.update', { id: link.id, options: { download: 'none' } })
    await page.getByRole('button', { name: 'Download all' }).waitFor({ state: 'hidden' })
    await bar(page).waitFor({ state: 'hidden' })
  })

  test('an account sees a link inside its own frame', async () => {
    const door = await open()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    await ask(ada, 'accounts.create', {
      username: 'gus',
      name: 'Gus',
      password: PASSWORD,
      role: 'guest',
      folders: [],
    })
    const link = await shareAlbum(ada, { password: 'open sesame' })
    const second = await door.openSecondWindow()
    await logInAs(second, 'gus')
    const page = await visit(second, link.path)
    await page.getByLabel('Password of the link').fill('open sesame')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: TITLE }).waitFor()
    await page.getByRole('button', { name: 'Account menu of Gus' }).waitFor()
    await photos(page).nth(2).waitFor()
    expect(await violations(page)).toEqual([])

    // it is among what is shared with this account from then on, until it is given up
    await page.getByRole('link', { name: 'Shared with you' }).click()
    await page.getByRole('heading', { name: 'Shared with you' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: TITLE }).click()
    await photos(page).nth(2).waitFor()
    // a new password is asked for here, too
    await ask(ada, 'shares.update', { id: link.id, options: { password: 'another one' } })
    await page.getByRole('heading', { name: 'The password was changed' }).waitFor()
    await page.getByLabel('Password of the link').fill('another one')
    await page.keyboard.press('Enter')
    await photos(page).nth(2).waitFor()
    await ask(ada, 'albums.remove', { id: link.albumId })
    await page.getByRole('heading', { name: 'This is not shared with you any more' }).waitFor()
  })
})

throughEachDoor(
  (open) => {
    test('a browser that keeps no cookies uses up one view, not one a minute, and its visitor is told', async () => {
      const door = await open()
      const ada = await householdOfAda(door, await makeFolder('Ada'))
      const link = await shareAlbum(ada, { viewLimit: 5 })
      const page = await (await door.openSecondWindow()).page()
      await page.route('**/rpc/shares.open', async (route) => {
        const response = await route.fetch()
        await page.context().clearCookies()
        const { 'set-cookie': _, ...headers } = response.headers()
        await route.fulfill({ response, headers })
      })
      const views = async () => (await ask(ada, 'shares.list', {})).links[0]?.views
      await page.clock.install()
      await page.goto(new URL(link.path, page.url()).href)
      await page.getByRole('heading', { name: 'This browser keeps no cookies' }).waitFor()
      await page.clock.runFor(600_000)
      expect(await photos(page).count()).toBe(0)
      expect(await violations(page)).toEqual([])
      expect(await views()).toBe(1)
      await page.unroute('**/rpc/shares.open')
      await page.getByRole('button', { name: 'Try again' }).click()
      await photos(page).nth(2).waitFor()
      expect(await views()).toBe(2)
    })
  },
  ['web'],
)
