import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Input } from '../../electron/contract/contract.ts'
import { type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, logInAs } from './people.ts'

const PHONE = { width: 390, height: 844 }

/** Ada's household with Ben, Rose and Mia in it, an album of Ada's three photos, two links and what is shared with Ben and Rose by name. */
async function shareAll(ada: Page) {
  const add = (username: string, name: string, role: Input<'accounts.create'>['role']) =>
    ask(ada, 'accounts.create', { username, name, password: PASSWORD, role, folders: [] })
  const [{ id: ben }, { id: rose }] = [await add('ben', 'Ben', 'admin'), await add('rose', 'Rose', 'guest')]
  await add('mia', 'Mia', 'viewer')
  const { months } = await ask(ada, 'timeline.months', {})
  const pages = await Promise.all(months.map(({ month }) => ask(ada, 'timeline.month', { month })))
  const photoIds = pages.flatMap(({ ids }) => ids)
  const { id: albumId } = await ask(ada, 'albums.create', { title: 'Lisbon', photoIds })
  await ask(ada, 'shares.createLink', { albumId, options: { label: 'for the choir' } })
  await ask(ada, 'shares.createLink', { photoIds: photoIds.slice(0, 1), options: { label: 'the harbour' } })
  await ask(ada, 'shares.shareWith', { albumId, accountIds: [ben, rose] })
  return { photos: photoIds.length }
}

/** What is shared, as its name is told. */
const item = (page: Page, name: string) => page.getByRole('main').getByRole('listitem', { name, exact: true })
/** Of what has the same name, the one that was shared by name. */
const byName = (page: Page) =>
  item(page, 'Lisbon').filter({ has: page.getByRole('list', { name: 'Shared with' }) })
const part = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

async function open(window: DoorWindow, path: string): Promise<Page> {
  const page = await window.page()
  await page.goto(new URL(path, page.url()).href)
  return page
}

throughEachDoor((openDoor, name) => {
  test('what is shared, with whom and how often it was opened; edited, and taken back', async () => {
    const door = await openDoor()
    const ada = await householdOfAda(door, await makeFolder('Ada'))
    const { photos } = await shareAll(ada)
    const second = await door.openSecondWindow()
    await logInAs(second, 'rose')

    await ada.getByRole('navigation', { name: 'Library' }).getByRole('link', { name: 'Shared' }).click()
    await ada.getByRole('heading', { name: 'Shared', level: 1 }).waitFor()
    await part(ada, 'By me').focus()
    await ada.keyboard.press('Enter')
    await item(ada, 'the harbour').getByText('Picked photos').waitFor()
    await expect.poll(() => item(ada, 'Lisbon').count()).toBe(2)
    await byName(ada).getByText('not opened yet').waitFor()
    await expect.poll(() => byName(ada).getByText('has not looked yet').count()).toBe(2)
    expect(await violations(ada)).toEqual([])

    // Rose finds it, marked as new, and Ada sees that she has looked
    const rose = await second.page()
    await rose.getByText('new', { exact: true }).waitFor()
    await rose.getByRole('link', { name: /Lisbon/ }).click()
    await rose
      .getByRole('gridcell')
      .nth(photos - 1)
      .waitFor()
    await byName(ada).getByText('opened once').waitFor()
    await expect.poll(() => byName(ada).getByText('has not looked yet').count()).toBe(1)
    await rose.getByRole('link', { name: 'Shared with you' }).click()
    await rose.getByRole('link', { name: /Lisbon/ }).waitFor()
    expect(await rose.getByText('new', { exact: true }).count()).toBe(0)

    // on other terms, which Rose sees at once
    await byName(ada)
      .getByRole('button', { name: /^Download: nothing can be saved/ })
      .click()
    await ada.getByRole('menuitemradio', { name: /^Originals/ }).click()
    await byName(ada)
      .getByRole('button', { name: /^Download: may download originals/ })
      .waitFor()

    // without Ben, with the way back
    await byName(ada).getByRole('button', { name: 'Share with Ben no more' }).click()
    await ada.getByText('No longer shared with Ben').waitFor()
    await expect.poll(() => byName(ada).getByText('Ben', { exact: false }).count()).toBe(0)
    await ada.getByRole('button', { name: 'Undo' }).click()
    await byName(ada).getByRole('button', { name: 'Share with Ben no more' }).waitFor()

    // and with Ben’s sister
    await byName(ada)
      .getByRole('button', { name: /^Add people/ })
      .click()
    await ada.getByRole('checkbox', { name: 'Mia' }).check()
    expect(await violations(ada)).toEqual([])
    await ada
      .getByRole('dialog')
      .getByRole('button', { name: /^Share/ })
      .click()
    await byName(ada).getByRole('button', { name: 'Share with Mia no more' }).click()
    await ada.getByText('No longer shared with Mia').waitFor()

    // the end is asked for, and seen at once
    await byName(ada)
      .getByRole('button', { name: /^Take back/ })
      .click()
    await ada
      .getByRole('dialog')
      .getByText(/^(Ben and Rose|Rose and Ben) have it$/i)
      .waitFor()
    expect(await violations(ada)).toEqual([])
    await ada.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await ada.getByText('No longer shared', { exact: true }).waitFor()
    await expect.poll(() => item(ada, 'Lisbon').count()).toBe(1)
    await rose.getByText('Nothing here yet').waitFor()

    await ada.setViewportSize(PHONE)
    expect(await ada.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
    expect(await violations(ada)).toEqual([])
  })

  if (name === 'web')
    test('an admin sees what everybody shares, and takes it back, but learns no address', async () => {
      const door = await openDoor()
      const ada = await householdOfAda(door, await makeFolder('Ada'))
      await shareAll(ada)
      const second = await door.openSecondWindow()
      await logInAs(second, 'ben')
      const ben = await open(second, '/shared/mine')
      await ben.getByText('You share nothing yet').waitFor()
      await part(ben, 'By everyone').click()
      const harbour = item(ben, 'the harbour')
      await harbour.getByText('by Ada Lovelace').waitFor()
      await expect
        .poll(() => harbour.getByRole('button').allTextContents())
        .toEqual(['Take back: the harbour'])
      expect(await violations(ben)).toEqual([])
      await harbour.getByRole('button', { name: /^Take back/ }).click()
      await ben.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
      await harbour.waitFor({ state: 'hidden' })
      await ben.reload()
      await item(ben, 'Lisbon').first().waitFor()
      expect(await harbour.count()).toBe(0)
    })
})
