import { basename } from 'node:path'
import { eq, inArray } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { uploadFolders } from '../../access/uploads.ts'
import type { Reason } from '../../contract/reasons.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { areas, heldUploads } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { nameOf } from '../sharing/name.ts'
import { type Decidable, findDecidable } from './deciders.ts'
import type { HeldFiles } from './held-files.ts'

export interface AcceptNeeds {
  db: Database
  clock: Clock
  files: HeldFiles
  placing: Pick<WalkClient, 'place'>
}

interface Accepting {
  ids: readonly number[]
  /** another folder than the one that the link names */
  folderId?: number | undefined
}

export interface Accepted {
  accepted: { id: number; fileName: string }[]
  failed: { id: number; reason: Reason }[]
  /** folders in which something is new */
  areaIds: number[]
  /** links that they came by */
  shares: number[]
}

/** A file that lies in its folder by now. */
interface Placed {
  one: Decidable
  areaId: number
  /** its name */
  folder: string
  fileName: string
}

/**
 * Puts held files into their folders, one after the other; those that fail are told and stay held. A file is forgotten here when its copy is
 * on the folder's medium, so whenever this is broken off it is in one place at least; done again it finds the copy that it made. Throws
 * `Refusal` before the first: `not_found` for what is not there or for others to decide about, `forbidden` for a folder that the account may not
 * upload into.
 */
export async function acceptUploads(
  needs: AcceptNeeds,
  by: AccountPrincipal,
  { ids, folderId }: Accepting,
): Promise<Accepted> {
  const { db } = needs
  const wanted = await findDecidable(db.read, by, ids)
  for (const { share } of wanted) await requireFolder(db, by, folderId ?? share.uploadAreaId)
  const placed: Placed[] = []
  const failed: Accepted['failed'] = []
  let refusal: unknown
  for (const { upload } of wanted) {
    try {
      const result = await acceptOne(needs, by, upload.id, folderId)
      if ('reason' in result) failed.push({ id: upload.id, reason: result.reason })
      else placed.push(result)
    } catch (error) {
      // what lies in its folder is written down all the same
      refusal = error
      break
    }
  }
  await settle(needs, by, placed)
  if (refusal !== undefined) throw refusal
  return {
    accepted: placed.map(({ one, fileName }) => ({ id: one.upload.id, fileName })),
    failed,
    areaIds: [...new Set(placed.map(({ areaId }) => areaId))],
    shares: [...new Set(placed.map(({ one }) => one.share.id))],
  }
}

async function requireFolder(db: Database, by: AccountPrincipal, areaId: number | null): Promise<void> {
  const open = await uploadFolders(db.read, by)
  if (open.some((folder) => folder.areaId === areaId)) return
  const fields = { folderId: 'upload_folder' } as const
  throw new Refusal('forbidden', { reason: 'upload_folder', fields })
}

/** Asked for each by itself: the ones before it may have taken minutes. */
async function acceptOne(
  { db, files, placing }: AcceptNeeds,
  by: AccountPrincipal,
  id: number,
  folderId: number | undefined,
): Promise<Placed | { reason: Reason }> {
  const found = await db.write((tx) => findWaiting(tx, by, id))
  if (!found) return { reason: 'upload_gone' }
  const areaId = folderId ?? found.share.uploadAreaId
  await requireFolder(db, by, areaId)
  const [area] = await db.read
    .select({ id: areas.id, path: areas.path, device: areas.device, inode: areas.inode })
    .from(areas)
    .where(eq(areas.id, areaId ?? 0))
  if (!area) return { reason: 'root_missing' }
  const { id: placedIn, ...folder } = area
  const { fileKey, fileName: name, sizeBytes, contentHash } = found.upload
  const reply = await placing.place({ path: files.pathOf(fileKey), sizeBytes, contentHash, folder, name })
  return reply.ok
    ? { one: found, areaId: placedIn, folder: basename(folder.path), fileName: reply.name }
    : { reason: reply.problem }
}

async function findWaiting(tx: Tx, by: AccountPrincipal, id: number): Promise<Decidable | undefined> {
  await requireSameStanding(tx, by)
  const [found] = await findDecidable(tx, by, [id]).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') return []
    throw error
  })
  return found?.upload.declinedAt === null ? found : undefined
}

/** Forgets what lies in its folder, with a word in the audit log for each link; then the files here. */
async function settle(
  { db, clock, files }: AcceptNeeds,
  by: AccountPrincipal,
  placed: readonly Placed[],
): Promise<void> {
  if (placed.length === 0) return
  await db.write(async (tx) => {
    const ids = placed.map(({ one }) => one.upload.id)
    await tx.delete(heldUploads).where(inArray(heldUploads.id, ids))
    for (const [id, ofLink] of Map.groupBy(placed, ({ one }) => one.share.id)) {
      const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
      const folder = [...new Set(ofLink.map((each) => each.folder))].join(', ')
      const details = { files: ofLink.length, folder }
      await recordAudit(tx, by, { action: 'upload.accepted', object, details, at: clock() })
    }
  })
  for (const { one } of placed) await files.remove(one.upload.fileKey)
}
