import { and, eq, inArray, isNull } from 'drizzle-orm'
import { capabilitiesOf } from '../../access/capabilities.ts'
import { requireMay } from '../../access/photo-actions.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import type { Reason } from '../../contract/reasons.ts'
import type { Database, Read } from '../../db/connect.ts'
import { overlays, photoTags, sharedCaptions, tags } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { findPhoto, placeOf, type VisiblePhoto } from '../library/photo.ts'
import type { SidecarFields } from '../media/sidecar-fields.ts'
import { TagTree } from '../overlays/tags.ts'
import { type CorrectionRow, readCorrections } from './file-says.ts'

interface SidecarNeeds {
  db: Database
  sidecars: Pick<WalkClient, 'writeSidecar'>
}

interface Written {
  written: number[]
  failed: { id: number; reason: Reason }[]
}

/**
 * Writes the sidecars of photos, one after the other: each whole or not at all, and those that fail are told. Throws `Refusal` before
 * anything is written: `not_found` where any photo is out of reach, `forbidden` where any may not be corrected by this account.
 */
export async function writeSidecars(
  { db, sidecars }: SidecarNeeds,
  by: AccountPrincipal,
  { ids, own = false }: { ids: readonly number[]; own?: boolean | undefined },
): Promise<Written> {
  const scope = await reachableScope(db.read, by)
  const wanted = [...new Set(ids)]
  const found = await Promise.all(wanted.map((id) => findPhoto(db.read, scope, id)))
  const visible = found.filter((one) => one !== undefined)
  if (visible.length < wanted.length) throw notFound()
  for (const { photo } of visible) requireMay(scope, photo, 'edit')
  const corrected = await readCorrections(db.read, wanted)
  const words = own ? await readOwnWords(db.read, by, wanted) : new Map<number, SidecarFields>()
  const result: Written = { written: [], failed: [] }
  /** folders that did not answer: the next photo of one would be waited for just as long */
  const silent = new Map<number, Reason>()
  for (const one of visible) {
    const { id, areaId } = one.photo
    const offline = scope.areas.get(areaId)?.offline ?? silent.get(areaId)
    const fields = { ...whenAndWhere(one, corrected.get(id), by), ...words.get(id) }
    const reply = offline ? ({ ok: false, problem: offline } as const) : await write(sidecars, one, fields)
    if (reply.ok) result.written.push(id)
    else result.failed.push({ id, reason: reply.problem })
    if (!reply.ok && reply.problem === 'folder_timeout') silent.set(areaId, reply.problem)
  }
  return result
}

const write = (sidecars: SidecarNeeds['sidecars'], one: VisiblePhoto, fields: SidecarFields) =>
  sidecars.writeSidecar(placeOf(one), fields)

/**
 * What is known of date and place. A date that is only the file's own time is none that others should take for one; and a place that
 * nobody put right is not taken out of a sidecar, where another program may have written it.
 */
function whenAndWhere(
  { photo }: VisiblePhoto,
  correction: CorrectionRow | undefined,
  { flags }: AccountPrincipal,
): SidecarFields {
  const { takenAt, takenOffset, takenSource, latitude, longitude, altitude } = photo
  const isKnown = correction?.date || takenSource !== 'file'
  const place = latitude === null || longitude === null ? null : { latitude, longitude, altitude }
  const isTold = flags.places && (place !== null || correction?.place)
  return {
    ...(isKnown && { date: { at: takenAt, offset: takenOffset } }),
    ...(isTold && { place }),
  }
}

/** What this account sees as rating, caption and tags, as far as it holds such at all. What nobody said is left out. */
async function readOwnWords(
  read: Read,
  by: AccountPrincipal,
  ids: number[],
): Promise<Map<number, SidecarFields>> {
  const held = capabilitiesOf(by)
  const { accountId } = by
  const own = await read
    .select()
    .from(overlays)
    .where(and(eq(overlays.accountId, accountId), inArray(overlays.photoId, ids)))
  const shared = await read.select().from(sharedCaptions).where(inArray(sharedCaptions.photoId, ids))
  const tagged = held.has('tag') ? await readTags(read, accountId, ids) : new Map<number, string[][]>()
  const ownOf = new Map(own.map((row) => [row.photoId, row]))
  const sharedOf = new Map(shared.map((row) => [row.photoId, row.caption]))
  return new Map(
    ids.map((id) => {
      const { rating = 0, caption = '' } = ownOf.get(id) ?? {}
      const words = held.has('caption') ? caption || (sharedOf.get(id) ?? '') : ''
      const paths = tagged.get(id) ?? []
      return [
        id,
        {
          ...(rating > 0 && held.has('rate') && { rating }),
          ...(words !== '' && { caption: words }),
          ...(paths.length > 0 && { tags: paths }),
        },
      ]
    }),
  )
}

/** The account's own tags as paths, and those for everyone with the folder by their names. */
async function readTags(read: Read, accountId: number, ids: number[]): Promise<Map<number, string[][]>> {
  const tree = await TagTree.read(read, accountId)
  const paths = await tree.pathsOf(read, ids)
  const everyones = await read
    .select({ photoId: photoTags.photoId, name: tags.name })
    .from(photoTags)
    .innerJoin(tags, eq(tags.id, photoTags.tagId))
    .where(and(inArray(photoTags.photoId, ids), isNull(tags.accountId)))
  for (const { photoId, name } of everyones) paths.set(photoId, [...(paths.get(photoId) ?? []), [name]])
  return paths
}
