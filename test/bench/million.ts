import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Caller } from '../../electron/api/caller.ts'
import type { Input } from '../../electron/contract/contract.ts'
import { operatorCaller } from '../../electron/core.ts'
import { openTestHousehold, type TestHousehold } from '../support/household.ts'
import { spread, tell, timed } from './figures.ts'
import { makePictures } from './pictures.ts'

const PHOTOS = 1_000_000
const YEARS = 20
const FOLDERS = 30
const SAMPLES = 60
/** What is scanned while the same is asked again: more than the asking takes. */
const SCANNED = 1500

/** (c) Months, one month and a page of 500 in a household of a million photos, at rest and while a scan goes on. */
export async function benchMillion(directory: string): Promise<void> {
  const household = await openTestHousehold()
  try {
    const views = await fill(household)
    for (const [who, caller, view] of views) await ask(household, `${who}, at rest`, caller, view)
    const folder = await mkdtemp(join(directory, 'scanned-'))
    await makePictures(folder, SCANNED, 1600)
    await household.get(operatorCaller, 'folders.add', { path: folder })
    for (const [who, caller, view] of views) await ask(household, `${who}, during a scan`, caller, view)
    const { jobs } = await household.get(operatorCaller, 'jobs.list', { state: 'running' })
    if (jobs.length === 0) tell('    (the scan ended early: its figures are of a house at rest)', '')
  } finally {
    await household.close()
  }
}

type View = 'mine' | 'everyone'
type Role = Input<'accounts.create'>['role']

/** Five accounts over thirty nested folders, and a million photos of twenty years, the newest quarter of them archived for one. */
async function fill(household: TestHousehold): Promise<[who: string, caller: Caller, view: View][]> {
  const folders: string[] = []
  for (let index = 0; index < FOLDERS; index += 1) {
    // Five trees, each folder within the one before.
    const path = join(folders[index - 5] ?? (await household.folder('trees')), `folder-${index}`)
    await mkdir(path, { recursive: true })
    folders.push(path)
  }
  const account = async (username: string, role: Role, held: string[]) => {
    const given = held.map((path) => ({ path, access: 'read-write' as const }))
    const superAdmin = role === 'admin'
    const input = { username, password: 'a quiet mantelpiece', role, superAdmin, folders: given }
    const { id } = (await household.get(operatorCaller, 'accounts.create', input)).account
    return household.as(id)
  }
  const admin = await account('ada', 'admin', folders.slice(0, 10))
  const small = await account('ben', 'user', folders.slice(29))
  const viewer = await account('clara', 'viewer', folders.slice(0, 15))
  await account('dora', 'user', folders.slice(10, 20))
  await account('emil', 'user', folders.slice(20, 29))
  await household.idle()
  const started = performance.now()
  await insertPhotos(household, folders)
  tell(`(c) ${PHOTOS} photos put into the database`, `${((performance.now() - started) / 1000).toFixed(0)} s`)
  return [
    ['an account with a small folder', small, 'mine'],
    ['a viewer, newest quarter archived', viewer, 'mine'],
    ['an admin looking at everyone', admin, 'everyone'],
  ]
}

/** Folder by folder, each in order of time, as a walk through folders named by year and month finds them. The last one is small. */
async function insertPhotos({ services: { db } }: TestHousehold, folders: readonly string[]): Promise<void> {
  const each = Math.floor(PHOTOS / (FOLDERS - 1))
  for (const [index, path] of folders.entries()) {
    const count = index === FOLDERS - 1 ? PHOTOS - each * (FOLDERS - 1) + 2000 : each
    const step = (YEARS * 365.25 * 86_400) / count
    await db.write((tx) =>
      tx.run(sql`
        with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ${count})
        insert into photos (area_id, kind, state, taken_at, taken_source, width, height, thumbhash, mime, camera_make,
          camera_model, added_at, has_preview, archived)
        select (select id from areas where path = ${path}), 'image', 'ready',
          strftime('%Y-%m-%dT%H:%M:%f', 1104537600 + i * ${step} + ${index}, 'unixepoch'), 'exif', 4032, 3024,
          randomblob(24), 'image/jpeg', 'Apple', 'iPhone 12', 0, 1, ${index < 15 ? 1 : 0} and i > ${count * 0.75}
        from n`),
    )
  }
}

async function ask(household: TestHousehold, who: string, caller: Caller, view: View): Promise<void> {
  const { months } = await household.get(caller, 'timeline.months', { view })
  const samples: Record<'months' | 'month' | 'page', number[]> = { months: [], month: [], page: [] }
  let largest = 0
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    // Spread over all of the years, so that no page cache flatters.
    const { month = '', count = 0 } = months[(sample * 37) % months.length] ?? {}
    largest = Math.max(largest, count)
    samples.months.push(await timed(() => household.get(caller, 'timeline.months', { view })))
    samples.month.push(await timed(() => household.get(caller, 'timeline.month', { view, month })))
    samples.page.push(await timed(() => household.get(caller, 'timeline.month', { view, month, limit: 500 })))
  }
  tell(`    ${who}: months`, spread(samples.months), '≤ 5 ms')
  tell(`      one month (of up to ${largest} photos)`, spread(samples.month), 'p95 ≤ 15 ms')
  tell('      a page of 500', spread(samples.page), 'p95 ≤ 15 ms')
}
