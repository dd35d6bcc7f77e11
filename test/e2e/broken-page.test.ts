import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { withBen } from './people.ts'

throughEachDoor(
  (open) => {
    test('a page whose code cannot be fetched says so, leaves the rest, and can be loaded again', async () => {
      const door = await open()
      const { page } = await withBen(door)
      await page.route(/\/assets\/albums-page/, (route) => route.abort())
      await page.getByRole('link', { name: 'Albums', exact: true }).click()
      const said = page.getByRole('alert')
      await said.getByText('This page could not be loaded').waitFor()
      expect(await violations(page)).toEqual([])
      // the rest of the house is there
      await page.getByRole('link', { name: 'Folders', exact: true }).click()
      await page.getByRole('heading', { name: 'Folders', level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Albums', exact: true }).click()
      await said.waitFor()
      await page.unroute(/\/assets\/albums-page/)
      await said.getByRole('button', { name: 'Load again' }).press('Enter')
      await page.getByRole('heading', { name: 'Albums', level: 1 }).waitFor()
    })
  },
  ['stand-in', 'web'],
)

throughEachDoor(
  (open) => {
    test('a page that came while the server was away is there once it answers', async () => {
      const { page } = await withBen(await open())
      await page.route(/\/assets\/albums-page|\/rpc\//, (route) => route.abort())
      await page.getByRole('link', { name: 'Albums', exact: true }).click()
      await page.getByRole('alert').getByText('This page tries again by itself').waitFor()
      expect(await violations(page)).toEqual([])
      await page.unroute(/\/assets\/albums-page|\/rpc\//)
      await page.getByRole('heading', { name: 'Albums', level: 1 }).waitFor()
    })
  },
  ['web'],
)
