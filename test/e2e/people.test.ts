import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { addFolder, bringIn, householdOfAda, makeFolder, toAdminArea } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask } from './people.ts'

throughEachDoor((open) => {
  test('somebody signs up, waits, and is given a folder', async () => {
    const door = await open()
    const page = await householdOfAda(door, await makeFolder('Ada'))
    const folder = await makeFolder('Nora')
    await bringIn(door, folder)
    await toAdminArea(page)
    await ask(page, 'flags.set', { flags: { registration: true } })

    const second = await door.openSecondWindow()
    const nora = await second.pageShowing((shown) => shown.getByRole('link', { name: 'Create an account' }))
    expect(await violations(nora)).toEqual([])
    await nora.getByRole('link', { name: 'Create an account' }).press('Enter')
    await nora.getByLabel('Name', { exact: true }).fill('Nora Berg')
    expect(await nora.getByLabel('Username').inputValue()).toBe('nora')
    await nora.getByLabel('Username').fill('ada')
    await nora.keyboard.press('Enter')
    // what is missing is told at its field before anything is sent
    await nora.getByText('8 characters at least.', { exact: true }).waitFor()
    await nora.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await nora.keyboard.press('Enter')
    await nora.getByText('Somebody already has this name.').waitFor()
    await expect.poll(() => nora.locator('[aria-invalid=true]:focus').count()).toBe(1)
    expect(await violations(nora)).toEqual([])
    await nora.getByLabel('Username').fill('nora')
    await nora.keyboard.press('Enter')
    await nora.getByText('Your account is made.').waitFor()
    expect(await violations(nora)).toEqual([])
    await nora.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await nora.keyboard.press('Enter')
    const logged = await second.pageShowing((shown) => shown.getByText('No folder yet'))
    await logged.getByText('An admin of this household will give you a folder.').waitFor()
    expect(await violations(logged)).toEqual([])

    // Ada's open window knows already
    const row = page.getByRole('row', { name: /Nora Berg/ })
    await row.getByText('waits for a folder', { exact: true }).waitFor()
    await page.getByRole('heading', { name: /^People\W*1 waits for a folder$/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await row.getByRole('button', { name: /Give a folder/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit Nora Berg' })
    await addFolder(door, page, dialog, folder)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Nora Berg was saved').waitFor()
    await row.getByText('waits for a folder', { exact: true }).waitFor({ state: 'hidden' })

    // and the photos appear by themselves
    await logged.getByRole('gridcell').nth(2).waitFor()
  })

  test('people by keyboard: added with a role by arrow keys, changed in everything, deleted', async () => {
    const door = await open()
    const page = await householdOfAda(door, await makeFolder('Ada'))
    await ask(page, 'flags.set', { flags: { webdav: true } })
    await toAdminArea(page)
    await page.getByRole('button', { name: 'Add a person' }).press('Enter')
    let dialog = page.getByRole('dialog', { name: 'Add a person' })
    await dialog.getByLabel('Name', { exact: true }).fill('Ben')
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('radio', { name: /^User/ }).focus()
    await page.keyboard.press('ArrowDown')
    expect(await dialog.getByRole('radio', { name: /^Viewer/ }).isChecked()).toBe(true)
    // viewers have neither switch, users both
    await dialog.locator('summary').press('Enter')
    await dialog.getByLabel('Note').waitFor()
    expect(await dialog.getByRole('switch', { name: 'WebDAV' }).count()).toBe(0)
    await dialog.getByRole('radio', { name: /^Viewer/ }).press('ArrowUp')
    await dialog.getByRole('switch', { name: 'WebDAV' }).press('Space')
    await dialog.getByRole('switch', { name: 'May share' }).press('Space')
    await dialog.getByLabel(/Storage/).fill('lots')
    await dialog.getByText('A number of gigabytes').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(() => dialog.locator('[aria-invalid=true]:focus').count()).toBe(1)
    await dialog.getByLabel(/Storage/).fill('2,5')
    await dialog.getByLabel('Note').fill('upstairs')
    await dialog.getByRole('button', { name: 'Add', exact: true }).press('Enter')
    await page.getByText('Ben was added').waitFor()
    const ben = async () => {
      const { accounts } = await ask(page, 'accounts.list', {})
      return accounts.find(({ username }) => username === 'ben')
    }
    expect(await ben()).toMatchObject({
      role: 'user',
      webdav: true,
      mayShare: false,
      quotaBytes: 2_500_000_000,
      note: 'upstairs',
    })

    const actions = page.getByRole('button', { name: 'Actions for Ben' })
    await actions.press('Enter')
    await page.getByRole('menuitem', { name: 'Edit' }).press('Enter')
    dialog = page.getByRole('dialog', { name: 'Edit Ben' })
    expect(await dialog.getByLabel(/Storage/).inputValue()).toBe('2.5')
    await dialog.getByLabel(/Storage/).fill('')
    await dialog.getByLabel('E-mail').fill('ben@example.org')
    await dialog.getByRole('switch', { name: 'Must choose a new one at the next login' }).press('Space')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('Ben was saved').waitFor()
    expect(await ben()).toMatchObject({
      email: 'ben@example.org',
      quotaBytes: null,
      mustChangePassword: true,
    })

    await actions.press('Enter')
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    dialog = page.getByRole('dialog', { name: 'Delete Ben?' })
    // until the counts are there, the button waits
    await dialog.getByText('What becomes of what').waitFor()
    await dialog.getByRole('button', { name: 'Delete the account' }).press('Enter')
    await page.getByText('Ben was deleted').waitFor()
    // their row is gone, and with it the button that led there
    await expect
      .poll(() => page.getByRole('button', { name: 'Add a person' }).evaluate((one) => one.matches(':focus')))
      .toBe(true)
    expect(await violations(page)).toEqual([])
  })

  test('a toast keeps clear of the buttons of a dialog', async () => {
    const door = await open()
    const page = await householdOfAda(door, await makeFolder('Ada'))
    const ben = { username: 'ben', name: 'Ben', password: PASSWORD, role: 'user' } as const
    await ask(page, 'accounts.create', ben)
    await toAdminArea(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('switch', { name: 'Ben may log in' }).click()
    const toast = page.getByText('Ben may no longer log in; open sessions were ended')
    await toast.waitFor()
    await page.getByRole('button', { name: 'Actions for Ben' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit Ben' })
    for (const name of ['Cancel', 'Save', 'Close']) {
      const box = await dialog.getByRole('button', { name, exact: true }).boundingBox()
      const over = await toast.locator('xpath=ancestor::*[@role][1]').boundingBox()
      const isApart =
        box &&
        over &&
        (over.y + over.height <= box.y || box.y + box.height <= over.y || over.x + over.width <= box.x)
      expect(isApart, `${name}: ${JSON.stringify([box, over])}`).toBe(true)
    }
  })

  test('whoever had to choose a new password is told that it is done, in the household', async () => {
    const door = await open()
    const page = await householdOfAda(door, await makeFolder('Ada'))
    const ben = { username: 'ben', name: 'Ben', password: PASSWORD, role: 'user' } as const
    await ask(page, 'accounts.create', { ...ben, mustChangePassword: true })
    const second = await door.openSecondWindow()
    const login = await second.pageShowing((one) =>
      one.getByRole('button', { name: /^(Log in|Somebody else)$/ }),
    )
    const other = login.getByRole('button', { name: 'Somebody else' })
    if (await other.isVisible()) await other.click()
    await login.getByLabel('Username').fill('ben')
    await login.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await login.keyboard.press('Enter')
    const shown = await second.pageShowing((one) =>
      one.getByRole('heading', { name: 'Choose a new password' }),
    )
    expect(await violations(shown)).toEqual([])
    await shown.getByLabel('Current password').fill(PASSWORD)
    await shown.getByLabel('New password').fill('another mantelpiece')
    await shown.keyboard.press('Enter')
    await shown.getByText('No folder yet').waitFor()
    await shown.getByText('Password changed.').waitFor()
    await shown.getByRole('button', { name: 'Account menu of Ben' }).waitFor()
  })
})
