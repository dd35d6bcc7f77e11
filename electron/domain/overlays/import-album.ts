import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import { reachableScope } from '../../access/scope.ts'
import type { ImportedAlbum } from '../../contract/overlays.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { albumPhotos, albums } from '../../db/schema.ts'
import { heldBy } from '../albums/own.ts'
import { recordImport } from './audit.ts'
import { requireSameHolder } from './holder.ts'
import type { Importing } from './import-photos.ts'
import { inScope, type Located, locate } from './locate.ts'

type Album = typeof albums.$inferSelect
type Step = ImportedAlbum['path'][number]

/** What a part's album comes to. `added`: photos it gains. */
export interface AlbumOutcome {
  album: 'new' | 'existing' | 'left-out'
  located: Located[]
  added: number
}

/** A photo of the album, found here. */
interface Member {
  photoId: number
  addedAt: number
  position: number
}

/**
 * Finds or makes the album of a part, by the titles that lead to it, and puts the part's photos in: none is ever taken out. What the album
 * has itself (description, order, cover, a photo's place) is kept or taken as the mode says.
 */
export async function importAlbum(work: Importing, album: ImportedAlbum): Promise<AlbumOutcome> {
  const { db, scope, placeOf, allowed, holder, dryRun } = work
  if (!allowed.albums) return { album: 'left-out', located: [], added: 0 }
  const finds = album.photos.map(({ find }) => find)
  const found = await locate(db.read, scope, placeOf, album.cover ? [...finds, album.cover] : finds)
  const located = found.slice(0, finds.length)
  const cover = album.cover ? found.at(-1) : undefined
  const members = new Map<number, Member>()
  for (const [index, { addedAt, position }] of album.photos.entries()) {
    const photoId = located[index]
    if (typeof photoId === 'number' && !members.has(photoId))
      members.set(photoId, { photoId, addedAt, position })
  }
  const wanted = {
    album,
    members: [...members.values()],
    coverPhotoId: typeof cover === 'number' ? cover : null,
  }
  if (!holder) return { album: 'new', located, added: members.size }
  const outcome = dryRun
    ? await look(db.read, holder.accountId, wanted)
    : await db.write((tx) => write(tx, work, holder, wanted))
  return { ...outcome, located }
}

interface Wanted {
  album: ImportedAlbum
  members: Member[]
  coverPhotoId: number | null
}

async function look(db: Read, accountId: number, { album, members }: Wanted) {
  const existing = await findAlbum(db, accountId, album.path)
  if (!existing) return { album: 'new', added: members.length } as const
  const inside = await membersOf(db, existing.id, members)
  return { album: 'existing', added: members.length - inside.size } as const
}

async function write(tx: Tx, work: Importing, holder: AccountPrincipal, wanted: Wanted) {
  await requireSameHolder(tx, work.by, holder)
  const ids = [...wanted.members.map(({ photoId }) => photoId), wanted.coverPhotoId ?? 0]
  // asked in here, so that what was taken from the account a moment ago gets into no album
  const reached = await inScope(tx, await reachableScope(tx, holder), ids)
  const cover = wanted.coverPhotoId !== null && reached.has(wanted.coverPhotoId) ? wanted.coverPhotoId : null
  const before = await findAlbum(tx, holder.accountId, wanted.album.path)
  const at = work.clock()
  const row = before ?? (await makeAlbum(tx, holder.accountId, { ...wanted, coverPhotoId: cover }, at))
  const values = before ? changesOf(before, wanted.album, cover, work.mode) : {}
  if (Object.keys(values).length > 0)
    await tx
      .update(albums)
      .set({ ...values, updatedAt: at })
      .where(eq(albums.id, row.id))
  const members = wanted.members.filter(({ photoId }) => reached.has(photoId))
  const { added, moved } = await putIn(tx, row.id, members, { by: holder.accountId, mode: work.mode })
  if (!before || Object.keys(values).length > 0 || added + moved > 0)
    await recordImport(tx, work.by, holder, { header: work.header, mode: work.mode, at })
  return { album: before ? 'existing' : 'new', added } as const
}

