import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { type Database, openDatabase } from './connect.ts'
import { ENDED_TOKENS } from './ended-tokens.ts'
import { migrationsFolder } from './migrations-folder.ts'
import { accounts, knownDevices, recoveryCodes, shareGuests, shares } from './schema.ts'

let folder: string
let db: Database

async function open(): Promise<void> {
  const file = join(folder, 'mantel.sqlite')
  const endedTokens = join(folder, ENDED_TOKENS)
  const opened = await openDatabase({ file, migrationsFolder: migrationsFolder(), endedTokens })
  onTestFinished(() => opened.close())
  db = opened
}

const reopenAfter = async (change: () => Promise<void>) => {
  await db.close()
  await change()
  await open()
}

const copy = () => join(folder, 'copy.sqlite')
const bringBack = () => reopenAfter(() => copyFile(copy(), join(folder, 'mantel.sqlite')))

/** Two people with a device in common, a device and recovery codes of each; a copy of that is made. */
beforeEach(async () => {
  folder = await makeFolder()
  await open()
  await db.write(async (tx) => {
    for (const id of [1, 2]) {
      const who = { id, username: `name${id}`, role: 'user', passwordHash: '', createdAt: 0 }
      await tx.insert(accounts).values(who)
      await tx
        .insert(recoveryCodes)
        .values(['a', 'b'].map((code) => ({ accountId: id, codeHash: code + id })))
      const devices = [`own${id}`, 'common'].map((tokenHash) => ({ ...deviceRow, accountId: id, tokenHash }))
      await tx.insert(knownDevices).values(devices)
      const link = { creatorId: id, tokenSealed: '', download: 'none', createdAt: 5 } as const
      await tx.insert(shares).values(['one', 'other'].map((name) => ({ ...link, tokenHash: `${name}${id}` })))
    }
  })
  await reopenAfter(() => copyFile(join(folder, 'mantel.sqlite'), copy()))
})
const deviceRow = { createdAt: 5, lastUsedAt: 5 }

const codes = async () => {
  const rows = await db.read.select().from(recoveryCodes)
  return rows.filter(({ usedAt }) => usedAt === null).map(({ codeHash }) => codeHash)
}
const devices = async () => {
  const rows = await db.read.select().from(knownDevices)
  return rows.map(({ accountId, tokenHash }) => `${accountId} ${tokenHash}`)
}

const links = async () => {
  const rows = await db.read.select().from(shares)
  return rows.filter(({ revokedAt }) => revokedAt === null).map(({ tokenHash }) => tokenHash)
}

test('a link that was taken back, or went with its creator, does not open again in an older copy', async () => {
  await db.write(async (tx) => {
    await tx.update(shares).set({ revokedAt: 9 }).where(eq(shares.tokenHash, 'one1'))
    await tx.delete(accounts).where(eq(accounts.id, 2))
  })
  expect(await links()).toEqual(['other1'])
  await bringBack()
  expect(await links()).toEqual(['other1'])
})

test('whoever something is shared with no more does not come back with an older copy, but where it is shared anew', async () => {
  const guests = async () => {
    const rows = await db.read.select().from(shareGuests)
    return rows.map(({ shareId, accountId, openedAt }) => `${shareId} ${accountId} ${openedAt}`)
  }
  const all = await db.read.select().from(shares)
  const [direct, , link] = all.map(({ id }) => id)
  if (direct === undefined || link === undefined) throw new Error('there are four')
  await db.write(async (tx) => {
    await tx.update(shares).set({ direct: true }).where(eq(shares.id, direct))
    const both = [1, 2].map((accountId) => ({ shareId: direct, accountId, openedAt: 5 }))
    await tx.insert(shareGuests).values([...both, { shareId: link, accountId: 2, openedAt: 5 }])
  })
  await reopenAfter(() => copyFile(join(folder, 'mantel.sqlite'), copy()))
  await db.write((tx) => tx.delete(shareGuests).where(eq(shareGuests.accountId, 2)))
  await db.write((tx) => tx.insert(shareGuests).values({ shareId: direct, accountId: 2, openedAt: 7 }))
  await reopenAfter(async () => {})
  expect(await guests()).toEqual([`${direct} 1 5`, `${direct} 2 7`])
  await bringBack()
  // of a link that was left the address opens it again anyway
  expect(await guests()).toEqual([`${direct} 1 5`, `${link} 2 5`])
})

test('a recovery code that was used, or took the place of, is not good again in an older copy', async () => {
  await db.write(async (tx) => {
    await tx.update(recoveryCodes).set({ usedAt: 9 }).where(eq(recoveryCodes.codeHash, 'a1'))
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, 2))
    await tx.insert(recoveryCodes).values({ accountId: 2, codeHash: 'new' })
  })
  expect(await codes()).toEqual(['b1', 'new'])
  await bringBack()
  expect(await codes()).toEqual(['b1'])
})

test('a device that was forgotten stays forgotten by that account alone', async () => {
  const common = and(eq(knownDevices.accountId, 1), eq(knownDevices.tokenHash, 'common'))
  await db.write((tx) => tx.delete(knownDevices).where(common))
  await bringBack()
  expect(await devices()).toEqual(['1 own1', '2 own2', '2 common'])
})

test('a device that is known anew is not the one that was forgotten', async () => {
  const common = and(eq(knownDevices.accountId, 1), eq(knownDevices.tokenHash, 'common'))
  await db.write((tx) => tx.delete(knownDevices).where(common))
  const again = { accountId: 1, tokenHash: 'common', createdAt: 7, lastUsedAt: 7 }
  await db.write((tx) => tx.insert(knownDevices).values(again))
  await reopenAfter(async () => {})
  expect(await devices()).toContain('1 common')
})

test('without the list all devices are strangers and no link opens, and recovery codes stay: they may be the only way in', async () => {
  await reopenAfter(() => rm(join(folder, ENDED_TOKENS)))
  expect(await devices()).toEqual([])
  expect(await links()).toEqual([])
  expect(await codes()).toEqual(['a1', 'b1', 'a2', 'b2'])
})
