import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import { accounts, shares } from '../electron/db/schema.ts'
import { ROWS } from './access-matrix/rows.ts'
import { makeWorld, type World } from './access-matrix/world.ts'
import { visitorIn } from './support/visitor.ts'

/** Everybody who comes by a link, by how it stands with the link that they ask for. */
const BY_LINK = {
  open: 'ok',
  passwordNotGiven: 'unauthenticated',
  passwordGiven: 'ok',
  passwordChanged: 'forbidden',
  anotherLinks: 'not_found',
  expired: 'not_found',
  revoked: 'not_found',
  limitReached: 'unauthenticated',
  beforeTheLimit: 'ok',
  creatorDisabled: 'not_found',
  creatorDemoted: 'not_found',
} as const
type ByLink = keyof typeof BY_LINK
const WHO = Object.keys(BY_LINK) as ByLink[] // the keys of a closed object

const PASSWORD = 'swordfish'

let world: World
const comers = {} as Record<ByLink, { caller: Caller; share: number }>
beforeAll(async () => {
  world = await makeWorld()
  for (const who of WHO) comers[who] = await comer(who)
}, 60_000)
afterAll(() => world.close())

/** A link of its own creator's for each, and what happened to it before and after it was opened. */
async function comer(who: ByLink): Promise<(typeof comers)[ByLink]> {
  const { services, get } = world
  const creatorId = await world.disposable({ folders: [{ path: world.folders.own, access: 'read-write' }] })
  const creator = await world.as(creatorId)
  const options = {
    ...{ download: 'original' as const, uploadFolderId: world.areas.own },
    ...(who.startsWith('password') && { password: PASSWORD }),
    ...(who.endsWith('imit') || who === 'limitReached' ? { viewLimit: 1 } : {}),
  }
  const make = async () => {
    const made = await get(creator, 'shares.createLink', { photoIds: [world.photo.own], options })
    return { id: made.id, token: made.url.split('/s/')[1] ?? '' }
  }
  const link = await make()
  const change = (columns: object) =>
    services.db.write((tx) => tx.update(shares).set(columns).where(eq(shares.id, link.id)))
  const standing = (columns: object) =>
    services.db.write((tx) => tx.update(accounts).set(columns).where(eq(accounts.id, creatorId)))
  const visitor = visitorIn(world, `192.0.2.${WHO.indexOf(who) + 1}`)
  if (who === 'limitReached') await visitorIn(world).open(link.token)
  await visitor.open(
    who === 'anotherLinks' ? (await make()).token : link.token,
    who === 'passwordGiven' || who === 'passwordChanged' ? PASSWORD : undefined,
  )
  if (who === 'passwordChanged')
    await get(creator, 'shares.update', { id: link.id, options: { password: 'another' } })
  if (who === 'expired') await change({ expiresAt: 1 })
  if (who === 'revoked') await get(creator, 'shares.revoke', { id: link.id })
  if (who === 'creatorDisabled') await standing({ mayLogIn: false })
  if (who === 'creatorDemoted') await standing({ role: 'viewer' })
  return { caller: await visitor.caller(), share: link.id }
}

const code = async (who: ByLink, procedure: string, input: unknown) => {
  const result = await world.call(comers[who].caller, procedure, input)
  return result.ok ? 'ok' : result.error.code
}

/** What is asked of a link: all its lists and its bytes. */
const asked = (share: number, id: number): [procedure: string, input: object][] => [
  ['shares.get', { share }],
  ['shares.months', { share }],
  ['shares.month', { share, month: '2026-01' }],
  ['shares.photo', { share, id }],
  ['shares.download', { share }],
  ['uploads.may', { share }],
  ...['thumb', 'preview', 'original'].flatMap((kind): [string, object][] => [
    ['media.openHeld', { share, id, kind, version: '1' }],
    ['media.mayHeld', { share, id, kind, version: '1' }],
  ]),
]

describe('whoever comes by a link is answered as the link stands', () => {
  test.each(WHO)('%s', async (who) => {
    const found: Record<string, string> = {}
    for (const [procedure, input] of asked(comers[who].share, world.photo.own))
      found[`${procedure} ${'kind' in input ? input.kind : ''}`] = await code(who, procedure, input)
    expect(new Set(Object.values(found)), JSON.stringify(found)).toEqual(new Set([BY_LINK[who]]))
  })
})

describe('and everywhere else as nobody', () => {
  const isOfLinks = (procedure: string) => /^shares\.|Held$|^uploads\.(begin|may)$/.test(procedure)
  const elsewhere = ROWS.filter(
    ({ procedure, expect: { anonymous, visitor } }) =>
      !isOfLinks(procedure) &&
      [anonymous, visitor].every((each) => each === 'unauthenticated' || each === 'forbidden'),
  )
  test.each(WHO)('%s', async (who) => {
    const isNobody = comers[who].caller.principal.kind === 'anonymous'
    const let_in: string[] = []
    for (const row of elsewhere) {
      const input = await row.input(world, 'anonymous')
      const found = await code(who, row.procedure, input)
      if (found !== (isNobody ? row.expect.anonymous : row.expect.visitor)) let_in.push(row.procedure)
    }
    expect(let_in).toEqual([])
  })
})
