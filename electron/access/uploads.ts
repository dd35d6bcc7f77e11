import { basename } from 'node:path'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Read } from '../db/connect.ts'
import { accounts, areaAccess, areas } from '../db/schema.ts'
import { capabilitiesOf, extentsOf } from './capabilities.ts'
import { closedBecause, creatorOf, type FoundLink } from './links.ts'
import type { AccountPrincipal, Principal } from './principal.ts'

/** A folder that may be uploaded into. */
export interface UploadFolder {
  readonly areaId: number
  /** of the directory alone, never where it lies */
  readonly name: string
}

/**
 * The folders into which an account may upload at this moment, by path: those it holds read-write; for whoever may everywhere, those that
 * anybody holds so. Empty where its role or the household lets it upload nothing.
 */
export async function uploadFolders(db: Read, by: AccountPrincipal): Promise<UploadFolder[]> {
  const extent = extentsOf(by).get('upload')
  if (extent === undefined) return []
  const holders = extent === 'any-read-write' ? undefined : eq(areaAccess.accountId, by.accountId)
  const rows = await db
    .selectDistinct({ areaId: areas.id, path: areas.path })
    .from(areaAccess)
    .innerJoin(areas, eq(areas.id, areaAccess.areaId))
    .innerJoin(accounts, and(eq(accounts.id, areaAccess.accountId), isNull(accounts.deletedAt)))
    .where(and(eq(areaAccess.access, 'read-write'), holders))
    .orderBy(asc(areas.path))
  return rows.map(({ areaId, path }) => ({ areaId, name: basename(path) }))
}

/** The folder that what is sent through a link is meant for; null where nothing may be sent, at this moment or at all. */
export async function uploadFolderOf(db: Read, link: FoundLink, now: number): Promise<UploadFolder | null> {
  const { uploadAreaId } = link.share
  if (uploadAreaId === null || closedBecause(link, now)) return null
  const open = await uploadFolders(db, creatorOf(link))
  return open.find(({ areaId }) => areaId === uploadAreaId) ?? null
}

/** Whether somebody who holds a link may send files through it: never whoever views as another, nor a viewer, who only takes. */
export async function mayUploadThrough(
  db: Read,
  by: Principal,
  link: FoundLink,
  now: number,
): Promise<boolean> {
  const isKnown = by.kind === 'account' || by.kind === 'viewing'
  if (isKnown && !capabilitiesOf(by).has('uploadToShare')) return false
  return (await uploadFolderOf(db, link, now)) !== null
}
