import { and, asc, eq } from 'drizzle-orm'
import type { Read, Tx } from '../../db/connect.ts'
import { areaAccess, areas, grants } from '../../db/schema.ts'

/** How an account reaches an area. */
export interface Reach {
  access: 'read-write' | 'read-only'
  mayShare: boolean
}

/** A folder as given to an account. */
export interface Grant extends Reach {
  areaId: number
}

/** Of a read-only folder, photos are not shared on unless an admin says so (product §4). */
export const mayShareByDefault = (access: Reach['access']) => access === 'read-write'

/**
 * Makes `given` the grants of an account, taking all others away, and derives what it reaches. Rows of photos are not touched: a
 * folder taken away hides what the account added to its photos, granted again it is back. Each area at most once.
 */
export async function setGrants(
  tx: Tx,
  accountId: number,
  given: readonly Grant[],
  now: number,
): Promise<void> {
  const before = await readGrants(tx, accountId)
  const kept = new Set(given.map(({ areaId }) => areaId))
  for (const { areaId } of before) if (!kept.has(areaId)) await deleteGrant(tx, accountId, areaId)
  for (const grant of given) await upsertGrant(tx, accountId, grant, now)
  await deriveAccess(tx)
}

/** Gives one folder to an account, or changes how it has it. */
export async function grantArea(tx: Tx, accountId: number, grant: Grant, now: number): Promise<void> {
  await upsertGrant(tx, accountId, grant, now)
  await deriveAccess(tx)
}

/** Takes one folder from an account. */
export async function revokeArea(tx: Tx, accountId: number, areaId: number): Promise<void> {
  await deleteGrant(tx, accountId, areaId)
  await deriveAccess(tx)
}

/** The folders given to an account, with their paths, in the order of these. */
export async function readGrants(read: Read, accountId: number): Promise<(Grant & { path: string })[]> {
  return read
    .select({ areaId: grants.areaId, access: grants.access, mayShare: grants.mayShare, path: areas.path })
    .from(grants)
    .innerJoin(areas, eq(areas.id, grants.areaId))
    .where(eq(grants.accountId, accountId))
    .orderBy(asc(areas.path))
}

/**
 * Derives `area_access` from `grants`: an account reaches an area by its nearest grant on it or above it. To be called in
 * the transaction of every change to grants or to the tree of areas; changes only the rows that differ.
 */
export async function deriveAccess(tx: Tx): Promise<void> {
  const tree = await tx.select({ id: areas.id, parentId: areas.parentId }).from(areas)
  const wanted = reachOfEach(tree, await tx.select().from(grants))
  for (const row of await tx.select().from(areaAccess)) {
    const { accountId, areaId, access, mayShare } = row
    const reach = wanted.get(accountId)?.get(areaId)
    if (reach?.access === access && reach.mayShare === mayShare) wanted.get(accountId)?.delete(areaId)
    else if (!reach)
      await tx
        .delete(areaAccess)
        .where(and(eq(areaAccess.accountId, accountId), eq(areaAccess.areaId, areaId)))
  }
  for (const [accountId, reaches] of wanted) {
    for (const [areaId, { access, mayShare }] of reaches) {
      const row = { accountId, areaId, access, mayShare }
      const target = [areaAccess.accountId, areaAccess.areaId]
      await tx.insert(areaAccess).values(row).onConflictDoUpdate({ target, set: { access, mayShare } })
    }
  }
}

type AreaNode = Pick<typeof areas.$inferSelect, 'id' | 'parentId'>

function reachOfEach(
  tree: AreaNode[],
  given: (typeof grants.$inferSelect)[],
): Map<number, Map<number, Reach>> {
  const parents = new Map(tree.map(({ id, parentId }) => [id, parentId]))
  const byAccount = Map.groupBy(given, ({ accountId }) => accountId)
  const reaches = new Map<number, Map<number, Reach>>()
  for (const [accountId, own] of byAccount) {
    const granted = new Map(own.map((grant) => [grant.areaId, grant]))
    const reached = new Map<number, Reach>()
    for (const { id } of tree) {
      let at: number | null = id
      while (at !== null && !granted.has(at)) at = parents.get(at) ?? null
      const nearest = at === null ? undefined : granted.get(at)
      if (nearest) reached.set(id, { access: nearest.access, mayShare: nearest.mayShare })
    }
    reaches.set(accountId, reached)
  }
  return reaches
}

async function upsertGrant(tx: Tx, accountId: number, grant: Grant, now: number): Promise<void> {
  const { areaId, access, mayShare } = grant
  await tx
    .insert(grants)
    .values({ accountId, areaId, access, mayShare, grantedAt: now })
    .onConflictDoUpdate({ target: [grants.accountId, grants.areaId], set: { access, mayShare } })
}

async function deleteGrant(tx: Tx, accountId: number, areaId: number): Promise<void> {
  await tx.delete(grants).where(and(eq(grants.accountId, accountId), eq(grants.areaId, areaId)))
}
