import { expect, onTestFinished, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { accountPrincipal } from '../../../test/support/principal.ts'
import type { ClientHint } from '../../contract/events.ts'
import { accounts, areaAccess, areas } from '../../db/schema.ts'
import { createLog } from '../../lib/log.ts'
import { createHints } from './hints.ts'

const ROLES = ['admin', 'user', 'viewer', 'guest'] as const

/** One subscriber of each role, all with a grant of the same area; each hears `session` last, so that a test knows the end. */
async function listening() {
  const db = await makeDatabase()
  await db.write(async (tx) => {
    await tx.insert(areas).values({ id: 1, path: '/1', device: '1', inode: '1', createdAt: 0 })
    for (const [at, role] of ROLES.entries()) {
      await tx.insert(accounts).values({ id: at + 1, username: role, role, passwordHash: '', createdAt: 0 })
      const grant = { accountId: at + 1, areaId: 1, access: 'read-only', mayShare: false } as const
      await tx.insert(areaAccess).values(grant)
    }
  })
  const hints = createHints(
    db,
    createLog(() => {}),
  )
  onTestFinished(() => hints.close())
  const heard = ROLES.map((role, at) => {
    const told: ClientHint[] = []
    hints.subscribe(accountPrincipal({ accountId: at + 1, role }), (hint) => told.push(hint))
    return { role, told }
  })
  return {
    announce: hints.announce,
    async told() {
      hints.announce({ topic: 'session' })
      const isTold = () => heard.every(({ told }) => told.at(-1)?.topic === 'session')
      await expect.poll(isTold, { timeout: 30_000 }).toBe(true)
      return Object.fromEntries(heard.map(({ role, told }) => [role, told.map(({ topic }) => topic)]))
    },
    revisions: () =>
      Object.fromEntries(heard.map(({ role, told }) => [role, told.map(({ revision }) => revision)])),
  }
}

test('jobs and the library of a folder are told to those who see them', { timeout: 60_000 }, async () => {
  const { announce, told } = await listening()
  announce({ topic: 'jobs', areas: [1] })
  announce({ topic: 'library', areas: [1] })
  expect(await told()).toEqual({
    admin: ['jobs', 'library', 'session'],
    user: ['jobs', 'library', 'session'],
    viewer: ['library', 'session'],
    guest: ['session'],
  })
})

test('jobs of no folder are told to those who see every job', { timeout: 60_000 }, async () => {
  const { announce, told } = await listening()
  announce({ topic: 'jobs' })
  const nothing = ['session']
  expect(await told()).toEqual({
    admin: ['jobs', 'session'],
    user: nothing,
    viewer: nothing,
    guest: nothing,
  })
})

test('a revision tells nothing of what others were told', { timeout: 60_000 }, async () => {
  const { announce, told, revisions } = await listening()
  announce({ topic: 'accounts' })
  announce({ topic: 'library', areas: [1] })
  await told()
  expect(revisions()).toEqual({ admin: [1, 2, 3], user: [1, 2], viewer: [1, 2], guest: [1] })
})
