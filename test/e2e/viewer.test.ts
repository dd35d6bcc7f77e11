import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, logInAs } from './people.ts'
import { fingersOn } from './touch.ts'

/** Opens the first photo by the keyboard. */
async function openFirst(page: Page): Promise<Locator> {
  await page.getByRole('gridcell').first().getByRole('link').focus()
  await page.keyboard.press('Enter')
  const viewer = page.getByRole('dialog', { name: 'Photo' })
  await viewer.getByText('1 of 3', { exact: true }).waitFor()
  return viewer
}

const at = (viewer: Locator, position: string) => viewer.getByText(position, { exact: true }).waitFor()
const pathOf = (page: Page) => new URL(page.url()).pathname

throughEachDoor((open) => {
  test('by keys alone: photos are archived and marked private, and every change is taken back', async () => {
    const folder = await makeFolder('Ada')
    const page = await householdOfAda(await open(), folder)
    const viewer = await openFirst(page)
    const first = pathOf(page)

    // what is archived gives place to the next one, and comes back to where it was
    await page.keyboard.press('Shift+A')
    await page.getByText('Archived', { exact: true }).waitFor()
    await at(viewer, '1 of 2')
    expect(pathOf(page)).not.toBe(first)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+Z')
    await at(viewer, '1 of 3')
    expect(pathOf(page)).toBe(first)

    // marking as private says who still sees it, and does nothing before it is confirmed
    await page.keyboard.press('Shift+P')
    const dialog = page.getByRole('dialog', { name: 'Mark 1 photo as private?' })
    await dialog.getByText('Nobody but you sees this then.').waitFor()
    expect(await violations(page)).toEqual([])
    // also who is given the folder meanwhile
    const folders = [{ path: folder, access: 'read-write' as const }]
    await ask(page, 'accounts.create', {
      username: 'ben',
      name: 'Ben',
      password: PASSWORD,
      role: 'user',
      folders,
    })
    await dialog.getByText('Besides you, still seen by: Ben.').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await at(viewer, '1 of 3')
    await page.keyboard.press('Shift+P')
    await dialog.getByRole('button', { name: 'Mark 1 as private' }).press('Enter')
    await at(viewer, '1 of 2')
    const id = Number(first.split('/').at(-1))
    expect(await ask(page, 'photos.get', { id })).toMatchObject({ private: true, archived: false })
    await page.keyboard.press('Control+Z')
    await at(viewer, '1 of 3')
    expect(await ask(page, 'photos.get', { id })).toMatchObject({ private: false })

    // the last photo of a list leaves an empty list behind
    const { months } = await ask(page, 'timeline.months', {})
    const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
    const others = pages.flatMap(({ ids }) => ids).filter((each) => each !== id)
    await ask(page, 'photos.update', { ids: others, archived: true })
    await at(viewer, '1 of 1')
    await page.keyboard.press('Shift+A')
    await viewer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('gridcell').first().waitFor()
  })

  test('a slideshow goes round by itself, is held, and ends before the viewer does', async () => {
    const page = await householdOfAda(await open(), await makeFolder('Ada'))
    await ask(page, 'settings.set', { slideshow: '3', alsoDefault: false })
    const viewer = await openFirst(page)
    await page.keyboard.press('End')
    await at(viewer, '3 of 3')
    await page.keyboard.press('Space')
    const show = viewer.getByRole('group', { name: 'Slideshow' })
    await show.getByRole('button', { name: 'Hold the slideshow' }).waitFor()
    expect(await violations(page)).toEqual([])
    // after the last one the first
    await at(viewer, '1 of 3')
    await at(viewer, '2 of 3')
    await page.keyboard.press('Space')
    await show.getByRole('button', { name: 'Go on' }).waitFor()

    // another time for each is this account's from then on
    await show.getByRole('combobox', { name: 'How long each photo stays' }).press('Enter')
    await page.getByRole('option', { name: '30 seconds' }).click()
    await expect
      .poll(() => ask(page, 'settings.get', {}).then(({ preferences }) => preferences.slideshow))
      .toBe('30')
    expect((await ask(page, 'settings.get', {})).defaults.slideshow).toBe('5')

    await show.getByRole('button', { name: 'End the slideshow' }).press('Enter')
    await show.waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true)
    await at(viewer, '2 of 3')
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })
  })

  test('by keys alone: favourite, stars, captions, tags and albums, each taken back; others see what is for everyone', async () => {
    const door = await open()
    const folder = await makeFolder('Ada')
    const page = await householdOfAda(door, folder)
    await ask(page, 'accounts.create', {
      username: 'ben',
      name: 'Ben',
      password: PASSWORD,
      role: 'user',
      folders: [{ path: folder, access: 'read-only' }],
    })
    const viewer = await openFirst(page)
    const id = Number(pathOf(page).split('/').at(-1))
    const known = () => ask(page, 'photos.get', { id })

    await page.keyboard.press('f')
    await expect.poll(known).toMatchObject({ favourite: true })
    const heart = viewer.getByRole('button', { name: 'Favourite' })
    expect(await heart.getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('Control+Z')
    await expect.poll(known).toMatchObject({ favourite: false })
    await page.keyboard.press('4')
    await expect.poll(known).toMatchObject({ rating: 4 })

    // letters are text in a field, and Escape leaves the field, not the viewer
    const panel = page.getByRole('complementary', { name: 'Information' })
    await page.keyboard.press('d')
    await panel.getByRole('textbox', { name: 'Caption, for you alone' }).waitFor()
    await page.keyboard.type('fish and 5 chips')
    await page.keyboard.press('Enter')
    await expect.poll(known).toMatchObject({ caption: 'fish and 5 chips', rating: 4, favourite: false })
    await page.keyboard.press('d')
    await page.keyboard.type(' forgotten')
    await page.keyboard.press('Escape')
    expect(await known()).toMatchObject({ caption: 'fish and 5 chips' })
    await viewer.waitFor()

    await page.keyboard.press('t')
    await page.keyboard.type('Holidays/2024')
    await page.keyboard.press('Enter')
    await panel.getByText('Holidays/2024', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    await page.keyboard.type('Best of all')
    await page.keyboard.press('Enter')
    await expect.poll(known).toMatchObject({ albums: [{ title: 'Best of all' }] })
    expect(await violations(page)).toEqual([])

    const shared = panel.getByRole('textbox', { name: 'Caption for everyone with this folder' })
    await shared.fill('At the harbour')
    await shared.press('Enter')
    await expect.poll(known).toMatchObject({ sharedCaption: 'At the harbour' })
    const ben = await logInAs(await door.openSecondWindow(), 'ben')
    expect(await ask(ben, 'photos.get', { id })).toMatchObject({
      favourite: false,
      rating: 0,
      caption: '',
      sharedCaption: 'At the harbour',
      tags: [],
      albums: [],
    })

    await panel.getByRole('button', { name: 'Take off Holidays/2024' }).press('Enter')
    await expect.poll(known).toMatchObject({ tags: [] })
    await viewer.focus()
    await page.keyboard.press('Control+Z')
    await expect.poll(known).toMatchObject({ tags: [{ path: ['Holidays', '2024'], shared: false }] })
  })

  test('? tells the keys that do something, and no others', async () => {
    const page = await householdOfAda(await open(), await makeFolder('Ada'))
    await openFirst(page)
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await page.keyboard.press('?')
    await help.getByText('Archive, or take out again').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    await ask(page, 'flags.set', { flags: { archive: false, download: false } })
    await page.getByRole('button', { name: 'Download' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('?')
    await help.getByText('Mark as private, or no longer').waitFor()
    expect(await help.getByText('Archive, or take out again').count()).toBe(0)
    expect(await help.getByText('Download').count()).toBe(0)
    // what is not told does nothing either
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    await page.keyboard.press('Shift+A')
    await page.getByText('1 of 3', { exact: true }).waitFor()
  })

  test('on a phone, fingers leaf, zoom, and close', async () => {
    const page = await householdOfAda(await open(), await makeFolder('Ada'))
    await page.setViewportSize({ width: 390, height: 844 })
    const viewer = await openFirst(page)
    const fingers = await fingersOn(page)
    expect(await violations(page)).toEqual([])

    await fingers.swipe({ x: 320, y: 420 }, { x: 60, y: 430 })
    await at(viewer, '2 of 3')
    await fingers.swipe({ x: 60, y: 420 }, { x: 320, y: 430 })
    await at(viewer, '1 of 3')

    const width = async () => (await viewer.getByRole('img').boundingBox())?.width ?? 0
    const fitted = await width()
    const middle = { x: 195, y: 422 }
    await fingers.pinch([
      [
        { x: 175, y: 422 },
        { x: 115, y: 422 },
      ],
      [
        { x: 215, y: 422 },
        { x: 275, y: 422 },
      ],
    ])
    await expect.poll(width).toBeGreaterThan(fitted * 2)
    // a picture that is zoomed in is moved, not left
    await fingers.swipe({ x: 320, y: 420 }, { x: 60, y: 430 })
    await at(viewer, '1 of 3')
    // two taps that a busy machine reports too far apart are two single ones
    const tapTwice = async () => {
      await fingers.tap(middle)
      await fingers.tap(middle)
      return width()
    }
    await expect.poll(tapTwice).toBeCloseTo(fitted, 0)

    // the controls are gone after a while, until a tap brings them back
    await viewer.locator('[data-chrome-hidden=true]').waitFor()
    await fingers.tap(middle)
    await viewer.locator('[data-chrome-hidden=false]').waitFor()
    await page.keyboard.press('i')
    await page.getByRole('complementary', { name: 'Information' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('i')
    await page.getByRole('complementary', { name: 'Information' }).waitFor({ state: 'hidden' })
    await fingers.swipe({ x: 195, y: 300 }, { x: 200, y: 600 })
    await viewer.waitFor({ state: 'hidden' })
  })
})
