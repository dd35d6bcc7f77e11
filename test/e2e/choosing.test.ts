import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'

const PHONE = { width: 390, height: 844 }

throughEachDoor((open) => {
  test('an empty album gets photos that are chosen from the timeline, and gives them back', async () => {
    const page = await householdOfAda(await open(), await makeFolder('Ada'))
    const cells = page.getByRole('gridcell')
    await page.getByRole('navigation', { name: 'Library' }).getByRole('link', { name: 'Albums' }).click()
    await page.getByRole('button', { name: 'New album' }).first().click()
    await page.getByLabel('Title').fill('Porto')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Porto', level: 1 }).waitFor()
    const album = page.url()

    await page.getByText('No photos in this album yet').waitFor()
    await page.getByRole('button', { name: 'Add photos' }).press('Enter')
    const bar = page.getByRole('group', { name: 'Choose photos for “Porto”' })
    await cells.nth(2).waitFor()
    expect(await bar.getByRole('button', { name: 'Add 0 photos' }).isDisabled()).toBe(true)
    await cells.nth(0).click()
    await cells.nth(2).click()
    await bar.getByText('2 selected').waitFor()
    await page.setViewportSize(PHONE)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
    // nothing selected is not yet the end of it
    await page.keyboard.press('Escape')
    await bar.getByText('Select photos in any list').waitFor()
    // a range that is drawn the other way has as many photos, and others
    await cells.nth(1).click()
    await cells.nth(0).click({ modifiers: ['Shift'] })
    await bar.getByText('2 selected').waitFor()
    await cells.nth(2).click({ modifiers: ['Shift'] })
    await expect.poll(() => cells.nth(0).getAttribute('aria-selected')).toBe('false')
    const chosen = await Promise.all(
      [1, 2].map((at) => cells.nth(at).getByRole('link').getAttribute('data-photo')),
    )
    await bar.getByRole('button', { name: 'Add 2 photos' }).click()
    await page.getByText('2 photos added to the album.').waitFor()
    expect(page.url()).toBe(album)
    await expect.poll(() => cells.count()).toBe(2)
    const added = cells.getByRole('link')
    expect(await added.evaluateAll((all) => all.map((one) => one.getAttribute('data-photo')))).toEqual(chosen)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => cells.count()).toBe(0)
    // the browser's own way back ends it as well
    await cells.first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add photos' }).press('Enter')
    await bar.waitFor()
    await page.goBack()
    await bar.waitFor({ state: 'detached' })
    // and a click opens photos again
    await page.getByRole('link', { name: 'Photos', exact: true }).first().click()
    await cells.nth(2).waitFor()
    await cells.nth(0).click()
    await page.getByRole('dialog', { name: 'Photo' }).waitFor()
  })
})
