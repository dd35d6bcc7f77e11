import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { ask } from './people.ts'
import { bar, count, dragOver, openLibrary, places, pointOf, tiles } from './twelve.ts'

const chosen = (page: Page) => page.getByRole('gridcell', { selected: true })

throughEachDoor((open) => {
  test('by mouse: ticks, days, ranges and drags; archived after a question, and taken back', async () => {
    const page = await openLibrary(await open())

    // the tick comes with the pointer, and clicks select from then on
    await tiles(page).nth(1).hover()
    await page.getByRole('checkbox', { name: /^Select: / }).click()
    await count(page, '1 selected')
    await tiles(page).nth(3).click()
    expect(await places(page)).toEqual([1, 3])
    expect(await violations(page)).toEqual([])

    // a range goes from the tick before and no further, over days and months
    await tiles(page)
      .nth(9)
      .click({ modifiers: ['Shift'] })
    await count(page, '8 selected')
    expect(await places(page)).toEqual([1, 3, 4, 5, 6, 7, 8, 9])
    await tiles(page)
      .nth(5)
      .click({ modifiers: ['Shift'] })
    expect(await places(page)).toEqual([1, 3, 4, 5])
    await page.keyboard.press('Escape')
    await bar(page).waitFor({ state: 'hidden' })

    // Ctrl begins too, and a day is ticked whole
    await tiles(page)
      .nth(0)
      .click({ modifiers: ['ControlOrMeta'] })
    await page.getByRole('checkbox', { name: /^Select the whole day: .*5, 2024/ }).click()
    await count(page, '5 selected')
    expect(await places(page)).toEqual([0, 4, 5, 6, 7])
    await page.getByRole('button', { name: 'Select nothing' }).click()

    // a drag selects what lies between, in both directions
    const middles = await Promise.all([2, 3, 6, 4, 7].map((place) => pointOf(tiles(page).nth(place))))
    const [from = { x: 0, y: 0 }, ...over] = middles
    await dragOver(page, from, ...over.slice(0, 3))
    await page.mouse.up()
    expect(await places(page)).toEqual([2, 3, 4])
    // Escape gives up a drag alone: what was selected before is
    await dragOver(page, over.at(-1) ?? from, over[1] ?? from)
    await count(page, '5 selected')
    await page.keyboard.press('Escape')
    expect(await places(page)).toEqual([2, 3, 4])
    await page.mouse.move(from.x, from.y)
    await page.mouse.up()
    expect(await places(page)).toEqual([2, 3, 4])

    // how many leave is said before, and undone after
    await bar(page).getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('heading', { name: 'Archive 3 photos?' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Archive 3', exact: true }).click()
    await expect.poll(() => tiles(page).count()).toBe(9)
    await bar(page).waitFor({ state: 'hidden' })
    await page.getByText('3 photos archived.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => tiles(page).count()).toBe(12)
    // photos that arrive do not join
    expect(await chosen(page).count()).toBe(0)
  })

  test('dragged to the edge the page scrolls on, and what comes into sight is selected', async () => {
    const page = await openLibrary(await open())
    await page.setViewportSize({ width: 1280, height: 420 })
    const first = await pointOf(tiles(page).first())
    const { x, y } = { x: 1150, y: 415 }
    await dragOver(page, first, { x, y })
    await count(page, '12 selected')
    await page.mouse.up()
  })

  test('by keys alone: x, Space, Shift and arrows, a day, all, none; the photo still opens', async () => {
    const page = await openLibrary(await open())
    await tiles(page).first().getByRole('link').focus()
    await page.keyboard.press('x')
    await count(page, '1 selected')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    for (let times = 0; times < 3; times++) await page.keyboard.press('Shift+ArrowRight')
    expect(await places(page)).toEqual([0, 1, 2, 3, 4])
    await page.keyboard.press('Shift+ArrowLeft')
    expect(await places(page)).toEqual([0, 1, 2, 3])
    await page.keyboard.press('Shift+X')
    await bar(page).waitFor({ state: 'hidden' })

    await page.keyboard.press('ControlOrMeta+a')
    await count(page, '12 selected')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Photo' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Photo' }).waitFor({ state: 'hidden' })
    // closing the viewer ends nothing below it
    await count(page, '12 selected')
    await page.keyboard.press('Escape')
    await bar(page).waitFor({ state: 'hidden' })
  })

  test('what others take away leaves the selection, and nothing else does', async () => {
    const page = await openLibrary(await open())
    await page.keyboard.press('ControlOrMeta+a')
    await count(page, '12 selected')
    const { months } = await ask(page, 'timeline.months', {})
    const { ids } = await ask(page, 'timeline.month', { month: months[1]?.month ?? '' })
    await ask(page, 'photos.update', { ids: ids.slice(0, 3), archived: true })
    await count(page, '9 selected')
    await ask(page, 'photos.update', { ids: ids.slice(0, 3), archived: false })
    await expect.poll(() => tiles(page).count()).toBe(12)
    expect(await places(page)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 11])
  })

  test('what one adds for oneself: favourites, stars, a tag, a caption and a new album, each with the way back', async () => {
    const page = await openLibrary(await open())
    await tiles(page)
      .nth(0)
      .click({ modifiers: ['ControlOrMeta'] })
    await tiles(page)
      .nth(2)
      .click({ modifiers: ['Shift'] })
    const press = (name: string) => bar(page).getByRole('button', { name, exact: true }).click()
    const dialog = page.getByRole('dialog')
    const first = (await tiles(page).first().getByRole('link').getAttribute('data-photo')) ?? ''
    const photo = () => ask(page, 'photos.get', { id: Number(first) })

    await press('Add to favourites')
    await page.getByText('3 photos added to your favourites.').waitFor()
    // what was done stays selected, and what is offered follows
    await bar(page).getByRole('button', { name: 'Remove from favourites' }).waitFor()
    await press('Rate')
    await page.getByRole('menuitem', { name: '4 stars' }).click()
    await page.getByText('3 photos rated.').waitFor()
    await press('Tag')
    await dialog.getByLabel('Find a tag, or name a new one').fill('Holidays / 2024')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'New tag: Holidays / 2024' }).click()
    await page.getByText('3 photos tagged.').waitFor()
    await press('Caption')
    await dialog.getByLabel('Caption', { exact: true }).fill('At the sea')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Set on 3' }).click()
    await page.getByText('Caption of 3 photos changed.').waitFor()
    await press('Add to an album')
    await dialog.getByLabel('Find an album, or name a new one').fill('Lisbon')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('3 photos added to the album.').waitFor()
    expect(await photo()).toMatchObject({
      favourite: true,
      rating: 4,
      caption: 'At the sea',
      tags: [{ path: ['Holidays', '2024'], shared: false }],
      albums: [{ title: 'Lisbon' }],
    })
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(async () => (await photo()).albums).toEqual([])
    // the album was made for this, so it goes with it
    await expect.poll(async () => (await ask(page, 'albums.list', {})).albums).toEqual([])
    await count(page, '3 selected')
  })

  test('by touch on a phone: a long press begins, a finger draws on, a tap ticks', async () => {
    const page = await openLibrary(await open())
    await page.setViewportSize({ width: 390, height: 844 })
    const touch = await page.context().newCDPSession(page)
    const send = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...touchPoints: { x: number; y: number }[]
    ) => touch.send('Input.dispatchTouchEvent', { type, touchPoints })
    await send('touchStart', await pointOf(tiles(page).nth(1)))
    await count(page, '1 selected')
    for (const place of [2, 5]) await send('touchMove', await pointOf(tiles(page).nth(place)))
    await count(page, '5 selected')
    await send('touchEnd')
    expect(await places(page)).toEqual([1, 2, 3, 4, 5])
    await send('touchStart', await pointOf(tiles(page).nth(3)))
    await send('touchEnd')
    await count(page, '4 selected')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).waitFor()
  })
})
