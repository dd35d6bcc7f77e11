import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { cameraExif, makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { PASSWORD, pickNext, setUp } from './first-run.ts'

const commandLine = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))

/** Three folders of real files: Ada's, Ben's and the one they share. */
async function makeFolders() {
  const directory = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const folders = {
    ada: join(directory, 'Ada'),
    ben: join(directory, 'Ben'),
    family: join(directory, 'Family'),
  }
  const day = (text: string) => cameraExif({ taken: `${text} 12:00:00`, model: 'Pixel 8' })
  for (const [folder, names, month] of [
    [folders.ada, ['lisbon-1', 'lisbon-2', 'lisbon-3'], '2024:07'],
    [folders.ben, ['alps-1', 'alps-2'], '2023:02'],
    [folders.family, ['garden-1', 'garden-2', 'garden-3', 'garden-4'], '2025:05'],
  ] as const)
    for (const [index, name] of names.entries())
      await makePicture(join(folder, `${name}.jpg`), {
        width: 900,
        height: 600,
        colour: `hsl(${index * 50} 40% 60%)`,
        exif: day(`${month}:0${index + 1}`),
      })
  return folders
}

const tiles = (page: Page) => page.getByRole('gridcell')

async function logOut(window: DoorWindow): Promise<Page> {
  const page = await window.page()
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  return window.pageShowing((shown) => shown.getByRole('heading', { name: /Who is looking|Log in/ }))
}

async function logIn(window: DoorWindow, username: string): Promise<Page> {
  const page = await window.pageShowing((shown) =>
    shown.getByRole('button', { name: /Log in|Somebody else/ }),
  )
  const other = page.getByRole('button', { name: 'Somebody else' })
  if (await other.isVisible()) await other.click()
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  return window.pageShowing((shown) => shown.getByRole('button', { name: /Account menu/ }))
}

throughEachDoor((open) => {
  test('a household from its first minute: set-up, people, pictures of one’s own', async () => {
    const door = await open()
    const folders = await makeFolders()

    // the first run shows the first pictures at once, and goes on to the people
    let page = await setUp(door, folders.ada)
    await page.getByText('3 pictures', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'Who lives here?' }).waitFor()
    await page.getByText('Admins can see every folder of the household.').waitFor()
    await page.getByRole('button', { name: 'To the photos' }).click()
    await tiles(page).nth(2).waitFor()
    await expect.poll(() => tiles(page).count()).toBe(3)
    await page.getByText(/Jul(y)? 3, 2024/).waitFor()
    expect(await violations(page)).toEqual([])

    // folders enter on the host: by its picker, or (for browsers) by its command line
    if (!door.evaluate) {
      for (const folder of [folders.ben, folders.family])
        await promisify(execFile)(process.execPath, [
          commandLine,
          'folders',
          'add',
          folder,
          '--data',
          door.dataDir,
        ])
    }
    await page.getByRole('button', { name: /Account menu/ }).click()
    await page.getByRole('menuitem', { name: 'Admin Area' }).click()
    await page.getByRole('heading', { name: 'Admin Area' }).waitFor()
    await page.getByRole('button', { name: 'Add a person' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Ben')
    await dialog.getByLabel('Username').fill('ada')
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('radio', { name: /User/ }).check()
    for (const folder of [folders.ben, folders.family]) {
      await pickNext(door, folder)
      await dialog.getByRole('button', { name: 'Add a folder' }).click()
      if (!door.evaluate) {
        const chooser = page.getByRole('dialog', { name: 'Choose a folder' })
        await chooser.getByRole('button', { name: folder }).click()
        await chooser.getByRole('button', { name: 'Choose this folder' }).click()
      }
      await dialog
        .getByText(folder.split('/').at(-1) ?? '')
        .first()
        .waitFor()
    }
    expect(await violations(page)).toEqual([])
    // a taken name is told at its field, and nothing typed is lost
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.getByText('Somebody already has this name.').waitFor()
    await dialog.getByLabel('Username').fill('ben')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('Ben was added').waitFor()
    const people = page.getByRole('region', { name: 'People', exact: true })
    await people.getByRole('row', { name: /Ben/ }).getByRole('link', { name: '6 photos of Ben' }).waitFor()
    expect(await violations(page)).toEqual([])

    // Ben sees what was given to him and nothing of Ada's
    await logOut(door)
    page = await logIn(door, 'ben')
    await tiles(page).nth(5).waitFor()
    await expect.poll(() => tiles(page).count()).toBe(6)
    expect(await page.getByText(/Jul.* 2024/).count()).toBe(0)
    await page.getByRole('button', { name: /Account menu/ }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Admin Area' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    // closed by key, the menu gives the focus back to its button
    await page.locator('button[aria-haspopup=menu]:focus').waitFor()

    // the viewer, by keyboard alone
    await tiles(page).first().getByRole('link').focus()
    await page.keyboard.press('Enter')
    const viewer = page.getByRole('dialog', { name: 'Photo' })
    await viewer.getByText('1 of 6', { exact: true }).waitFor()
    await page.keyboard.press('i')
    await viewer.getByText('garden-4.jpg', { exact: true }).waitFor()
    await viewer
      .getByText(/Pixel 8/)
      .first()
      .waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('ArrowRight')
    await viewer.getByText('garden-3.jpg', { exact: true }).waitFor()
    await page.keyboard.press('End')
    await viewer.getByText('alps-1.jpg', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })
    await logOut(door)
  })

  test('preferences follow the account, in its language and its colours', async () => {
    const door = await open()
    const folders = await makeFolders()
    let page = await setUp(door, folders.ada)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'To the photos' }).click()
    await page.getByRole('button', { name: /Account menu/ }).click()
    await page.getByRole('menuitem', { name: 'Preferences' }).click()
    await page
      .getByRole('radio', { name: 'Dark' })
      .or(page.getByText('Dark', { exact: true }))
      .first()
      .click()
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    expect(await violations(page)).toEqual([])
    await logOut(door)
    page = await logIn(door, 'ada')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  })
})
