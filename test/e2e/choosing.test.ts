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
    await cells.nth(0).click()
    await cells.nth(2).click()
    await bar.getByRole('button', { name: 'Add 2 photos' }).click()
    await page.getByText('2 photos added to the album.').waitFor()
    expect(page.url()).toBe(album)
    await expect.poll(() => cells.count()).toBe(2)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => cells.count()).toBe(0)
    // a click opens photos again
    await page.getByRole('link', { name: 'Photos', exact: true }).first().click()
    await cells.nth(2).waitFor()
    await cells.nth(0).click()
    await page.getByRole('dialog', { name: 'Photo' }).waitFor()
  })
})
