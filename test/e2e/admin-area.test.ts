import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { adaAndRose } from './ada-and-rose.ts'
import { violations } from './axe.ts'
import { callFrom } from './call-from.ts'
import { toAdminArea } from './family.ts'

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const rows = (page: Page) => part(page, 'Worker logs').getByRole('listitem')

async function choose(page: Page, label: string, option: string) {
  await part(page, 'Worker logs').getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

throughEachDoor((open) => {
  test('an admin has pictures made anew, by keyboard, and follows that in the worker logs', async () => {
    const { ada } = await adaAndRose(await open())
    await toAdminArea(ada)
    const tools = part(ada, 'Tools')
    await tools.getByText('No file has failed').waitFor()
    expect(await violations(ada)).toEqual([])
    await tools.getByRole('listitem').filter({ hasText: 'Make thumbnails anew' }).getByRole('button').focus()
    await ada.keyboard.press('Enter')
    const dialog = ada.getByRole('dialog', { name: 'Make thumbnails anew' })
    await dialog.getByText('2 thumbnails of all folders are made anew').waitFor()
    expect(await violations(ada)).toEqual([])
    await dialog.getByRole('button', { name: 'Make anew' }).focus()
    await ada.keyboard.press('Enter')
    await ada.getByRole('button', { name: 'Follow' }).click()
    await rows(ada).filter({ hasText: 'Thumbnails of' }).getByText('2 thumbnails made').waitFor()

    // a link elsewhere on the page, and the mark of what is read
    const anchors = ada.getByRole('navigation', { name: 'Sections of the Admin Area' })
    await anchors.getByRole('link', { name: 'Storage' }).click()
    await expect
      .poll(() => anchors.locator('[aria-current="location"]').allTextContents())
      .toEqual(['Storage'])
  })

  test('storage tells what is there, and its failed files lead to the log that says why', async () => {
    const door = await open()
    const { ada } = await adaAndRose(door)
    const folders = await callFrom(ada, 'folders.list', {})
    if (!folders.ok) throw new Error('no folders')
    const path = folders.value.folders[0]?.path ?? ''
    await writeFile(join(path, 'broken.jpg'), 'no picture at all')
    await callFrom(ada, 'jobs.scan', {})
    await toAdminArea(ada)
    const storage = part(ada, 'Storage')
    await storage.getByText('3 photos in 3 files').waitFor()
    await storage.getByRole('row', { name: /^Rose|^rose/ }).waitFor()
    await storage.getByText(/free$/).first().waitFor()
    expect(await violations(ada)).toEqual([])
    await storage.getByRole('link', { name: /^1/ }).click()
    await expect.poll(() => rows(ada).count()).toBe(1)
    await rows(ada).getByRole('button', { name: '1 failed' }).click()
    await part(ada, 'Worker logs').getByText('broken.jpg').waitFor()
    await part(ada, 'Worker logs').getByRole('button', { name: 'Save as text' }).waitFor()
    expect(await violations(ada)).toEqual([])
  })

  test('worker logs are filtered on the server, and an address says by what', async () => {
    const { ada } = await adaAndRose(await open())
    await callFrom(ada, 'jobs.clearCache', {})
    await toAdminArea(ada)
    const cleared = rows(ada).filter({ hasText: 'Clearing up made pictures' })
    await cleared.getByText('0 pictures removed').waitFor()
    await choose(ada, 'Kind', 'Scans')
    await cleared.waitFor({ state: 'detached' })
    await expect.poll(() => rows(ada).count()).toBeGreaterThan(0)
    await choose(ada, 'State', 'Failed')
    await part(ada, 'Worker logs').getByText('Nothing of this kind').waitFor()
    expect(await violations(ada)).toEqual([])
    await part(ada, 'Worker logs').getByRole('button', { name: 'Clear filters' }).click()
    await cleared.waitFor()
    await ada.evaluate(() => {
      location.hash = '#worker-logs?kind=clear-cache'
    })
    await expect.poll(() => rows(ada).count()).toBe(1)
    await cleared.waitFor()
  })

  test('a user sees the work on their folders, begins and stops their own, and nothing else', async () => {
    const { ada, rose } = await adaAndRose(await open(), 'user')
    await rose.getByRole('button', { name: /Account menu/ }).click()
    await rose.getByRole('menuitem', { name: 'Work on my folders' }).click()
    await rose.getByRole('heading', { name: 'Work on my folders' }).waitFor()
    const scans = rose.getByRole('listitem').filter({ hasText: /^.*Scan mantel-pictures/ })
    await scans.first().waitFor()
    expect(await violations(rose)).toEqual([])
    await rose.getByRole('combobox', { name: 'Started by' }).click()
    await rose.getByRole('option', { name: 'Started by me' }).click()
    await rose.getByText('You have not started anything yet').waitFor()
    await callFrom(rose, 'jobs.scan', {})
    await scans.first().waitFor()
    // while folders are switched off none is named
    await callFrom(ada, 'flags.set', { flags: { folders: false } })
    await rose.reload()
    await rose.getByText('Scan a folder').first().waitFor()
    expect(await scans.count()).toBe(0)
  })
})
