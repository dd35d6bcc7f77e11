import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../electron/db/connect.ts'
import { migrationsFolder } from '../../electron/db/migrations-folder.ts'
import { jobs, photos } from '../../electron/db/schema.ts'
import { openCommandLine, PASSWORD } from '../support/command-line.ts'
import { webDriver } from '../support/doors/web.ts'
import { violations } from './axe.ts'

/** The built server in a browser, with Olga logged in. */
async function logIn(dataDir: string) {
  const door = await webDriver.start(dataDir)
  onTestFinished(() => door.close())
  const start = await door.pageShowing((page) => page.getByLabel('Username'))
  await start.getByLabel('Username').fill('olga')
  await start.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await start.getByRole('button', { name: 'Log in', exact: true }).click()
  return door
}

test('what is paused is told in the library, and goes on from there by keyboard alone', async () => {
  const line = await openCommandLine()
  await line.addOlga()
  await line.mantel(['folders', 'add', await line.pictures('Family')])
  const { jobs } = await line.answerOf(['jobs'])
  await line.mantel(['jobs', 'pause', String(jobs[0].id)])

  const door = await logIn(line.dataDir)

  const page = await door.pageShowing((shown) => shown.getByText('Paused · Scan Family'))
  expect(await violations(page)).toEqual([])
  await page.getByText('Paused · Scan Family').click()
  await page.getByRole('heading', { name: 'Worker logs' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: /^Resume: Scan .*Family$/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('2 files: 2 new').waitFor()
  expect(door.complaints()).toEqual([])
})

test('a tile in sight has its picture made, though the scan that would make it is paused', async () => {
  const line = await openCommandLine()
  await line.addOlga()
  await line.mantel(['users', 'mod', 'olga', '--folder', await line.pictures('Family')])
  await line.mantel(['scan', '--wait'])
  await forgetPictures(line.dataDir)

  const door = await logIn(line.dataDir)
  const page = await door.pageShowing((shown) => shown.getByText('Paused · Scan Family'))
  await expect.poll(() => page.locator('[data-photo] img[data-loaded]').count()).toBe(2)
})

/** As a scan leaves photos that was paused when it had listed them and not made their thumbnails yet. */
async function forgetPictures(dataDir: string): Promise<void> {
  const db = await openDatabase({
    file: join(dataDir, 'mantel.sqlite'),
    migrationsFolder: migrationsFolder(),
  })
  await db.write(async (tx) => {
    await tx.update(photos).set({ state: 'pending', thumbhash: null, hasPreview: false })
    await tx.update(jobs).set({ state: 'paused', finishedAt: null, result: null })
  })
  await db.close()
  await rm(join(dataDir, 'cache'), { recursive: true })
}
