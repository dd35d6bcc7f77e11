import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { Door } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { pickNext } from './first-run.ts'
import { setUpQuickly } from './people.ts'

const commandLine = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))

/** A folder of three pictures, removed after the test. */
export async function makeFolder(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const folder = join(directory, name)
  for (const [index, picture] of ['one', 'two', 'three'].entries())
    await makePicture(join(folder, `${picture}.jpg`), { width: 300 + index, height: 200 })
  return folder
}

/** A household of Ada alone, who has the folder and looks at its photos. */
export async function householdOfAda(door: Door, folder: string): Promise<Page> {
  const page = await setUpQuickly(door, folder)
  await page.getByRole('gridcell').nth(2).waitFor()
  return page
}

/** Makes a folder known to the household on its host, so that browsers may choose it too. */
export async function bringIn(door: Door, folder: string): Promise<void> {
  if (door.evaluate) return
  await promisify(execFile)(process.execPath, [commandLine, 'folders', 'add', folder, '--data', door.dataDir])
}

/** Adds a folder in a person's dialog: by the native picker in Mantel's window, by the chooser in a browser. */
export async function addFolder(door: Door, page: Page, dialog: Locator, folder: string): Promise<void> {
  await pickNext(door, folder)
  await dialog.getByRole('button', { name: 'Add a folder' }).click()
  if (!door.evaluate) {
    const chooser = page.getByRole('dialog', { name: 'Choose a folder' })
    await chooser.getByRole('button', { name: folder }).click()
    await chooser.getByRole('button', { name: 'Choose this folder' }).click()
  }
  await dialog.getByText(folder).first().waitFor()
}

/** Leads to the Admin Area by the account menu. */
export async function toAdminArea(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: /^Admin Area/ }).click()
  await page.getByRole('heading', { name: 'Admin Area' }).waitFor()
}
