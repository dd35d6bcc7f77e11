import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { Pages } from '../support/doors/pages.ts'
import { standInDriver } from '../support/doors/stand-in.ts'
import { StandInApp } from '../support/electron-stand-in/launch.ts'
import { PASSWORD } from './first-run.ts'
import {
  ask,
  atLibrary,
  atLock,
  atLogin,
  logInAs,
  nameInMenu,
  pickFromMenu,
  press,
  withBen,
} from './people.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.skipIf(standInDriver.lacking !== null)(
  'a remembered login outlasts the program, and its token is not plain on disk',
  async () => {
    const start = await programOn()
    let window = await start()
    await withBen(window)
    await pickFromMenu(window, 'Log out')
    await expect.poll(() => start.kept()).toBe('none')
    await logInAs(window, 'ada', { remember: true })
    await expect.poll(() => start.kept()).not.toBe('none')
    const file = await start.kept()
    expect(holdsToken(file, start.hashes())).toBe(false)
    await window.close()

    window = await start()
    let page = await window.pageShowing(atLibrary)
    expect(await nameInMenu(page)).toMatch(/Ada/)
    // so does a lock
    await pickFromMenu(window, 'Lock')
    await window.pageShowing(atLock)
    await window.close()
    window = await start()
    page = await window.pageShowing(atLock)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(page, 'Enter')
    await window.pageShowing(atLibrary)
    // one that does not hold any more is dropped without a word
    await ask(await window.page(), 'sessions.list', {}).then(async ({ sessions }) => {
      expect(sessions).toHaveLength(1)
    })
    await window.close()
    start.endAllSessions()
    window = await start()
    page = await window.pageShowing(atLogin)
    expect(await page.getByText('Logged in', { exact: true }).count()).toBe(0)
    await expect.poll(() => start.kept()).toBe('none')
    await window.close()
  },
)

test.skipIf(standInDriver.lacking !== null)(
  'without a keychain nothing is remembered, nor offered to be',
  async () => {
    const start = await programOn('--password-store=basic')
    let window = await start()
    await withBen(window)
    await pickFromMenu(window, 'Log out')
    const page = await window.pageShowing(atLogin)
    await page.getByRole('button', { name: /Ada Lovelace/ }).click()
    await page.getByLabel('Password', { exact: true }).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await press(page, 'Enter')
    await window.pageShowing(atLibrary)
    await expect.poll(() => start.kept()).toBe('none')
    await window.close()
    window = await start()
    await window.pageShowing(atLogin)
    await window.close()
  },
)

/** Whether the token of one of these hashes stands in a text as it is. */
function holdsToken(text: string, hashes: readonly string[]): boolean {
  for (const { 0: run } of text.matchAll(/[\w-]{43,}/g))
    for (let at = 0; at + 43 <= run.length; at += 1)
      if (
        hashes.includes(
          createHash('sha256')
            .update(run.slice(at, at + 43))
            .digest('hex'),
        )
      )
        return true
  return false
}

/** Starts the stand-in again and again on one data directory. */
async function programOn(...args: string[]) {
  const dataDir = await mkdtemp(join(tmpdir(), 'mantel-restart-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const inDatabase = <T>(work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(dataDir, 'mantel.sqlite'))
    try {
      return work(db)
    } finally {
      db.close()
    }
  }
  const start = async () => {
    const app = await StandInApp.launch(root, ['--data', dataDir, ...args])
    onTestFinished(() => app.close())
    const pages = new Pages()
    app.onPage((page) => pages.add(page))
    return { ...pages.window(), setupCode: null, close: () => app.close() }
  }
  return Object.assign(start, {
    /** what the program keeps of sessions, as it lies on the disk */
    kept: () => readFile(join(dataDir, 'window', 'sessions'), 'latin1').catch(() => 'none'),
    hashes: () =>
      inDatabase((db) =>
        db
          .prepare('select token_hash from sessions')
          .all()
          .map((row) => String(row.token_hash)),
      ),
    endAllSessions: () => inDatabase((db) => db.exec('delete from sessions')),
  })
}
