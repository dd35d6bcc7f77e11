import { readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Download, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Door, throughEachDoor } from '../support/doors.ts'
import { unzipped, unzipsHere } from '../support/unzip.ts'
import { violations } from './axe.ts'
import { ask } from './people.ts'
import { bar, count, openLibrary, tiles } from './twelve.ts'

const select = async (page: Page, ...which: number[]) => {
  for (const place of which)
    await tiles(page)
      .nth(place)
      .click({ modifiers: ['ControlOrMeta'] })
  await count(page, `${which.length} selected`)
}

/** What a click or key hands over to be saved. */
async function saved(page: Page, act: () => Promise<unknown>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return download
}

/** What lies behind a download, asked for by the page itself: the stand-in keeps no downloads. */
async function behind(page: Page, download: Download): Promise<Buffer> {
  const base64 = await page.evaluate(async (path) => {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer())
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  }, new URL(download.url()).pathname)
  return Buffer.from(base64, 'base64')
}

const folderOf = async (page: Page) => (await ask(page, 'folders.list', {})).folders[0]?.path ?? ''

/** Compares an archive with the files on the disk; answers their names. */
async function compared(door: Door, page: Page, download: Download): Promise<string[]> {
  const path = join(door.dataDir, 'saved.zip')
  await writeFile(path, await behind(page, download))
  const files = unzipped(path)
  for (const { name, content } of files)
    expect([name, content.equals(await readFile(join(await folderOf(page), name)))]).toEqual([name, true])
  return files.map(({ name }) => name)
}

throughEachDoor((open, door) => {
  test.skipIf(!unzipsHere)(
    'what is selected, an album and a folder come as a zip file, one photo as it is',
    async () => {
      const house = await open()
      const page = await openLibrary(house)
      await select(page, 1, 4, 5)
      const several = await saved(page, () => page.keyboard.press('Shift+D'))
      expect(several.suggestedFilename()).toBe('2024-07-05 - 2024-07-06.zip')
      expect(await compared(house, page, several)).toEqual(['0-1.jpg', '1-0.jpg', '1-1.jpg'])
      if (door === 'web') expect(unzipped(await several.path()).length).toBe(3)
      await page.getByText(/^Downloading 3 photos as a zip file · /).waitFor()
      // it stays selected
      await count(page, '3 selected')
      await page.keyboard.press('Escape')

      await select(page, 2)
      const one = await saved(page, () => bar(page).getByRole('button', { name: 'Download' }).click())
      expect(one.suggestedFilename()).toBe('0-2.jpg')
      expect(await behind(page, one)).toEqual(await readFile(join(await folderOf(page), '0-2.jpg')))
      await page.keyboard.press('Escape')

      const { months } = await ask(page, 'timeline.months', {})
      const { ids } = await ask(page, 'timeline.month', { month: months[0]?.month ?? '' })
      await ask(page, 'albums.create', { title: 'Sommer: 2024', photoIds: ids.slice(0, 2) })
      await page.getByRole('link', { name: 'Albums' }).first().click()
      await page.getByRole('link', { name: /Sommer/ }).click()
      await page.getByRole('button', { name: 'More for this album' }).click()
      const album = await saved(page, () => page.getByRole('menuitem', { name: 'Download album' }).click())
      expect(album.suggestedFilename()).toBe('Sommer_ 2024.zip')
      expect(await compared(house, page, album)).toEqual(['0-0.jpg', '0-1.jpg'])

      await page.getByRole('link', { name: 'Folders' }).first().click()
      await page.getByRole('link', { name: /^Ada.*12 photos/ }).click()
      const folder = await saved(page, () => page.getByRole('button', { name: 'Download folder' }).click())
      expect(folder.suggestedFilename()).toBe('Ada.zip')
      expect(await compared(house, page, folder)).toHaveLength(12)
      expect(await violations(page)).toEqual([])
    },
  )

  test('a large one is asked about before; where downloads are off nothing is offered', async () => {
    const page = await openLibrary(await open())
    // decoders ignore what follows the picture; zeros take no room on the disk
    const path = join(await folderOf(page), '0-0.jpg')
    await truncate(path, 1_200_000_000)
    await ask(page, 'jobs.scan', {})
    const sizes = async () => (await ask(page, 'downloads.begin', { list: {} })).bytes
    await expect.poll(sizes, { timeout: 60_000 }).toBeGreaterThan((await stat(path)).size - 1)
    await select(page, 0, 1)
    await page.keyboard.press('Shift+D')
    const dialog = page.getByRole('dialog', { name: 'Download 2 photos?' })
    await dialog.getByText('One zip file of about 1.2 GB.', { exact: false }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    // the stand-in would hold all of it in memory
    if (door === 'web') {
      await page.keyboard.press('Shift+D')
      const download = await saved(page, () => dialog.getByRole('button', { name: 'Download 2' }).click())
      expect(download.suggestedFilename()).toBe('2024-07-06.zip')
      await download.cancel()
    }

    await ask(page, 'flags.set', { flags: { download: false } })
    await bar(page).getByRole('button', { name: 'Download' }).waitFor({ state: 'hidden' })
  })
})
