import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Door } from '../support/doors.ts'
import { violations } from './axe.ts'

export const PASSWORD = 'a quiet mantelpiece'

/** Gives the set-up page a folder: by the native picker in Mantel's window, by its path in a browser. */
async function giveFirstFolder(door: Door, page: Page, folder: string) {
  if (!door.evaluate) return page.getByLabel('Folder on the computer Mantel runs on').fill(folder)
  await pickNext(door, folder)
  return page.getByRole('button', { name: 'Pick a folder' }).click()
}

/** What the person will choose in the native picker. */
export async function pickNext(door: Door, folder: string) {
  await door.evaluate?.(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
}

/** The first run as the person at the host does it: an account for Ada, and her folder scanned. Each page passes axe. */
export async function setUp(door: Door, folder: string): Promise<Page> {
  const page = await door.pageShowing((shown) =>
    shown.getByRole('heading', { name: 'Welcome. Who are you?' }),
  )
  expect(await violations(page)).toEqual([])
  if (door.setupCode) await page.getByLabel('Set-up code').fill(door.setupCode)
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace')
  await page.getByLabel('Username').fill('ada')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Next' }).click()
  await giveFirstFolder(door, page, folder)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Look at the pictures' }).click()
  return door.pageShowing((shown) => shown.getByText('The whole folder was looked through.'))
}
