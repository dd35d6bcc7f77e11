import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { Door, DoorWindow } from '../support/doors.ts'
import { cameraExif, makePicture } from '../support/pictures.ts'
import { callFrom } from './call-from.ts'
import { PASSWORD, setUp } from './first-run.ts'

/** Two square photos of one day. */
async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const name of ['one', 'two'])
    await makePicture(join(folder, `${name}.jpg`), {
      width: 600,
      height: 600,
      exif: cameraExif({ taken: '2024:07:06 12:00:00', model: 'Pixel 8' }),
    })
  return folder
}

/** Ada's window, a super admin's, at her photos, and in a second one Rose, by default a viewer of the same folder. */
export async function adaAndRose(door: Door, role: 'viewer' | 'user' | 'admin' = 'viewer') {
  const folder = await makeFolder()
  const first = await setUp(door, folder)
  await first.getByRole('button', { name: 'Next' }).click()
  await first.getByRole('button', { name: 'To the photos' }).click()
  const made = await callFrom(first, 'accounts.create', {
    username: 'rose',
    password: PASSWORD,
    role,
    folders: [{ path: folder, access: 'read-only' }],
  })
  expect(made.ok).toBe(true)
  const rose = await logIn(await door.openSecondWindow(), 'rose')
  await rose.getByRole('gridcell').nth(1).waitFor()
  return { ada: await door.page(), rose }
}

/** Logs in with the password that everybody has in these tests. */
export async function logIn(window: DoorWindow, username: string): Promise<Page> {
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
