import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { ask } from './people.ts'

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
    })
  },
  ['stand-in', 'electron'],
)
