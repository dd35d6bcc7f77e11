/**
 * `npm run screenshots`: the demo household as pictures in `docs/screenshots`: the walk of five accounts (`accounts`), the library
 * (`library`), what is shared (`shares`) and every part of the Admin Area (`admin`); with one of these names, that set alone. Needs a build; everything else is drawn and thrown away.
 */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import sharp from 'sharp'
import { DEMO_PASSWORD } from '../electron/demo/household.ts'
import { requireBrowser } from '../test/support/browser.ts'
import { run, started } from './programs.ts'
import {
  ACCOUNT_SHOTS,
  ADMIN_SHOTS,
  LIBRARY_SHOTS,
  type SharedPaths,
  type Shot,
  shareShots,
} from './screenshot-lists.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const commandLine = join(root, 'out', 'main', 'cli.js')
const wanted = process.argv[2]
/** Shown in the pictures, so they have names that say something. */
const pictures = join(tmpdir(), 'Photos')
const data = join(tmpdir(), 'Mantel')

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

if (!existsSync(commandLine)) throw new Error('Build first: npm run build')
for (const needed of [pictures, data]) if (existsSync(needed)) throw new Error(`${needed} is there already`)
try {
  if (await run(process.execPath, [commandLine, 'demo', '--data', data, '--pictures', pictures]))
    throw new Error('the demo household could not be made')
  const server = started(process.execPath, [commandLine, 'serve', '--json', '--port', '0', '--data', data])
  const browser = await chromium.launch({ executablePath: await requireBrowser(), args: ['--no-sandbox'] })
  try {
    const said = await server.firstMatch(/^\{.*\}$/m)
    const { url } = JSON.parse(said ?? '{}') // what `mantel serve --json` prints
    await addOthers(browser, url)
    const isWanted = (set: string) => wanted === undefined || wanted === set
    if (isWanted('accounts')) await takeAll(browser, url, 'accounts', ACCOUNT_SHOTS)
    if (isWanted('library')) {
      await addOverlays(browser, url)
      await takeAll(browser, url, 'library', LIBRARY_SHOTS)
    }
    if (isWanted('shares')) await takeAll(browser, url, 'shares', shareShots(await addShares(browser, url)))
    if (isWanted('admin')) {
      await addWork(browser, url)
      await takeAll(browser, url, 'admin', ADMIN_SHOTS)
    }
  } finally {
    await browser.close()
    server.stop()
    await server.ended
  }
} finally {
  for (const made of [data, pictures]) await rm(made, { recursive: true, force: true, maxRetries: 5 })
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
    return (await answer.json()).value
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

/** What Ada added to her photos: favourites, stars, tags, albums. */
async function addOverlays(browser: Browser, url: string): Promise<void> {
  const { context, call } = await contextOf(browser, url, { username: 'ada' })
  await untilIdle(call)
  const { months } = await call('timeline.months', {})
  const ids: number[] = []
  for (const { month } of months.slice(0, 6)) ids.push(...(await call('timeline.month', { month })).ids)
  await call('photos.overlay', { ids: ids.slice(0, 6), favourite: true, rating: 4 })
  await call('photos.overlay', { ids: ids.slice(1, 2), caption: 'Cranes, and a ship that was late' })
  await call('photos.tag', { ids: ids.slice(1, 9), add: [['Holidays', 'Lisbon']] })
  await call('photos.tag', { ids: ids.slice(1, 3), add: [['Harbour']] })
  const { id } = await call('albums.create', { title: 'Summer', photoIds: ids.slice(0, 12) })
  await call('albums.create', { title: 'Lisbon', parentId: id, photoIds: ids.slice(4, 9) })
  await call('albums.create', { title: 'Kitchen', photoIds: ids.slice(9, 12) })
  await context.close()
}

/** What Ada shares: an album by links, with her grandmother, who has also opened one, and with Ben, who adds to it. */
async function addShares(browser: Browser, url: string): Promise<SharedPaths> {
  const ada = await contextOf(browser, url, { username: 'ada' })
  await untilIdle(ada.call)
  const ids = await latestOf(ada.call)
  const description = 'The week with the late ship. Take what you like.'
  const { id: albumId } = await ada.call('albums.create', {
    ...{ title: 'Lisbon in July', description, photoIds: ids.slice(0, 24) },
  })
  const link = async (input: object) => ada.call('shares.createLink', input)
  const open = await link({ albumId, options: { label: 'For everyone who was there', download: 'original' } })
  const locked = await link({ albumId, options: { password: 'harbour' } })
  const picked = await link({ photoIds: ids.slice(30, 36), options: { hidePlaces: true } })
  const { people } = await ada.call('shares.people', {})
  const idOf = (name: string) => people.find(({ username }: { username: string }) => username === name).id
  const byName = { albumId, accountIds: [idOf('rose')], options: { download: 'original' } }
  const { id: shared } = await ada.call('shares.shareWith', byName)
  await ada.call('shares.addPeople', { id: shared, accountIds: [idOf('ben')], part: 'contributor' })
  const ben = await contextOf(browser, url, { username: 'ben' })
  const his = (await latestOf(ben.call)).filter((id) => !ids.includes(id))
  await ben.call('shares.contribute', { share: shared, photoIds: his.slice(0, 3) })
  const guest = await contextOf(browser, url, { username: 'rose' })
  await guest.call('shares.open', { token: tokenOf(picked) })
  for (const { context } of [ada, ben, guest]) await context.close()
  return {
    open: `/s/${tokenOf(open)}`,
    locked: `/s/${tokenOf(locked)}`,
    album: `/albums/${albumId}`,
    shared: `/shared/${shared}`,
  }
}

/** The photos of the last six months that an account has any of. */
async function latestOf(call: Call): Promise<number[]> {
  const ids: number[] = []
  const { months } = await call('timeline.months', {})
  for (const { month } of months.slice(0, 6)) ids.push(...(await call('timeline.month', { month })).ids)
  return ids
}

function tokenOf({ url }: { url: string }): string {
  return url.split('/s/')[1] ?? ''
}

/** What an admin meets on some days: a file that is no picture, work that was paused, somebody who was deleted, a backup. */
async function addWork(browser: Browser, url: string): Promise<void> {
  const { context, call } = await contextOf(browser, url, { username: 'ada' })
  await writeFile(join(pictures, 'Family', 'scan 0042.jpg'), 'half a picture')
  await call('jobs.scan', {})
  await call('backup.create', {})
  const { account } = await call('accounts.create', {
    username: 'emil',
    name: 'Emil Artin',
    role: 'user',
    password: DEMO_PASSWORD,
    folders: [{ path: join(pictures, 'Family'), access: 'read-only' }],
  })
  await call('accounts.remove', { id: account.id, mode: 'keep' })
  await untilIdle(call)
  const { jobIds } = await call('jobs.rebuild', { what: 'rebuild-previews' })
  await call('jobs.pause', { id: jobIds[1] })
  await untilIdle(call)
  await context.close()
}

type Call = Awaited<ReturnType<typeof contextOf>>['call']

async function untilIdle(call: Call): Promise<void> {
  for (;;) {
    const running = await call('jobs.list', { state: 'running', limit: 1 })
    const queued = await call('jobs.list', { state: 'queued', limit: 1 })
    if (running.jobs.length + queued.jobs.length === 0) return
    await wait(500)
  }
}

async function takeAll(browser: Browser, url: string, set: string, shots: readonly Shot[]): Promise<void> {
  const target = join(root, 'docs', 'screenshots', set)
  await mkdir(target, { recursive: true })
  for (const shot of shots) await take(browser, url, target, shot)
}

async function take(browser: Browser, url: string, target: string, shot: Shot): Promise<void> {
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
