import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { HAND_MONTH } from '../../electron/contract/values.ts'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { ask } from './people.ts'
import { bar, count, dragOver, openLibrary, places, pointOf, tiles } from './twelve.ts'

/** Opens an album of all twelve photos in an order by hand; answers its order, by the places photos have at first. */
async function openHarbour(page: Page): Promise<() => Promise<number[]>> {
  const { months } = await ask(page, 'timeline.months', {})
  const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
  const photoIds = pages.flatMap(({ ids }) => ids)
  const { id } = await ask(page, 'albums.create', { title: 'Harbour', photoIds })
  await ask(page, 'albums.update', { id, order: 'hand' })
  await page.getByRole('link', { name: 'Albums' }).first().click()
  await page.getByRole('link', { name: /Harbour/ }).click()
  await page.getByRole('heading', { name: 'Harbour' }).waitFor()
  await tiles(page).nth(11).waitFor()
  const input = { month: HAND_MONTH, filter: { by: 'album', albumId: id } } as const
  return async () => (await ask(page, 'timeline.month', input)).ids.map((photo) => photoIds.indexOf(photo))
}

throughEachDoor((open) => {
  test('by keys alone an album is put in order by hand, a step is taken back, and one is made its cover', async () => {
    const page = await householdOfAda(await open(), await makeFolder('Ada'))
    const { months } = await ask(page, 'timeline.months', {})
    const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
    const [one = 0, two = 0, three = 0] = pages.flatMap(({ ids }) => ids)
    const { id } = await ask(page, 'albums.create', { title: 'Harbour', photoIds: [one, two, three] })
    await ask(page, 'albums.update', { id, order: 'hand' })
    const filter = { by: 'album', albumId: id } as const
    const order = async () => (await ask(page, 'timeline.month', { month: HAND_MONTH, filter })).ids
    expect(await order()).toEqual([one, two, three])

    await page.getByRole('link', { name: 'Albums' }).first().click()
    await page.getByRole('link', { name: /Harbour/ }).click()
    const tile = (photo: number) => page.locator(`#timeline a[data-photo="${photo}"]`)
    await tile(three).focus()
    await page.keyboard.press('x')
    const bar = page.getByRole('group', { name: 'Selected photos' })
    await bar.waitFor()
    expect(await violations(page)).toEqual([])
    await bar.getByRole('button', { name: 'Move in the album' }).press('Enter')
    await page.getByRole('menuitem', { name: 'To the front' }).press('Enter')
    await page.getByText('1 photo moved.').waitFor()
    expect(await order()).toEqual([three, one, two])
    // it is drawn there, too, and still selected: one step back
    await expect.poll(() => page.locator('#timeline a').first().getAttribute('data-photo')).toBe(`${three}`)
    await bar.getByRole('button', { name: 'Move in the album' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Later', exact: true }).press('Enter')
    await expect.poll(order).toEqual([one, three, two])
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(order).toEqual([three, one, two])

    const cover = async () => (await ask(page, 'albums.get', { id })).cover?.id
    await bar.getByRole('button', { name: 'Use as the cover' }).press('Enter')
    await page.getByText('The album has a new cover.').waitFor()
    expect(await cover()).toBe(three)
  })
  test('by mouse photos are dragged to another place; given up, undone, and selected with Shift', async () => {
    const page = await openLibrary(await open())
    const order = await openHarbour(page)
    const tile = (place: number) => tiles(page).nth(place)
    const gap = page.locator('[data-gap]')
    const photoAt = (place: number) => tile(place).getByRole('link').getAttribute('data-photo')
    const second = await photoAt(1)

    await dragOver(page, await pointOf(tile(4)), await pointOf(tile(1), 0.2))
    await expect.poll(() => gap.getAttribute('data-gap')).toBe('1')
    await page.mouse.up()
    await gap.waitFor({ state: 'detached' })
    await page.getByText('1 photo moved.').waitFor()
    await expect.poll(order).toEqual([0, 4, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11])
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    // it is drawn there again, too: photos that change places under the mouse are others
    await page.getByText('Undone.', { exact: true }).waitFor()
    await expect.poll(() => photoAt(1)).toBe(second)

    // with Shift it selects, as anywhere else; what is selected goes together
    await page.keyboard.down('Shift')
    await dragOver(page, await pointOf(tile(2)), await pointOf(tile(3)))
    await page.keyboard.up('Shift')
    await page.mouse.up()
    await count(page, '2 selected')
    await dragOver(page, await pointOf(tile(3)), await pointOf(tile(6), 0.8))
    await expect.poll(() => gap.getAttribute('data-gap')).toBe('7')
    await page.keyboard.press('Escape')
    await gap.waitFor({ state: 'detached' })
    await page.mouse.up()
    expect(await places(page)).toEqual([2, 3])
    await dragOver(page, await pointOf(tile(3)), await pointOf(tile(6), 0.8))
    await page.mouse.up()
    await page.getByText('2 photos moved.').waitFor()
    await expect.poll(order).toEqual([0, 1, 4, 5, 6, 2, 3, 7, 8, 9, 10, 11])
    expect(await places(page)).toEqual([5, 6])
    // where it is already it is not put again
    await dragOver(page, await pointOf(tile(5)), await pointOf(tile(6), 0.8))
    await expect.poll(() => page.locator('[data-lifted]').count()).toBe(2)
    expect(await gap.count()).toBe(0)
    await page.mouse.up()
    await count(page, '2 selected')
  })

  test('a photo that is dragged to the edge takes the album along, as far as its end', async () => {
    const page = await openLibrary(await open())
    const order = await openHarbour(page)
    await page.setViewportSize({ width: 900, height: 440 })
    const list = page.locator('#timeline').locator('..')
    const scrolled = () => list.evaluate(({ scrollTop }) => scrollTop)
    const left = () =>
      list.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - clientHeight - scrollTop)
    await expect.poll(left).toBeGreaterThan(200)
    const box = await list.boundingBox()
    if (!box) throw new Error('the list is not drawn')
    const from = await pointOf(tiles(page).nth(0))
    await dragOver(page, from, { x: from.x, y: box.y + box.height - 4 })
    await expect.poll(left).toBeLessThan(2)
    // and back up from there
    await page.mouse.move(from.x, box.y + 4)
    await expect.poll(scrolled).toBe(0)
    await page.mouse.move(from.x, box.y + box.height - 4)
    await expect.poll(left).toBeLessThan(2)
    const end = await pointOf(tiles(page).last(), 0.9)
    await page.mouse.move(end.x, end.y, { steps: 3 })
    await expect.poll(() => page.locator('[data-gap]').getAttribute('data-gap')).toBe('12')
    await page.mouse.up()
    await expect.poll(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0])
  })

  test('by keys a photo goes a step or to an end, and keeps the focus', async () => {
    const page = await openLibrary(await open())
    const order = await openHarbour(page)
    const focused = () => page.evaluate(() => Number(document.activeElement?.getAttribute('data-index')))
    await tiles(page).nth(6).getByRole('link').focus()
    for (const [key, place] of [
      ['Alt+ArrowLeft', 5],
      ['Alt+ArrowRight', 6],
      ['Alt+Home', 0],
      ['Alt+End', 11],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(async () => (await order()).indexOf(6)).toBe(place)
      await expect.poll(focused).toBe(place)
    }
    expect(await bar(page).count()).toBe(0)

    // ? tells these keys here, and others elsewhere, where a button does too
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await page.keyboard.press('?')
    await help.getByText('Order of the album').waitFor()
    expect(await help.getByText('Go to a day').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    expect(await focused()).toBe(11)
    await page.getByRole('link', { name: 'Photos' }).first().click()
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await help.getByText('Go to a day').waitFor()
    expect(await help.getByText('Order of the album').count()).toBe(0)
  })
})
