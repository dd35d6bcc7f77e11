import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { PASSWORD, setUp } from './first-run.ts'

async function makeFolder() {
  const home = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const folder = join(home, 'Family')
  await mkdir(join(folder, 'Oslo'), { recursive: true })
  await makePicture(join(folder, 'Oslo', 'fjord.jpg'), {
    width: 900,
    height: 600,
    colour: 'hsl(200 40% 60%)',
  })
  return folder
}

/** Asks a procedure as the page's own account does, for what has no screen, or one that is not the matter here. */
async function ask(page: Page, name: string, input: object): Promise<void> {
  const answer = await page.evaluate(
    async ([procedure, given]) => {
      if ('mantel' in window) return (window.mantel as { call: typeof call }).call(procedure, given) // as the preload puts it there
      return call(procedure, given)
      async function call(named: string, sent: object): Promise<unknown> {
        const headers = { 'content-type': 'application/json', 'x-mantel': '1' }
        const response = await fetch(`/rpc/${named}`, { method: 'POST', headers, body: JSON.stringify(sent) })
        return response.json()
      }
    },
    [name, input] as const,
  )
  expect(answer).toMatchObject({ ok: true })
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
  test('the viewer offers what may be done, says it in time, and tells who sees a photo and where it lies', async () => {
    const door = await open()
    const folder = await makeFolder()
    const ada = await setUp(door, folder)
    await ada.getByRole('button', { name: 'Next' }).click()
    await ada.getByRole('button', { name: 'To the photos' }).click()
    await ada.getByRole('gridcell').first().waitFor()
    const person = { password: PASSWORD, role: 'user' }
    const folders = [{ path: folder, access: 'read-only' }]
    await ask(ada, 'accounts.create', { ...person, username: 'ben', name: 'Ben', folders })
    await ask(ada, 'accounts.create', { ...person, username: 'olga', name: 'Olga', role: 'admin' })

    // Ben is told of the folder he was given, not of where it lies
    const ben = await logIn(await door.openSecondWindow(), 'ben')
    await ben.getByRole('gridcell').first().click()
    const download = () => ben.getByRole('button', { name: 'Download' })
    await download().waitFor()
    await ben.keyboard.press('i')
    const panel = ben.getByRole('complementary', { name: 'Information' })
    await panel.getByText(join('Family', 'Oslo'), { exact: true }).waitFor()
    await expect
      .poll(() => panel.getByRole('listitem').allTextContents())
      .toEqual(['Ada Lovelace', 'Ben', 'Olga (as an admin)'])
    expect(await violations(ben)).toEqual([])

    // Ada administers and is told the place on the disk
    await ada.getByRole('gridcell').first().click()
    await ada.keyboard.press('i')
    await ada.getByText(join(folder, 'Oslo'), { exact: true }).waitFor()

    // a feature that is switched off is not offered any more, in windows that are open too
    await ask(ada, 'flags.set', { flags: { download: false } })
    await expect.poll(() => download().count()).toBe(0)
    await ask(ada, 'flags.set', { flags: { download: true } })
    await expect.poll(() => download().count()).toBe(1)

    // so is what its drive took away; the picture stays
    await rename(folder, join(folder, '..', 'away'))
    await ask(ada, 'jobs.scan', {})
    await expect.poll(() => download().count(), { timeout: 30_000 }).toBe(0)
    await expect.poll(() => ben.getByRole('img').count()).toBeGreaterThan(0)

    // and offered again once it is back
    await rename(join(folder, '..', 'away'), folder)
    await ask(ada, 'jobs.scan', {})
    await expect.poll(() => download().count(), { timeout: 30_000 }).toBe(1)
  })
})
