import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anyone } from '../electron/access/policies.ts'
import { createDispatch } from '../electron/api/dispatch.ts'
import { bytesRouter } from '../electron/api/media.ts'
import type { Procedure } from '../electron/api/procedure.ts'
import { router } from '../electron/api/router.ts'
import type { Outcome, Row } from './access-matrix/outcomes.ts'
import { ROWS } from './access-matrix/rows.ts'
import { makeWorld, WHO, type Who, type World } from './access-matrix/world.ts'

const procedures: Record<string, Procedure> = { ...router, ...bytesRouter }

/** Open to the world: nobody is known yet when they are called. Whatever is added here needs a reason. */
const OPEN = [
  'registration.create',
  'session.known',
  'session.login',
  'session.resume',
  'setup.create',
  'setup.pickFolder',
  'setup.status',
]

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())

async function outcomes(row: Row, table: Record<string, Procedure>, columns: readonly Who[]) {
  const dispatch = createDispatch(table, world.services)
  const found: Partial<Record<Who, Outcome>> = {}
  await world.logInAgain()
  for (const who of columns) {
    // each from an address of its own, as attempts to log in are counted by address
    const caller = { ...world.callers[who], address: who }
    const result = await dispatch(caller, row.procedure, await row.input(world, who))
    found[who] = result.ok ? 'ok' : result.error.code
  }
  return found
}

const title = ({ procedure, object }: Row) => (object ? `${procedure} · ${object}` : procedure)

test('every procedure has a row, and every row a procedure', () => {
  expect([...new Set(ROWS.map((row) => row.procedure))].sort()).toEqual(Object.keys(procedures).sort())
})

describe('each principal is answered as the table says', () => {
  test.each(ROWS.map((row) => [title(row), row] as const))('%s', async (_, row) => {
    expect(await outcomes(row, procedures, WHO)).toEqual(row.expect)
  })
})

test('only these are open to anyone', () => {
  const open = Object.keys(procedures).filter((name) => procedures[name]?.allow === anyone)
  expect(open.sort()).toEqual(OPEN)
})

describe('the table notices a policy that allows everybody', () => {
  const guarded = Object.entries(procedures).filter(([name]) => !OPEN.includes(name))
  test.each(guarded)('%s', async (name, procedure) => {
    const swapped = { ...procedures, [name]: { ...procedure, allow: anyone } }
    let noticed = false
    for (const row of ROWS.filter((one) => one.procedure === name)) {
      const refused = WHO.filter((who) => ['unauthenticated', 'forbidden'].includes(row.expect[who]))
      const found = await outcomes(row, swapped, refused)
      noticed = refused.some((who) => found[who] !== row.expect[who])
      if (noticed) break
    }
    expect(noticed).toBe(true)
  })
})

test('a timeline holds what is shown in own and shared folders, and nothing else', async () => {
  for (const who of ['user', 'viewer', 'admin', 'super'] as const) {
    const caller = world.callers[who]
    const { months } = await world.get(caller, 'timeline.months', {})
    const ids: number[] = []
    for (const { month } of months) ids.push(...(await world.get(caller, 'timeline.month', { month })).ids)
    expect(ids.sort()).toEqual([world.photo.own, world.photo.shared, world.photo.offline].sort())
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  }
})

test("everyone's view is for admins; others who ask for it get their own", async () => {
  const count = async (who: Who) => {
    const { months } = await world.get(world.callers[who], 'timeline.months', { view: 'everyone' })
    return months.reduce((sum, month) => sum + month.count, 0)
  }
  expect(await count('admin')).toBeGreaterThan(3)
  expect(await count('user')).toBe(3)
})

test('an id that does not exist is answered like one out of reach', async () => {
  for (const id of [world.photo.foreign, 999_999]) {
    const result = await world.call(world.callers.user, 'photos.get', { id })
    expect(result).toEqual({ ok: false, error: expect.objectContaining({ code: 'not_found' }) })
  }
})
