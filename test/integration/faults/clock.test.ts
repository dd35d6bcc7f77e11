import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../../../electron/access/principal.ts'
import { anonymousCaller, callerOf, openTestHousehold } from '../../support/household.ts'
import { makePicture } from '../../support/pictures.ts'

const operator = callerOf(OPERATOR)
const DAY = 24 * 3_600_000
const PASSWORD = 'a quiet mantelpiece'

test('a clock set back by a year stops nobody and nothing, and neither does its return', async () => {
  let skew = 0
  const clock = () => Date.now() + skew
  const household = await openTestHousehold({ clock })
  onTestFinished(() => household.close())
  const { get, call, services } = household
  const pictures = await household.folder('pictures')
  await makePicture(join(pictures, 'a.jpg'))
  const person = { password: PASSWORD, role: 'admin', superAdmin: true } as const
  const folders = [{ path: pictures, access: 'read-only' as const }]
  const { id } = await get(operator, 'accounts.create', { ...person, username: 'olga', folders })
  await household.idle()
  const before = await household.as(id)
  const countOf = async () =>
    (await get(before, 'timeline.months', {})).months.reduce((sum, m) => sum + m.count, 0)
  const scanned = async () => (await get(operator, 'folders.list', {})).folders[0]?.lastScanAt ?? 0
  const logIn = (password: string) => call(anonymousCaller, 'session.login', { username: 'olga', password })
  for (let count = 0; count < 10; count += 1) await logIn('wrong')
  expect(await logIn(PASSWORD)).toMatchObject({ ok: false, error: { code: 'throttled' } })

  for (const [step, days] of [-365, 0].entries()) {
    skew = days * DAY
    // whoever was in stays in, and who comes in waits no longer than the rules say
    expect(await call(before, 'session.me')).toMatchObject({ ok: true })
    const refused = await logIn(PASSWORD)
    expect(refused.ok ? 0 : (refused.error.retryAfterSeconds ?? Number.NaN)).toBeLessThanOrEqual(600)
    const inside = await household.as(id)
    expect(await call(inside, 'session.me')).toMatchObject({ ok: true })
    expect((await get(inside, 'sessions.list', {})).sessions.length).toBeGreaterThanOrEqual(2)

    await makePicture(join(pictures, `${step}.jpg`), { width: 100 + step })
    await household.scanAll(operator)
    expect(await countOf()).toBe(2 + step)
    expect(Math.abs((await scanned()) - clock())).toBeLessThan(DAY)
    const [job] = (await get(operator, 'jobs.list', {})).jobs
    expect(job).toMatchObject({ state: 'done', error: null, secondsLeft: null })
    expect((job?.finishedAt ?? 0) - (job?.startedAt ?? 0)).toBeGreaterThanOrEqual(0)
    // nothing queues itself again and again
    await household.idle()
    const last = (await services.jobs.list({ limit: 1 }))[0]?.id
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await services.jobs.list({ limit: 1 }))[0]?.id).toBe(last)
  }
})
