/**
 * `npm run screenshots`: the walk of five accounts through the demo household as pictures, in `docs/screenshots/accounts`. Needs a
 * build; everything else is drawn and thrown away.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { DEMO_PASSWORD } from '../electron/demo/household.ts'
import { requireBrowser } from '../test/support/browser.ts'
import { run, started } from './programs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const commandLine = join(root, 'out', 'main', 'cli.js')
const target = join(root, 'docs', 'screenshots', 'accounts')
/** Shown in the pictures, so it has a name that says something. */
const pictures = join(tmpdir(), 'Photos')

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

interface Shot {
  name: string
  /** nobody: the page before the login */
  username: string | null
  path: string
  look?: { phone?: boolean; dark?: boolean }
  /** what is done before the picture is taken */
  go?: (page: Page) => Promise<unknown>
}

const openMenu = (page: Page) => page.getByRole('button', { name: /^Account menu/ }).click()

/** Opens a person's dialog from the user panel. */
const openDialog = (person: string, action: string) => async (page: Page) => {
  await page.getByRole('button', { name: `Actions for ${person}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
  await page.getByRole('dialog').waitFor()
}

const addPerson = async (page: Page) => {
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Emmy Noether')
  await page.getByText('own read-write folders').waitFor()
}

const SHOTS: Shot[] = [
  { name: 'super-admin', username: 'ada', path: '/', go: openMenu },
  { name: 'super-admin-site', username: 'ada', path: '/admin' },
  { name: 'super-admin-people', username: 'ada', path: '/admin#people' },
  { name: 'super-admin-people-dark', username: 'ada', path: '/admin#people', look: { dark: true } },
  { name: 'super-admin-people-phone', username: 'ada', path: '/admin#people', look: { phone: true } },
  { name: 'super-admin-add', username: 'ada', path: '/admin#people', go: addPerson },
  {
    name: 'super-admin-reset-password',
    username: 'ada',
    path: '/admin#people',
    go: openDialog('Ben Lovelace', 'Reset password'),
  },
  { name: 'admin', username: 'carl', path: '/', look: { dark: true }, go: openMenu },
  { name: 'admin-people', username: 'carl', path: '/admin#people' },
  { name: 'admin-people-phone', username: 'carl', path: '/admin#people', look: { phone: true, dark: true } },
  { name: 'user', username: 'ben', path: '/', go: openMenu },
  { name: 'user-phone', username: 'ben', path: '/', look: { phone: true } },
  { name: 'viewer', username: 'rose', path: '/', look: { dark: true }, go: openMenu },
  { name: 'guest', username: 'gus', path: '/', go: openMenu },
  { name: 'guest-phone', username: 'gus', path: '/', look: { phone: true } },
  { name: 'waiting', username: 'nora', path: '/' },
  { name: 'sign-up', username: null, path: '/sign-up' },
]

if (!existsSync(commandLine)) throw new Error('Build first: npm run build')
if (existsSync(pictures)) throw new Error(`${pictures} is there already`)
const folder = await mkdtemp(join(tmpdir(), 'mantel-screenshots-'))
try {
  const data = join(folder, 'data')
  if (await run(process.execPath, [commandLine, 'demo', '--data', data, '--pictures', pictures]))
    throw new Error('the demo household could not be made')
  const server = started(process.execPath, [commandLine, 'serve', '--json', '--port', '0', '--data', data])
  const browser = await chromium.launch({ executablePath: await requireBrowser(), args: ['--no-sandbox'] })
  try {
    const said = await server.firstMatch(/^\{.*\}$/m)
    const { url } = JSON.parse(said ?? '{}') // what `mantel serve --json` prints
    await addOthers(browser, url)
    await mkdir(target, { recursive: true })
    for (const shot of SHOTS) await take(browser, url, shot)
  } finally {
    await browser.close()
    server.stop()
    await server.ended
  }
} finally {
  for (const made of [folder, pictures]) await rm(made, { recursive: true, force: true, maxRetries: 5 })
}

/** A browser of one's own, logged in. */
async function contextOf(
  browser: Browser,
  url: string,
  { username, look = {} }: Pick<Shot, 'username' | 'look'>,
) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: look.phone ? PHONE : WIDE,
    colorScheme: look.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const call = async (name: string, input: object) => {
    const answer = await context.request.post(`/rpc/${name}`, { headers: { 'x-mantel': '1' }, data: input })
    if (!answer.ok()) throw new Error(`${name}: ${await answer.text()}`)
  }
  if (username) await call('session.login', { username, password: DEMO_PASSWORD })
  return { context, call }
}

/** Those whom the demo household lacks: a regular admin, a guest, and somebody who has just signed up. */
async function addOthers(browser: Browser, url: string): Promise<void> {
  const { context, call } = await contextOf(browser, url, { username: 'ada' })
  const password = DEMO_PASSWORD
  const family = [{ path: join(pictures, 'Family'), access: 'read-only' }]
  await call('accounts.create', {
    username: 'carl',
    name: 'Carl Gauss',
    role: 'admin',
    password,
    folders: family,
  })
  await call('accounts.create', { username: 'gus', name: 'Gus from next door', role: 'guest', password })
  await call('flags.set', { flags: { registration: true, webdav: true } })
  await call('registration.create', { username: 'nora', name: 'Nora Berg', password })
  await context.close()
}

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { context } = await contextOf(browser, url, shot)
  const page = await context.newPage()
  await page.goto(shot.path)
  await page.getByRole('main').waitFor()
  await page.waitForLoadState('networkidle')
  await shot.go?.(page)
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
  await page.waitForLoadState('networkidle')
  const picture = await page.screenshot()
  await sharp(picture)
    .webp({ quality: 72, effort: 6 })
    .toFile(join(target, `${shot.name}.webp`))
  await context.close()
}
