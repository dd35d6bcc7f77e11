import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { cameraExif, makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { setUpQuickly } from './people.ts'

/** Three pictures of one day. */
async function makeFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const folder = join(directory, 'Ada')
  for (let index = 0; index < 3; index++)
    await makePicture(join(folder, `${index}.jpg`), {
      width: 160,
      height: 120,
      colour: `hsl(${index * 60} 40% 60%)`,
      exif: cameraExif({ taken: `2024:07:06 12:0${index}:00` }),
    })
  return folder
}

throughEachDoor((open) => {
  test('photos are moved by an hour, shown before and after, and taken back', async () => {
    const page = await setUpQuickly(await open(), await makeFolder())
    const tiles = page.getByRole('gridcell')
    await tiles.nth(2).waitFor()
    await tiles.first().getByRole('link').focus()
    await page.keyboard.press('ControlOrMeta+a')
    const bar = page.getByRole('group', { name: 'Selected photos' })
    await bar.getByRole('button', { name: 'Correct date and place …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Correct date and place of 3 photos' })
    await dialog.getByRole('combobox', { name: 'Date and time' }).click()
    await page.getByRole('option', { name: 'Move earlier or later' }).click()
    await dialog.getByLabel('Days').fill('40')
    await dialog.getByText('Thu, Aug 15, 2024', { exact: false }).first().waitFor()
    await dialog.getByRole('combobox', { name: 'Place' }).click()
    await page.getByRole('option', { name: 'Set the place' }).click()
    await dialog.getByLabel('Coordinates').fill('nowhere')
    await dialog.getByRole('button', { name: 'Correct 3 photos' }).click()
    await dialog.getByText('Latitude and longitude, such as 38.7, -9.1.').waitFor()
    await dialog.getByLabel('Coordinates').fill('38°42′ N 9°6′ W')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Correct 3 photos' }).click()
    await page.getByText('3 photos corrected.').waitFor()
    await page.getByText('August 15, 2024', { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('July 6, 2024', { exact: false }).first().waitFor()
  })

  test('one photo is given a place where it is looked at, and goes by its file again', async () => {
    const page = await setUpQuickly(await open(), await makeFolder())
    await page.getByRole('gridcell').first().getByRole('link').click()
    const viewer = page.getByRole('dialog', { name: 'Photo', exact: true })
    await viewer.waitFor()
    await page.keyboard.press('i')
    const panel = viewer.getByRole('complementary')
    await panel.getByText('No place known').waitFor()
    await panel.getByRole('button', { name: 'Correct the place' }).click()
    const dialog = page.getByRole('dialog', { name: 'Correct date and place' })
    await dialog.getByLabel('Coordinates').fill('38.7, -9.1')
    // keys are the dialog's: an arrow leafs no further below it
    await page.keyboard.press('ArrowRight')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await panel.getByText('Corrected').waitFor()
    await panel.getByRole('button', { name: 'Correct the date' }).waitFor()
    await panel.getByRole('button', { name: 'Go by the file again' }).click()
    await panel.getByText('No place known').waitFor()
  })

  test('XMP files are written beside selected photos, and it is told which could not be and why', async () => {
    const folder = await makeFolder()
    // what stands in the way of one of them is left alone
    await mkdir(join(folder, '2.jpg.xmp'))
    const page = await setUpQuickly(await open(), folder)
    const tiles = page.getByRole('gridcell')
    await tiles.nth(2).waitFor()
    await tiles.first().getByRole('link').focus()
    await page.keyboard.press('ControlOrMeta+a')
    const bar = page.getByRole('group', { name: 'Selected photos' })
    await bar.getByRole('button', { name: 'Write XMP files …' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write XMP files beside 3 photos' })
    await dialog.getByRole('checkbox', { name: /Also my rating/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('2 XMP files are up to date. 1 could not be written: The sidecar file').waitFor()
    const pictures = ['0.jpg', '0.jpg.xmp', '1.jpg', '1.jpg.xmp', '2.jpg', '2.jpg.xmp']
    expect((await readdir(folder)).sort()).toEqual(pictures)
  })
})
