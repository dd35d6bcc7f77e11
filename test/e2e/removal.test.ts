import { expect, test } from 'vitest'
import { withDatabase } from '../integration/killed/index-of.ts'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { toAdminArea } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, withBen } from './people.ts'

/** Gives Ben a favourite, a rating and two albums, as no page does yet. */
const furnish = (dataDir: string, ben: number) =>
  withDatabase(dataDir, async (connection) => {
    const overlay =
      'insert into overlays (account_id, photo_id, favourite, rating, updated_at) select ?, id, 1, 3, 0 from photos limit 1'
    await connection.run(overlay, [ben])
    for (const title of ['Summer', 'Winter'])
      await connection.run(
        'insert into albums (owner_id, title, created_at, updated_at) values (?, ?, 0, 0)',
        [ben, title],
      )
  })

throughEachDoor((open) => {
  test('somebody is deleted in each way, brought back, and removed for good', async () => {
    const door = await open()
    const { page, ben } = await withBen(door)
    await expect
      .poll(async () => (await ask(page, 'timeline.months', {})).months.length, { timeout: 60_000 })
      .toBe(1)
    await furnish(door.dataDir, ben)
    await toAdminArea(page)
    const openDialog = async (name = 'Ben') => {
      await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).press('Enter')
      await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: `Delete ${name}?` })
      await dialog.getByText('What becomes of what').waitFor()
      return dialog
    }
    const row = (name = 'Ben') => page.getByRole('button', { name: `Actions for ${name}`, exact: true })
    const deleted = page.getByRole('region', { name: 'Recently deleted' })
    expect(await deleted.count()).toBe(0)

    // kept, and undone at once
    let dialog = await openDialog()
    await dialog.getByText('Added 1 favourite, 2 albums, and 1 rating.').waitFor()
    expect(await dialog.getByRole('radio', { name: 'Keep it for 30 days' }).isChecked()).toBe(true)
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Delete the account' }).press('Enter')
    await deleted.getByText('30 days left').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await row().waitFor()
    await page.getByText('Ben is back').first().waitFor()
    await deleted.waitFor({ state: 'hidden' })

    // handed to Ada; somebody else becomes Ben; the old one comes back under another name
    dialog = await openDialog()
    await dialog.getByRole('radio', { name: 'Keep it for 30 days' }).press('ArrowDown')
    await dialog.getByLabel('Who gets them').getByText('Ada Lovelace').waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Delete, and hand over to Ada Lovelace' }).press('Enter')
    await deleted.getByText('1 favourite and 1 rating').waitFor()
    await ask(page, 'accounts.create', { username: 'ben', name: 'Olga', password: PASSWORD, role: 'user' })
    await deleted.getByRole('button', { name: /^Restore\W+Ben$/ }).click()
    dialog = page.getByRole('dialog', { name: 'Restore Ben under which username?' })
    await dialog.getByLabel('Username').fill('ada')
    await page.keyboard.press('Enter')
    await dialog.getByText('Somebody already has this name.').waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByLabel('Username').fill('benjamin')
    await page.keyboard.press('Enter')
    await page.getByText('Ben is back').first().waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: 'Add a person' }).evaluate((one) => one.matches(':focus')))
      .toBe(true)
    // his albums stayed with Ada
    dialog = await openDialog()
    await dialog.getByText('Added 1 favourite and 1 rating.').waitFor()
    await expect.poll(() => dialog.getByRole('radio').count()).toBe(2)

    // at once
    await dialog.getByRole('radio', { name: 'Remove it now' }).check()
    await dialog.getByRole('button', { name: 'Delete Ben, 1 favourite, and 1 rating' }).press('Enter')
    const told = page.getByText('Ben was deleted for good')
    await told.waitFor()
    const toast = told.locator('xpath=ancestor::*[@role][1]')
    expect(await toast.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect(await deleted.count()).toBe(0)

    // what is kept of the other is removed before its time
    dialog = await openDialog('Olga')
    await dialog.getByRole('button', { name: 'Delete the account' }).press('Enter')
    await deleted.getByRole('button', { name: /^Remove now\W+Olga$/ }).click()
    dialog = page.getByRole('dialog', { name: 'Remove Olga for good?' })
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Delete Olga' }).press('Enter')
    await deleted.waitFor({ state: 'hidden' })
    const left = () =>
      withDatabase(door.dataDir, (connection) => connection.all('select username from accounts'))
    await expect.poll(left, { timeout: 30_000 }).toEqual([{ username: 'ada' }])
  })
})
