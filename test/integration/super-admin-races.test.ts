import { and, eq, inArray, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../../electron/api/caller.ts'
import { accounts } from '../../electron/db/schema.ts'
import { type AccountsHousehold, OTHER, openAccountsHousehold, operator } from '../support/accounts.ts'

/** Super admins who act on each other at the same instant: the household never loses the last one who may log in. */

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
})
afterEach(() => home.close())

/** Ids of the super admins who may log in. */
const superAdmins = async () =>
  (
    await home.services.db.read
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.superAdmin, true), eq(accounts.mayLogIn, true), isNull(accounts.deletedAt)))
  ).map(({ id }) => id)

type Act = readonly [name: string, change: object]
const demote: Act = ['accounts.update', { superAdmin: false }]
const disable: Act = ['accounts.update', { mayLogIn: false }]
// the hash in between makes it the later one of the two
const slowly: Act = ['accounts.update', { superAdmin: false, role: 'user', password: OTHER }]
const remove: Act = ['accounts.remove', {}]
const ROUNDS = 30

const act = (by: Caller, id: number, [name, change]: Act) => home.outcome(by, name, { id, ...change })

/** The household as at the start of a round. */
async function restore(ids: readonly number[]) {
  const anew = { superAdmin: true, mayLogIn: true, role: 'admin', deletedAt: null }
  await home.services.db.write((tx) =>
    tx
      .update(accounts)
      .set(anew)
      .where(inArray(accounts.id, [...ids])),
  )
}

test.each([
  ['demote each other', demote, demote],
  ['demote and disable', demote, disable],
  ['demote and delete', demote, remove],
  ['disable and delete', disable, remove],
  ['delete each other', remove, remove],
  ['demote, one with a new password', slowly, demote],
  ['delete, and demote with a new password', remove, slowly],
])('of two super admins who %s one does not get to it', async (_, first, second) => {
  const [ada, eve] = [await home.addSuper('ada'), await home.addSuper('eve')]
  for (let round = 0; round < ROUNDS; round += 1) {
    await restore([ada, eve])
    const [byAda, byEve] = [await home.as(ada), await home.as(eve)]
    const acts = [() => act(byAda, eve, first), () => act(byEve, ada, second)]
    const both = await Promise.all((round % 2 ? acts : acts.reverse()).map((one) => one()))
    expect(both.sort()).toEqual(['ok', 'unauthenticated session_over'])
    expect((await superAdmins()).length).toBe(1)
  }
})

test.each([
  ['removes', remove],
  ['disables', disable],
  ['demotes', demote],
  ['slowly demotes', slowly],
])('the operator %s one while that one does it to the other: one is left', async (_, deed) => {
  const [ada, eve] = [await home.addSuper('ada'), await home.addSuper('eve')]
  for (let round = 0; round < ROUNDS; round += 1) {
    await restore([ada, eve])
    const byAda = await home.as(ada)
    const both = await Promise.all([act(operator, ada, deed), act(byAda, eve, remove)])
    expect(both.filter((one) => one === 'ok').length).toBe(1)
    expect((await superAdmins()).length).toBe(1)
  }
})

test('the operator removes all of them: the last one stays', async () => {
  const ids = [await home.addSuper('ada'), await home.addSuper('eve'), await home.addSuper('cy')]
  for (let round = 0; round < ROUNDS; round += 1) {
    await restore(ids)
    const all = await Promise.all(
      ids.map((id, n) => act(operator, id, [remove, demote, disable][n] ?? remove)),
    )
    expect(all.sort()).toEqual(['conflict last_super_admin', 'ok', 'ok'])
    expect((await superAdmins()).length).toBe(1)
  }
})

test('three in a circle', async () => {
  const ids = [await home.addSuper('ada'), await home.addSuper('eve'), await home.addSuper('cy')]
  for (let round = 0; round < ROUNDS; round += 1) {
    await restore(ids)
    const callers = await Promise.all(ids.map((id) => home.as(id)))
    await Promise.all(
      callers.map((by, n) => act(by, ids[(n + 1) % 3] ?? 0, [demote, remove, disable][n] ?? remove)),
    )
    expect((await superAdmins()).length).toBeGreaterThanOrEqual(1)
  }
})

test('one renames the other, who demotes that one', async () => {
  const [ada, eve] = [await home.addSuper('ada'), await home.addSuper('eve')]
  for (let round = 0; round < ROUNDS; round += 1) {
    await restore([ada, eve])
    const [byAda, byEve] = [await home.as(ada), await home.as(eve)]
    const [renamed, demoted] = await Promise.all([
      act(byAda, eve, ['accounts.update', { username: `eve${round}` }]),
      act(byEve, ada, demote),
    ])
    expect(demoted).toBe('ok')
    expect((await home.account(eve))?.username === `eve${round}`).toBe(renamed === 'ok')
    expect(await superAdmins()).toEqual([eve])
  }
})
