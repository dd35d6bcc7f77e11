import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type DoorWindow, throughEachDoor } from '../support/doors.ts'
import { jpegOf } from '../support/uploads.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { ask } from './people.ts'

const PHONE = { width: 390, height: 844 }

async function visit(window: DoorWindow, path: string): Promise<Page> {
  const page = await window.page()
  await page.goto(new URL(path, page.url()).href)
  return page
}

const picture = async (name: string, shade: number) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await jpegOf(shade),
})

throughEachDoor((open) => {
  test('a visitor sends photos; the owner looks at them, turns one down and brings it back, and takes them', async () => {
    const door = await open()
    const folder = await makeFolder('Ada')
    const ada = await householdOfAda(door, folder)
    const before = (await readdir(folder)).length
    const { id: albumId } = await ask(ada, 'albums.create', { title: 'Party' })
    const { url } = await ask(ada, 'shares.createLink', { albumId, options: {} })

    // the owner lets others send into her folder, by the term of the link
    await ada.getByRole('navigation', { name: 'Library' }).getByRole('link', { name: 'Shared' }).click()
    await ada.getByRole('link', { name: 'By me', exact: true }).click()
    await ada.getByRole('button', { name: 'Sending: nothing can be sent' }).click()
    await ada.getByRole('menuitemradio', { name: `Into “${basename(folder)}”` }).click()
    await ada.getByRole('button', { name: /^Sending: photos can be sent/ }).waitFor()

    const page = await visit(await door.openSecondWindow(), url.replace(/^.*(?=\/s\/)/, ''))
    await page.setViewportSize(PHONE)
    await page.getByRole('button', { name: 'Send photos' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send photos' })
    await dialog.getByLabel('Your name').fill('Oma')
    const files = [await picture('Torte.jpg', 20), await picture('Kerzen.jpg', 220)]
    const page_ = { name: 'page.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>'.repeat(100)) }
    await dialog.locator('input[type=file]').setInputFiles([...files, page_])
    await dialog.getByText('has arrived').nth(1).waitFor()
    await dialog.getByText('This is no picture or video that Mantel knows.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
    await dialog.getByRole('button', { name: 'Take page.jpg off the list' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect((await readdir(folder)).length).toBe(before)

    // the owner is told at once
    await ada.getByText('2 files that were sent to you wait').first().waitFor()
    await ada.getByRole('button', { name: 'Look', exact: true }).first().click()
    const waiting = ada.getByRole('dialog', { name: 'Sent to you' })
    await waiting.getByText('from “Oma”').nth(1).waitFor()
    expect(await violations(ada)).toEqual([])
    const larger = waiting.getByRole('button', { name: 'Show Torte.jpg large' })
    await larger.press('Enter')
    const shown = () =>
      larger.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth > 0 && img.src)
    await expect.poll(shown).toContain('/upload/preview/')
    expect(await violations(ada)).toEqual([])
    await larger.press('Enter')
    await expect.poll(shown).toContain('/upload/thumb/')
    await waiting.getByRole('checkbox', { name: 'Kerzen.jpg' }).uncheck()
    await waiting.getByRole('button', { name: 'Turn down 1 file' }).click()
    await expect.poll(() => waiting.getByRole('checkbox').count()).toBe(1)
    // the offer to undo is gone some time
    await waiting.getByRole('button', { name: '1 file turned down' }).click()
    await waiting.getByRole('button', { name: /^Bring back/ }).click()
    await expect.poll(() => waiting.getByRole('checkbox').count()).toBe(2)
    await waiting.getByRole('button', { name: 'Turn down 1 file' }).click()
    await expect.poll(() => waiting.getByRole('checkbox').count()).toBe(1)
    await ada.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(() => waiting.getByRole('checkbox').count()).toBe(2)
    await waiting.getByRole('checkbox', { name: 'Kerzen.jpg' }).check()
    await waiting.getByRole('button', { name: 'Take 2 files' }).click()
    await waiting.getByText('Nothing waits').waitFor()
    const names = await readdir(folder)
    expect(names).toEqual(expect.arrayContaining(['Torte.jpg', 'Kerzen.jpg']))
    expect(names).toHaveLength(before + 2)
  })
})
