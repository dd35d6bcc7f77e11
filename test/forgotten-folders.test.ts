import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import { callerOf, openTestHousehold } from './support/household.ts'

const operator = callerOf(OPERATOR)
const password = 'a quiet mantelpiece'

test("what nobody holds any more is the household's no more: not scanned, not seen by admins", async () => {
  const household = await openTestHousehold()
  onTestFinished(() => household.close())
  const path = await household.folder('ben')
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  await writeFile(join(path, 'a.jpg'), await picture.jpeg().toBuffer())
  const add = (username: string, more: object) =>
    household.get(operator, 'accounts.create', { username, password, role: 'user', ...more })
  const ada = await add('ada', { role: 'admin', superAdmin: true })
  const ben = await add('ben', { folders: [{ path, access: 'read-write' }] })
  await household.scanAll(operator)
  const admin = await household.as(ada.id)
  const seen = () => household.get(admin, 'timeline.months', { view: 'everyone' })
  const { months } = await seen()
  expect(months).toHaveLength(1)
  const { ids } = await household.get(admin, 'timeline.month', {
    month: months[0]?.month ?? '',
    view: 'everyone',
  })
  const photo = { id: ids[0] ?? 0 }
  expect((await household.call(admin, 'photos.get', photo)).ok).toBe(true)

  await household.get(operator, 'accounts.remove', { id: ben.id })
  expect(await seen()).toEqual({ months: [] })
  expect(await household.call(admin, 'photos.get', photo)).toMatchObject({ error: { code: 'not_found' } })
  expect(await household.get(operator, 'jobs.scan', {})).toEqual({ jobIds: [] })
})
