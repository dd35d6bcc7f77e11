import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { PASSWORD } from './first-run.ts'
import { ask, atLock, atLogin, logInAs, pickFromMenu, replacing, setUpQuickly } from './people.ts'

declare global {
  interface Window {
    mark?: string
  }
}

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [index, name] of ['harbour', 'lighthouse'].entries())
    await makePicture(join(folder, `${name}.jpg`), {
      width: 900,
      height: 600,
      colour: `hsl(${index * 90} 40% 60%)`,
      mtime: new Date(`2024-07-0${index + 1}`),
    })
  return folder
}

/** What a page holds that could be somebody's: elements that show pictures, addresses of pictures, and everything stored. */
const holdings = (page: Page) =>
  page.evaluate(async () => ({
    pictures: document.querySelectorAll('img, canvas, video, svg image').length,
    addresses: document.documentElement.outerHTML.match(/\/media\/|blob:|data:image/g) ?? [],
    fetched: performance.getEntriesByType('resource').filter(({ name }) => name.includes('/media/')).length,
    stored: [Object.keys(localStorage), Object.keys(sessionStorage)],
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    history: history.state,
    mark: window.mark ?? null,
  }))
const NOTHING = {
  pictures: 0,
  addresses: [],
  fetched: 0,
  stored: [[], []],
  databases: [],
  caches: [],
  history: null,
  mark: null,
}

/** Asks for addresses as a page of this window would, and takes what the browser has kept if it has. */
const statuses = (page: Page, addresses: readonly string[]) =>
  page.evaluate(
    (all) => Promise.all(all.map(async (address) => (await fetch(address, { cache: 'force-cache' })).status)),
    addresses,
  )

/** Looks at photos, one of them large, and at another page, as people do; answers the addresses of what was shown. */
async function lookAround(page: Page): Promise<string[]> {
  const tiles = page.getByRole('gridcell')
  await tiles.nth(1).locator('img').waitFor()
  await tiles.first().getByRole('link').click()
  const viewer = page.getByRole('dialog', { name: 'Photo' })
  await viewer.locator('img').first().waitFor()
  await page.keyboard.press('i')
  await viewer
    .getByText(/\.jpg$/)
    .first()
    .waitFor()
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Preferences' }).click()
  await page.getByText('Dark', { exact: true }).first().click()
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual(['mantel.theme'])
  const shown = await page.evaluate(() => {
    window.mark = 'this document'
    sessionStorage.setItem('left', 'behind')
    return performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/media/'))
  })
  expect(shown.some((path) => path.startsWith('/media/preview/'))).toBe(true)
  const all = [...new Set(shown.flatMap((path) => [path, path.replace(/^\/media\/\w+/, '/media/original')]))]
  expect(new Set(await statuses(page, all))).toEqual(new Set([200]))
  return all
}

throughEachDoor((open) => {
  test.each([
    { entry: 'Log out', arrived: atLogin },
    { entry: 'Switch account', arrived: atLogin },
    { entry: 'Lock', arrived: atLock },
  ])('after “$entry” nothing of the last account is left for the next', async ({ entry, arrived }) => {
    const door = await open()
    let page = await setUpQuickly(door, await makeFolder())
    await ask(page, 'accounts.create', {
      username: 'ben',
      name: 'Ben',
      password: PASSWORD,
      role: 'user',
    })
    const { account } = await ask(page, 'session.me', {})
    await ask(page, 'accounts.update', { id: account.id, email: 'ada@engine.example' })
    const addresses = await lookAround(page)

    await pickFromMenu(door, entry)
    page = await door.pageShowing(arrived)
    expect(await holdings(page)).toEqual(NOTHING)
    expect(await page.content()).not.toMatch(/engine\.example|harbour|lighthouse|Super admin/)
    expect(new Set(await statuses(page, addresses))).toEqual(new Set([401]))
    // the address bar's history leads to nobody's pages
    const entries = await page.evaluate(() => history.length)
    for (let back = 1; back < entries; back += 1) {
      await page.goBack()
      if (page.url() === 'about:blank') break
      await arrived(page).waitFor()
      expect(await holdings(page)).toEqual(NOTHING)
    }
    while (page.url() === 'about:blank') await page.goForward()
    await arrived(page).waitFor()

    if (entry === 'Lock') {
      await replacing(page.getByRole('button', { name: 'Somebody else' }).click())
      page = await door.pageShowing(atLogin)
    }
    page = await logInAs(door, 'ben')
    expect(new Set(await statuses(page, addresses))).toEqual(new Set([404]))
    // the new account's own colours, so that its page does not flash, are all that is there
    expect(await holdings(page)).toEqual({ ...NOTHING, stored: [['mantel.theme'], []] })
    expect(await page.content()).not.toMatch(/Ada|engine\.example|harbour|lighthouse/)
    // only Ben’s own session is left
    const { sessions } = await ask(page, 'sessions.list', {})
    expect(sessions).toHaveLength(1)
  })
})
