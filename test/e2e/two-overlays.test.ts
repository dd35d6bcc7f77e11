import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, logInAs } from './people.ts'

throughEachDoor((open) => {
  test('two windows, two accounts, one folder: what each adds is their own, what is for everyone is there at once', async () => {
    const door = await open()
    const folder = await makeFolder('Ada')
    const ada = await householdOfAda(door, folder)
    await ask(ada, 'accounts.create', {
      username: 'ben',
      name: 'Ben',
      password: PASSWORD,
      role: 'user',
      folders: [{ path: folder, access: 'read-write' }],
    })
    const ben = await logInAs(await door.openSecondWindow(), 'ben')
    for (const page of [ada, ben]) {
      await page.getByRole('gridcell').first().getByRole('link').click()
      await page.keyboard.press('i')
      await page.getByRole('textbox', { name: 'Caption for everyone with this folder' }).waitFor()
    }
    const captionOf = (page: typeof ada, label: string) => page.getByRole('textbox', { name: label })
    const heartOf = (page: typeof ada) => page.getByRole('button', { name: 'Favourite' })
    expect(new URL(ada.url()).pathname).toBe(new URL(ben.url()).pathname)

    await captionOf(ada, 'Caption, for you alone').fill('mine')
    await captionOf(ada, 'Caption, for you alone').press('Enter')
    await captionOf(ada, 'Caption for everyone with this folder').fill('Our harbour')
    await captionOf(ada, 'Caption for everyone with this folder').press('Enter')
    await expect
      .poll(() => captionOf(ben, 'Caption for everyone with this folder').inputValue())
      .toBe('Our harbour')
    expect(await captionOf(ben, 'Caption, for you alone').inputValue()).toBe('')

    await heartOf(ada).click()
    await expect.poll(() => heartOf(ada).getAttribute('aria-pressed')).toBe('true')
    await captionOf(ben, 'Caption for everyone with this folder').fill('Our old harbour')
    await captionOf(ben, 'Caption for everyone with this folder').press('Enter')
    await expect
      .poll(() => captionOf(ada, 'Caption for everyone with this folder').inputValue())
      .toBe('Our old harbour')
    // the heart came before the caption, so that it would be here by now
    expect(await heartOf(ben).getAttribute('aria-pressed')).toBe('false')
    expect(await captionOf(ada, 'Caption, for you alone').inputValue()).toBe('mine')

    await ada.goto(new URL('/favourites', ada.url()).href)
    await ada.getByRole('gridcell').first().waitFor()
    await ben.goto(new URL('/favourites', ben.url()).href)
    await ben.getByRole('heading', { name: 'No favourites yet' }).waitFor()
    expect((await ask(ben, 'timeline.months', { filter: { by: 'favourites' } })).months).toEqual([])
    expect(await ben.getByRole('gridcell').count()).toBe(0)
  })
})
