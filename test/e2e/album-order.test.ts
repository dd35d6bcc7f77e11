import { expect, test } from 'vitest'
import { HAND_MONTH } from '../../electron/contract/values.ts'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { ask } from './people.ts'

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
})
