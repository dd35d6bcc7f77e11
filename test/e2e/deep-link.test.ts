import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { PASSWORD } from './first-run.ts'
import { ask, atLogin } from './people.ts'

throughEachDoor(
  (open) => {
    test('mantel://s/… opens a link in the window that is there, and anything else opens nothing', async () => {
      const door = await open()
      const ada = await householdOfAda(door, await makeFolder('Ada'))
      const { months } = await ask(ada, 'timeline.months', {})
      const { ids } = await ask(ada, 'timeline.month', { month: months[0]?.month ?? '' })
      const { url } = await ask(ada, 'shares.createLink', { photoIds: ids })
      // in the window, and with no door to the house's network
      expect(url).toMatch(/^mantel:\/\/s\/[\w-]{43}$/)

      /** As the system starts the program once more. */
      const start = (address: string) =>
        door.evaluate?.(({ app }, argument) => {
          app.emit('second-instance', {}, ['mantel', argument], '/', {})
        }, address)
      await start(`${url}/../../admin`)
      await start(url)
      const page = await door.pageShowing((each) =>
        each.getByRole('heading', { name: 'Photos from Ada Lovelace' }),
      )
      expect(new URL(page.url()).pathname).toBe(url.slice('mantel:/'.length))
      await expect.poll(() => page.getByRole('gridcell').count()).toBe(ids.length)

      // nobody is logged in: the link is seen without an account, and with one after the login
      await page.getByRole('button', { name: /^Account menu/ }).click()
      await page.getByRole('menuitem', { name: /^Log out/ }).click()
      await door.pageShowing(atLogin)
      await start(url)
      const visitor = await door.pageShowing((each) => each.getByRole('link', { name: 'Log in' }))
      await visitor.getByRole('link', { name: 'Log in' }).click()
      const form = await door.pageShowing((each) => each.getByRole('button', { name: /^Log in$|Ada/ }))
      const known = form.getByRole('button', { name: /Ada/ })
      if (await known.isVisible()) await known.click()
      await form.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await form.keyboard.press('Enter')
      const back = await door.pageShowing((each) => each.getByRole('button', { name: /^Account menu/ }))
      await back.getByRole('heading', { name: 'Photos from Ada Lovelace' }).waitFor()
      expect(new URL(back.url()).pathname).toBe(url.slice('mantel:/'.length))
    })
  },
  ['stand-in', 'electron'],
)
