import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { setUp } from './first-run.ts'

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [index, name] of ['one', 'two', 'three'].entries())
    await makePicture(join(folder, `${name}.jpg`), { width: 300 + index, height: 200 })
  return folder
}

const tiles = (page: Page) => page.getByRole('gridcell')
const tileCount = (page: Page, count: number) =>
  expect.poll(() => tiles(page).count(), { timeout: 60_000 }).toBe(count)

async function toLibrarySettings(page: Page) {
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Admin Area' }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the Admin Area' })
  await sections.getByRole('link', { name: 'Library', exact: true }).click()
  const section = page.getByRole('region', { name: 'Library' })
  await section.getByRole('textbox', { name: 'Leave out' }).waitFor()
  return section
}

throughEachDoor((open) => {
  test('an admin says what is left out, when folders are looked through, and whether they are watched', async () => {
    const door = await open()
    const folder = await makeFolder()
    const page = await setUp(door, folder)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'To the photos' }).click()
    await tileCount(page, 3)

    // a picture that is copied in appears by itself
    await makePicture(join(folder, 'four.jpg'), { width: 320, height: 200 })
    await tileCount(page, 4)

    // what a pattern leaves out vanishes
    let section = await toLibrarySettings(page)
    expect(await violations(page)).toEqual([])
    const save = () => section.getByRole('button', { name: 'Save' }).click()
    const patterns = () => section.getByRole('textbox', { name: 'Leave out' })
    expect(await section.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await patterns().fill('four.*\ntwo.*\n')
    await save()
    await page.getByText('The library settings were saved').waitFor()
    await page.getByRole('link', { name: 'Photos' }).first().click()
    await tileCount(page, 2)

    // an error stands at its field, and nothing typed is lost
    section = await toLibrarySettings(page)
    expect(await patterns().inputValue()).toBe('four.*\ntwo.*')
    await patterns().fill(`one.*\n${'x'.repeat(1001)}`)
    await save()
    await section.getByText('Line 2: 1,000 characters in a line at most.').waitFor()
    await expect.poll(() => patterns().evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await violations(page)).toEqual([])
    await section.getByRole('button', { name: 'Discard' }).click()
    expect(await patterns().inputValue()).toBe('four.*\ntwo.*')

    // the schedule, by keyboard
    await section.getByRole('combobox', { name: 'How often' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Every day' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await section.getByRole('combobox', { name: 'Day of the week' }).waitFor()
    await section.getByLabel('Time of day').fill('')
    await patterns().fill('')
    await save()
    await section.getByText('A time of day from 00:00 to 23:59.').waitFor()
    await section.getByLabel('Time of day').fill('23:30')
    await save()
    await expect.poll(() => section.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(await violations(page)).toEqual([])

    // the switch holds at once
    await section.getByRole('switch', { name: 'Watch the folders' }).click()
    await page.getByText('The folders are no longer watched').waitFor()

    // without the patterns everything is back, and all was kept
    await page.getByRole('link', { name: 'Photos' }).first().click()
    await tileCount(page, 4)
    section = await toLibrarySettings(page)
    expect(await section.getByLabel('Time of day').inputValue()).toBe('23:30')
    expect(await section.getByRole('combobox', { name: 'How often' }).textContent()).toBe('Every week')
    expect(await section.getByRole('switch', { name: 'Watch the folders' }).isChecked()).toBe(false)
  })
})
