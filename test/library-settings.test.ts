import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import { settings } from '../electron/db/schema.ts'
import { callerOf, openTestHousehold } from './support/household.ts'

const operator = callerOf(OPERATOR)
const DEFAULTS = { watch: true, rescan: { every: 'day', at: '03:00' }, ignore: [] }

async function open() {
  const household = await openTestHousehold()
  onTestFinished(() => household.close())
  const set = (input: unknown) => household.call(operator, 'settings.setLibrary', input)
  const fieldsOf = async (input: unknown) => {
    const result = await set(input)
    return result.ok ? 'accepted' : result.error.fields
  }
  return { ...household, set, fieldsOf }
}

test('library settings are kept, each by itself', async () => {
  const { get, set } = await open()
  expect(await get(operator, 'settings.library', {})).toEqual(DEFAULTS)
  await set({ watch: false })
  const rescan = { every: 'week', day: 'sunday', at: '23:59' }
  expect(await set({ rescan })).toEqual({ ok: true, value: { ...DEFAULTS, watch: false, rescan } })
  await set({ ignore: ['*.tmp', '', '# a note', '!keep.tmp'] })
  expect(await get(operator, 'settings.library', {})).toEqual({
    watch: false,
    rescan,
    ignore: ['*.tmp', '', '# a note', '!keep.tmp'],
  })
})

test('a refusal names the field and the rule, and changes nothing', async () => {
  const { get, fieldsOf } = await open()
  expect(await fieldsOf({ watch: 'yes' })).toEqual({ watch: 'malformed' })
  expect(await fieldsOf({ rescan: { every: 'year' } })).toEqual({ 'rescan.every': 'rescan_every' })
  expect(await fieldsOf({ rescan: { every: 'hours', hours: 5 } })).toEqual({ 'rescan.hours': 'rescan_hours' })
  expect(await fieldsOf({ rescan: { every: 'day', at: '24:00' } })).toEqual({ 'rescan.at': 'time_form' })
  expect(await fieldsOf({ rescan: { every: 'week', day: 'mittwoch', at: '03:00' } })).toEqual({
    'rescan.day': 'weekday',
  })
  expect(await fieldsOf({ rescan: { every: 'never', at: '03:00' } })).toEqual({ 'rescan.at': 'unknown_key' })
  expect(await fieldsOf({ ignore: ['a', 'x'.repeat(1001)] })).toEqual({ 'ignore.1': 'pattern_too_long' })
  expect(await fieldsOf({ ignore: ['a\nb'] })).toEqual({ 'ignore.0': 'pattern_one_line' })
  expect(await fieldsOf({ ignore: Array(501).fill('a') })).toEqual({ ignore: 'patterns_too_many' })
  expect(await fieldsOf({ ignore: Array(500).fill('x'.repeat(1000)) })).toBe('accepted')
  expect(await fieldsOf({ watch: false, ignore: [7] })).toEqual({ 'ignore.0': 'malformed' })
  expect((await get(operator, 'settings.library', {})).watch).toBe(true)
})

test('a stored value that this version does not know counts as not set', async () => {
  const { get, services } = await open()
  await services.db.write((tx) =>
    tx.insert(settings).values([
      { key: 'library.watch', value: 1 },
      { key: 'library.rescan', value: { every: 'month' } },
      { key: 'library.ignore', value: 'x' },
    ]),
  )
  expect(await get(operator, 'settings.library', {})).toEqual(DEFAULTS)
})

test('other patterns have the folders in use scanned again, in the name of whoever set them', async () => {
  const { get, set, folder, idle, as } = await open()
  const path = await folder('ada')
  await writeFile(join(path, 'a.mp4'), 'a')
  await writeFile(join(path, 'b.mp4'), 'b')
  const account = {
    username: 'ada',
    password: 'a quiet mantelpiece',
    role: 'admin',
    superAdmin: true,
  } as const
  const { id } = await get(operator, 'accounts.create', {
    ...account,
    folders: [{ path, access: 'read-write' }],
  })
  await idle()
  const ada = await as(id)
  const shown = async () =>
    (await get(ada, 'timeline.months', {})).months.reduce((sum, { count }) => sum + count, 0)
  expect(await shown()).toBe(2)
  await get(ada, 'settings.setLibrary', { ignore: ['b.*'] })
  await idle()
  expect(await shown()).toBe(1)
  const { jobs } = await get(ada, 'jobs.list', {})
  expect(jobs.map(({ startedByKind }) => startedByKind)).toEqual(['account', 'system'])
  // the same patterns once more, or another setting, scan nothing
  await set({ ignore: ['b.*'] })
  await set({ watch: false })
  expect((await get(ada, 'jobs.list', {})).jobs).toHaveLength(2)
})
