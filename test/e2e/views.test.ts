import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { cameraExif, makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { bringIn, makeFolder, toAdminArea } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, setUpQuickly } from './people.ts'

/** Two trips in a folder, three pictures each, and one picture beside them. */
async function makeTrips(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const folder = join(home, 'Trips')
  for (const [place, month, hue] of [
    ['Lisbon', '2024:07', 40],
    ['Oslo', '2023:02', 200],
  ] as const) {
    await mkdir(join(folder, place), { recursive: true })
    for (const day of [1, 2, 3])
      await draw(join(folder, place, `${day}.jpg`), `${month}:0${day}`, `hsl(${hue + day * 20} 40% 60%)`)
  }
  await draw(join(folder, 'home.jpg'), '2025:01:05', 'hsl(320 40% 60%)')
  return folder
}

const draw = (file: string, day: string, colour: string) =>
  makePicture(file, {
    width: 300,
    height: 200,
    colour,
    exif: cameraExif({ taken: `${day} 12:00:00`, model: 'Pixel 8' }),
  })

const tiles = (page: Page) => page.locator('[data-photo]')
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Library' }).getByRole('link', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const showing = (page: Page, count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll('[data-photo]').length === wanted, count)

throughEachDoor((open) => {
  test('folders as on disk: down by cards, up by the trail, and back out of the viewer into the same list', async () => {
    const door = await open()
    const page = await setUpQuickly(door, await makeTrips())
    await showing(page, 7)

    await part(page, 'Folders').click()
    await heading(page, 'Folders').waitFor()
    await page.getByRole('link', { name: /Trips.*7 photos/ }).click()
    await heading(page, 'Trips').waitFor()
    await showing(page, 1)
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: /Lisbon.*3 photos/ }).click()
    await heading(page, 'Lisbon').waitFor()
    await showing(page, 3)

    // the viewer walks in this list alone
    await tiles(page).first().click()
    const viewer = page.getByRole('dialog', { name: 'Photo' })
    await viewer.getByText('1 of 3', { exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/folders\/\d+\/photo\/\d+$/)
    await page.keyboard.press('End')
    await viewer.getByText('3 of 3', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    await heading(page, 'Lisbon').waitFor()
    await showing(page, 3)

    await page.getByRole('navigation', { name: 'Where this is' }).getByRole('link', { name: 'Trips' }).click()
    await heading(page, 'Trips').waitFor()
    await page.getByRole('combobox', { name: 'Which photos' }).click()
    await page.getByRole('option', { name: 'With all folders below' }).click()
    await showing(page, 7)
    await page.goBack()
    await showing(page, 1)
  })

  test('albums by the keyboard: made, put into one another, changed, deleted, each with the way back', async () => {
    const door = await open()
    const page = await setUpQuickly(door, await makeTrips())
    await showing(page, 7)
    await part(page, 'Albums').focus()
    await page.keyboard.press('Enter')
    await page.getByText('No albums yet').waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByRole('button', { name: 'New album' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    // an album without a title is refused at its field
    await page.keyboard.press('Enter')
    await dialog.locator('[aria-invalid="true"]').waitFor()
    await page.keyboard.type('Summer')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await heading(page, 'Summer').waitFor()
    await page.getByText('No photos in this album yet').waitFor()

    const choose = async (action: string) => {
      await page.getByRole('button', { name: 'More for this album' }).click()
      await page.getByRole('menuitem', { name: action, exact: true }).click()
    }
    await choose('New album in this one')
    await page.keyboard.type('Beaches')
    await page.keyboard.press('Enter')
    await heading(page, 'Beaches').waitFor()
    await page
      .getByRole('navigation', { name: 'Where this is' })
      .getByRole('link', { name: 'Summer' })
      .click()
    await heading(page, 'Summer').waitFor()
    await page.getByRole('link', { name: /Beaches/ }).waitFor()

    await choose('Edit album')
    await dialog.getByLabel('Title').fill('Summer 2024')
    await dialog.getByLabel('Description').fill('All of it.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await heading(page, 'Summer 2024').waitFor()
    await page.getByText('All of it.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await heading(page, 'Summer').waitFor()

    await choose('Delete album')
    await dialog.getByText('1 album inside it goes with it.').waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Delete album' }).click()
    await page.getByText('No albums yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await heading(page, 'Summer').waitFor()
    await page.getByRole('link', { name: /Beaches/ }).waitFor()

    // and after the message is gone, by the list of what was deleted
    await choose('Delete album')
    await dialog.getByRole('button', { name: 'Delete album' }).click()
    await page.getByRole('link', { name: '1 recently deleted album' }).click()
    await heading(page, 'Recently deleted albums').waitFor()
    await page.getByText('with 1 album inside it').waitFor()
    await page.getByText('30 days left').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: /^Restore.*Summer$/ }).press('Enter')
    await page.getByText('No deleted albums').waitFor()
    await page.getByRole('button', { name: 'Open' }).click()
    await heading(page, 'Summer').waitFor()
    await page.getByRole('link', { name: /Beaches/ }).waitFor()
    await part(page, 'Albums').click()
    await heading(page, 'Albums').waitFor()
    expect(await page.getByRole('link', { name: /recently deleted/ }).count()).toBe(0)
  })

  test('the library’s numbers lead to what they count, on a phone and a tablet too', async () => {
    const door = await open()
    const page = await setUpQuickly(door, await makeTrips())
    await showing(page, 7)
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 768, height: 1024 },
    ]) {
      await page.setViewportSize(viewport)
      await part(page, 'Library').click()
      await page.getByRole('link', { name: /Recently added.*7 photos/ }).waitFor()
      expect(await violations(page)).toEqual([])
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(await overflow()).toBe(0)
      await page.getByRole('link', { name: /Recently added.*7 photos/ }).click()
      await heading(page, 'Recently added').waitFor()
      await showing(page, 7)
      expect(await violations(page)).toEqual([])
      await part(page, 'Library').click()
      await page.getByRole('link', { name: /Favourites.*0 photos/ }).click()
      await page.getByText('No favourites yet').waitFor()
      expect(await overflow()).toBe(0)
    }
  })

  test('a day is gone to by its key: its first photo has the focus', async () => {
    const door = await open()
    const page = await setUpQuickly(door, await makeTrips())
    await showing(page, 7)
    await page.keyboard.press('g')
    const dialog = page.getByRole('dialog', { name: 'Go to a day' })
    // nothing was taken that day: the last one before it is shown
    await dialog.getByLabel('Day').fill('2024-06-30')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-month') === '2023-02')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-index'))).toBe('0')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Photo' }).getByText('5 of 7', { exact: true }).waitFor()
  })

  test('an admin switches between layers, also by the keyboard; the address says which, and numbers lead into them', async () => {
    const door = await open()
    const page = await setUpQuickly(door, await makeTrips())
    const bens = await makeFolder('Ben')
    await bringIn(door, bens)
    await ask(page, 'accounts.create', {
      ...{ username: 'ben', name: 'Ben', password: PASSWORD, role: 'user' },
      folders: [{ path: bens, access: 'read-write' }],
    })
    await showing(page, 7)
    const layer = page.getByRole('combobox', { name: 'Whose photos' })
    const asked = () => new URL(page.url()).search

    await layer.click()
    await page.getByRole('option', { name: 'Everyone’s photos' }).click()
    await showing(page, 10)
    expect(asked()).toBe('?of=everyone')
    expect(await violations(page)).toEqual([])
    // it stays through the library's parts
    await part(page, 'Library').click()
    await page.getByRole('link', { name: /Recently added.*10 photos/ }).click()
    await heading(page, 'Recently added').waitFor()
    await showing(page, 10)

    await part(page, 'Photos').click()
    await showing(page, 10)
    await layer.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Ben' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await showing(page, 3)
    const ben = asked()
    expect(ben).toMatch(/^\?of=\d+$/)
    await page.reload()
    await showing(page, 3)
    await layer.click()
    await page.getByRole('option', { name: 'My photos' }).click()
    await showing(page, 7)
    expect(asked()).toBe('')

    await toAdminArea(page)
    const storage = page.getByRole('region', { name: 'Storage', exact: true })
    await storage.getByRole('link', { name: '3 photos of Ben' }).click()
    await showing(page, 3)
    expect(asked()).toBe(ben)
    await page.goBack()
    await storage.getByRole('link', { name: '7 photos in Trips' }).click()
    await heading(page, 'Trips').waitFor()
    await showing(page, 7)
    expect(asked()).toBe('?of=everyone')
  })

  test('a folder taken away on the disk is marked, its photos are listed, and all is well when it is back', async () => {
    const folder = await makeTrips()
    const page = await setUpQuickly(await open(), folder)
    await showing(page, 7)
    await rename(folder, `${folder} (away)`)
    await ask(page, 'jobs.scan', {})
    await part(page, 'Library').click()
    await page.getByRole('link', { name: /^Offline.*7 photos/ }).click()
    await heading(page, 'Offline').waitFor()
    await showing(page, 7)
    expect(await violations(page)).toEqual([])
    await part(page, 'Folders').click()
    await page.getByRole('link', { name: /offline.*Trips.*7 photos/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await rename(`${folder} (away)`, folder)
    await ask(page, 'jobs.scan', {})
    await page.getByRole('link', { name: /^Trips.*7 photos/ }).waitFor()
    await part(page, 'Library').click()
    await page.getByRole('link', { name: /Recently added/ }).waitFor()
    // what the page showed before is there until it has asked again
    await page.getByRole('link', { name: /^Offline/ }).waitFor({ state: 'detached' })
  })

  test('on this day goes over to the next at midnight, but not below who leafs through it', async () => {
    const page = await setUpQuickly(await open(), await makeTrips())
    await showing(page, 7)
    const namesOf = (count: number) =>
      page.getByRole('link', { name: new RegExp(`On this day.*${count} photo`) })
    await page.clock.install({ time: new Date(2026, 5, 30, 23, 59, 0) })
    await page.reload()
    await part(page, 'Library').click()
    await namesOf(0).waitFor()
    await page.clock.fastForward(60_000)
    await namesOf(1).click()
    await showing(page, 1)
    await tiles(page).first().click()
    const viewer = page.getByRole('dialog', { name: 'Photo' })
    await viewer.getByText('1 of 1', { exact: true }).waitFor()
    const name = await viewer.locator('[aria-live]').textContent()
    await page.clock.fastForward(24 * 3_600_000)
    expect(await viewer.locator('[aria-live]').textContent()).toBe(name)
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    await page.getByText('July 2, 2024', { exact: false }).first().waitFor()
  })
})
