import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { uploadFolders } from '../../access/uploads.ts'
import type { Output } from '../../contract/contract.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, heldUploads, shares } from '../../db/schema.ts'
import { nameOf } from '../sharing/name.ts'
import { decidedBy } from './deciders.ts'
import { DECLINED_MS } from './limits.ts'

interface Asked {
  share?: number | undefined
  declined?: boolean | undefined
  limit: number
}

/** Held files that an account decides about: those that wait, the oldest first, or (`declined`) those that were turned down. */
export async function listUploads(
  db: Read,
  by: AccountPrincipal,
  { share, declined = false, limit }: Asked,
): Promise<Output<'uploads.list'>> {
  const theirs = and(decidedBy(db, by), share === undefined ? undefined : eq(heldUploads.shareId, share))
  const rows = await db
    .select({ upload: heldUploads, name: accounts.name, username: accounts.username, share: shares })
    .from(heldUploads)
    .innerJoin(shares, eq(shares.id, heldUploads.shareId))
    .leftJoin(accounts, eq(accounts.id, heldUploads.accountId))
    .where(and(theirs, declined ? isNotNull(heldUploads.declinedAt) : isNull(heldUploads.declinedAt)))
    .orderBy(declined ? desc(heldUploads.declinedAt) : asc(heldUploads.uploadedAt), asc(heldUploads.id))
    .limit(limit)
  const folders = await uploadFolders(db, by)
  const byLink = new Map(rows.map((row) => [row.share.id, row.share]))
  const links: Output<'uploads.list'>['links'] = []
  for (const { id, uploadAreaId, revokedAt } of byLink.values()) {
    const folder = folders.find(({ areaId }) => areaId === uploadAreaId)
    const folderId = folder?.areaId ?? null
    links.push({ id, name: await nameOf(db, id), folderId, isEnded: revokedAt !== null })
  }
  return {
    ...(await countOf(db, theirs)),
    uploads: rows.map(({ upload, name, username }) => ({
      id: upload.id,
      share: upload.shareId,
      fileName: upload.fileName,
      sizeBytes: upload.sizeBytes,
      kind: upload.mime.startsWith('video/') ? ('video' as const) : ('image' as const),
      account: upload.accountId === null ? null : name || username || '',
      senderName: upload.senderName,
      uploadedAt: upload.uploadedAt,
      goneAt: upload.declinedAt === null ? null : upload.declinedAt + DECLINED_MS,
    })),
    links,
    folders: folders.map(({ areaId, name }) => ({ id: areaId, name })),
  }
}

async function countOf(db: Read, theirs: ReturnType<typeof and>) {
  const [row] = await db
    .select({ waiting: count(sql`case when ${heldUploads.declinedAt} is null then 1 end`), all: count() })
    .from(heldUploads)
    .innerJoin(shares, eq(shares.id, heldUploads.shareId))
    .where(theirs)
  const { waiting, all } = row ?? { waiting: 0, all: 0 }
  return { waiting, declined: all - waiting }
}
