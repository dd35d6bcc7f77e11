import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { toAdminArea } from './family.ts'
import { ask, atLibrary, replacing, withBen } from './people.ts'

const peopleOf = async (page: Page) =>
  (await ask(page, 'accounts.list', {})).accounts.map(({ username }) => username).sort()

throughEachDoor((open) => {
  test('back up now, change something, restore: it is as before, and the page says so', {
    timeout: 240_000,
  }, async () => {
    const door = await open()
    const { page } = await withBen(door)
    const before = await peopleOf(page)
    await toAdminArea(page)
    await page.getByRole('link', { name: 'Backup', exact: true }).click()
    const section = page.getByRole('region', { name: 'Backup' })
    await section.getByText('There is no backup yet.').waitFor()
    await section.getByRole('button', { name: 'Back up now' }).click()
    await section.getByText('was checked and is whole').waitFor({ timeout: 60_000 })
    expect(await violations(page)).toEqual([])

    await ask(page, 'accounts.create', { username: 'cleo', password: 'a long enough password', role: 'user' })
    expect(await peopleOf(page)).toEqual([...before, 'cleo'].sort())
    await section.getByRole('button', { name: /^Restore\s*:/ }).click()
    const dialog = page.getByRole('dialog', { name: /Restore the backup of/ })
    const row = dialog.getByRole('row', { name: /People/ })
    await row.waitFor()
    expect(await row.textContent()).toBe(`People${before.length}${before.length + 1}`)
    expect(await violations(page)).toEqual([])
    await replacing(dialog.getByRole('button', { name: 'Restore' }).click())

    // the window's view is made anew, a tab goes on; both say what happened
    await expect
      .poll(async () => peopleOf(await door.pageShowing(atLibrary)).catch(() => []), { timeout: 60_000 })
      .toEqual(before)
    const now = await door.pageShowing(atLibrary)
    await toAdminArea(now)
    await now.getByText(/^Restored on .* What there was before is kept as set-aside-/).waitFor()
    expect(await violations(now)).toEqual([])
  })

  test('where backups go is refused at its field, and kept when it will do', async () => {
    const door = await open()
    const { page } = await withBen(door)
    await toAdminArea(page)
    const section = page.getByRole('region', { name: 'Backup' })
    const folder = () => section.getByRole('textbox', { name: 'Folder' })
    await folder().fill('backups')
    await section.getByRole('spinbutton', { name: 'Backups to keep' }).fill('0')
    await section.getByRole('button', { name: 'Save' }).click()
    await section.getByText('Choose a whole number from 1 to 365.').waitFor()
    await section.getByRole('spinbutton', { name: 'Backups to keep' }).fill('3')
    await section.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => folder().getAttribute('aria-invalid')).toBe('true')
    expect(await violations(page)).toEqual([])
    const disk = mkdtempSync(join(tmpdir(), 'mantel-disk-'))
    onTestFinished(() => rmSync(disk, { recursive: true, force: true }))
    mkdirSync(join(disk, 'mantel'))
    await folder().fill(join(disk, 'mantel'))
    await section.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Backup settings saved').waitFor()
    expect(await ask(page, 'settings.backup', {})).toMatchObject({ keep: 3, folder: join(disk, 'mantel') })
  })
})
