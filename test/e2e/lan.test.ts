import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { sharedBrowser } from '../support/doors/shared-browser.ts'
import { throughEachDoor } from '../support/doors.ts'
import { askHouse, freePort, hostHeader, houseAddress } from '../support/lan.ts'
import { makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { PASSWORD, setUp } from './first-run.ts'

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await makePicture(join(folder, 'one.jpg'), { width: 300, height: 200 })
  return folder
}

async function toAdminArea(page: Page) {
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'To the photos' }).click()
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Admin Area' }).click()
  const section = page.getByRole('region', { name: 'Browsers in the house' })
  await section.getByText('Other machines are not served.').waitFor()
  return section
}

/** A phone in the house that goes on although it does not trust the household yet. */
async function openPhone(): Promise<Page> {
  const browser = await sharedBrowser()
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  onTestFinished(() => context.close())
  return context.newPage()
}

throughEachDoor((open) => {
  test('an admin opens the house to browsers, and a phone logs in', async () => {
    const page = await setUp(await open(), await makeFolder())
    const section = await toAdminArea(page)
    expect(await violations(page)).toEqual([])

    // what is wrong is told at its field, and nothing typed is lost
    const save = section.getByRole('button', { name: 'Save' })
    const proxies = section.getByRole('textbox', { name: 'Trusted proxies' })
    await section.getByRole('textbox', { name: 'Public address' }).fill('http://photos.example')
    await save.click()
    await section.getByText('An address like https://photos.example.org').waitFor()
    await section.getByRole('textbox', { name: 'Public address' }).fill('')
    await proxies.fill('0.0.0.0/0')
    await save.click()
    await section.getByText('Networks of half the world are not taken.').waitFor()
    await proxies.fill('')

    const port = await freePort()
    await section.getByRole('textbox', { name: 'Address', exact: true }).fill(houseAddress)
    await section.getByRole('textbox', { name: 'Port' }).fill(String(port))
    await save.click()
    await page.getByText('The settings of browsers in the house were saved').waitFor()

    await page.getByRole('switch', { name: 'Browsers in the house' }).click()
    await section.getByText('Open for browsers in the house.').waitFor()
    const address = `https://${hostHeader(houseAddress, port)}`
    await section.getByRole('radio', { name: address }).check()
    await section.getByRole('img', { name: `QR code of ${address}` }).waitFor()
    await expect.poll(() => section.getByText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/).count()).toBe(1)
    expect(await violations(page)).toEqual([])

    const phone = await openPhone()
    await phone.goto(address)
    await phone.getByLabel('Username').fill('ada')
    await phone.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await phone.getByRole('button', { name: 'Log in' }).click()
    await phone.getByRole('gridcell').first().waitFor()

    // off: the phone's page stays and reaches nothing
    await page.getByRole('switch', { name: 'Browsers in the house' }).click()
    await section.getByText('Other machines are not served.').waitFor()
    await expect.poll(() => askHouse({ port }).catch((error) => error.code)).toBe('ECONNREFUSED')
  })
})
