import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { Bridge } from '../../electron/contract/bridge.ts'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'
import type { Door, DoorWindow } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { PASSWORD } from './first-run.ts'

declare global {
  interface Window {
    mantel?: Bridge
  }
}

/** Calls a procedure as whoever is logged in at a page, past its interface. */
export async function ask<N extends ProcedureName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const result = await page.evaluate(
    async ([procedure, given]): Promise<Result<unknown>> => {
      if (window.mantel) return window.mantel.call(procedure, given)
      const headers = { 'content-type': 'application/json', 'x-mantel': '1' }
      const body = JSON.stringify(given)
      return (await fetch(`/rpc/${procedure}`, { method: 'POST', headers, body })).json()
    },
    [name, input] as const,
  )
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  return result.value as Output<N> // the server has parsed it by this procedure's schema
}

export const atLibrary = (page: Page) => page.getByRole('button', { name: /Account menu/ })

/** A household that Ada has set up, without the first run's pages; she is logged in at the window. */
export async function setUpQuickly(
  door: DoorWindow & Pick<Door, 'setupCode'>,
  folder: string,
): Promise<Page> {
  const first = await door.page()
  const input = { username: 'ada', name: 'Ada Lovelace', password: PASSWORD, folder }
  const create = ask(first, 'setup.create', door.setupCode ? { ...input, code: door.setupCode } : input)
  // in Mantel's own window the page is replaced before it hears the answer
  await create.catch((error) => expect(first.isClosed() || String(error)).toBe(true))
  const page = await door.page()
  await ask(page, 'setup.finish', {})
  await page.reload()
  return door.pageShowing(atLibrary)
}

/** Picks an entry of the account menu. */
export async function pickFromMenu(window: DoorWindow, entry: string): Promise<void> {
  const page = await window.page()
  await atLibrary(page).click()
  await replacing(page.getByRole('menuitem', { name: entry }).click())
}

interface Login {
  /** stay logged in */
  remember?: boolean
}

/** Logs in with the form, whatever the login page shows first. */
export async function logInAs(window: DoorWindow, username: string, { remember }: Login = {}): Promise<Page> {
  const page = await window.pageShowing((shown) =>
    shown.getByRole('button', { name: /^Log in$|Somebody else/ }),
  )
  const other = page.getByRole('button', { name: 'Somebody else' })
  if (await other.isVisible()) await other.click()
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  if (remember) await page.getByRole('checkbox', { name: /Stay logged in/ }).check()
  await replacing(page.getByRole('button', { name: 'Log in', exact: true }).click())
  return window.pageShowing(atLibrary)
}

export const atLogin = (page: Page) => page.getByRole('heading', { name: /Who is looking|Log in/ })
export const atLock = (page: Page) => page.getByRole('button', { name: 'Unlock' })

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await makePicture(join(folder, 'harbour.jpg'), { width: 300, height: 200, mtime: new Date('2024-07-01') })
  return folder
}

/** Ada's household with Ben in it; Ada is logged in. */
export async function withBen(
  door: DoorWindow & Pick<Door, 'setupCode'>,
): Promise<{ page: Page; ben: number }> {
  const page = await setUpQuickly(door, await makeFolder())
  const ben = { username: 'ben', name: 'Ben', password: PASSWORD, role: 'user' as const }
  return { page, ben: (await ask(page, 'accounts.create', ben)).id }
}

/** Whose account menu a page has. */
export const nameInMenu = (page: Page) =>
  page.getByRole('button', { name: /Account menu/ }).getAttribute('aria-label')

/** Lets pass that a page was replaced before Playwright heard that its click or key had been taken. */
export const replacing = (act: Promise<unknown>) =>
  act.catch((error) => {
    if (!/has been closed/.test(String(error))) throw error
  })

export const press = (page: Page, key: string) => replacing(page.keyboard.press(key))