/** The account's album that these steps lead to. */
async function findAlbum(db: Read, ownerId: number, path: readonly Step[]): Promise<Album | undefined> {
  let found: Album | undefined
  for (const step of path) {
    found = (await siblingsOf(db, ownerId, found?.id ?? null, step.title))[step.nth]
    if (!found) return undefined
  }
  return found
}

/** Albums of one title in one place, in the order they were made. */
function siblingsOf(db: Read, ownerId: number, parentId: number | null, title: string): Promise<Album[]> {
  const place = parentId === null ? isNull(albums.parentId) : eq(albums.parentId, parentId)
  return db
    .select()
    .from(albums)
    .where(and(heldBy(ownerId), place, eq(albums.title, title)))
    .orderBy(albums.id)
}

/** Makes an album, and those above it that are missing. */
async function makeAlbum(
  tx: Tx,
  ownerId: number,
  { album, coverPhotoId }: Omit<Wanted, 'members'>,
  at: number,
): Promise<Album> {
  let parentId: number | null = null
  let made: Album | undefined
  for (const [depth, { title, nth }] of album.path.entries()) {
    const isLast = depth === album.path.length - 1
    const { description, order, createdAt } = album
    const values = isLast ? { description, order, createdAt, coverPhotoId } : { createdAt: at }
    const there: Album[] = await siblingsOf(tx, ownerId, parentId, title)
    // as many of that title as it takes to have this one; normally one
    for (let count = there.length; count <= nth; count += 1)
      there.push(
        ...(await tx
          .insert(albums)
          .values({ ownerId, parentId, title, updatedAt: at, ...values })
          .returning()),
      )
    made = there[nth]
    parentId = made?.id ?? null
  }
  if (!made) throw new Error('an insert answered no row')
  return made
}

/** What an album that is there already takes over. */
function changesOf(mine: Album, theirs: ImportedAlbum, cover: number | null, mode: Importing['mode']) {
  if (mode === 'keep-mine') return {}
  const wins = mode === 'take-theirs'
  const { description, order } = theirs
  return {
    ...(description !== '' &&
      description !== mine.description &&
      (wins || mine.description === '') && { description }),
    ...(wins && order !== mine.order && { order }),
    ...(cover !== null &&
      cover !== mine.coverPhotoId &&
      (wins || mine.coverPhotoId === null) && { coverPhotoId: cover }),
  }
}

async function membersOf(
  db: Read,
  albumId: number,
  members: readonly Member[],
): Promise<Map<number, Member>> {
  const ids = members.map(({ photoId }) => photoId)
  const rows = await db
    .select({
      photoId: albumPhotos.photoId,
      addedAt: albumPhotos.addedAt,
      position: albumPhotos.position,
    })
    .from(albumPhotos)
    .where(and(eq(albumPhotos.albumId, albumId), inArray(albumPhotos.photoId, ids)))
  return new Map(rows.map((row) => [row.photoId, row]))
}

async function putIn(
  tx: Tx,
  albumId: number,
  members: readonly Member[],
  { by, mode }: { by: number; mode: Importing['mode'] },
): Promise<{ added: number; moved: number }> {
  const inside = await membersOf(tx, albumId, members)
  const fresh = members.filter(({ photoId }) => !inside.has(photoId))
  if (fresh.length > 0)
    await tx.insert(albumPhotos).values(fresh.map((member) => ({ albumId, addedBy: by, ...member })))
  const moved = members.filter(({ photoId, addedAt, position }) => {
    const mine = inside.get(photoId)
    return mode === 'take-theirs' && mine && (mine.addedAt !== addedAt || mine.position !== position)
  })
  for (const { photoId, addedAt, position } of moved)
    await tx
      .update(albumPhotos)
      .set({ addedAt, position })
      .where(and(eq(albumPhotos.albumId, albumId), eq(albumPhotos.photoId, photoId)))
  return { added: fresh.length, moved: moved.length }
}
