import { eq } from 'drizzle-orm'
import { files, photos } from '../../../electron/db/schema.ts'
import type { PhotoName, World } from '../../access-matrix/world.ts'
import { visitorIn } from '../../support/visitor.ts'

const PLACES = ['own', 'shared'] as const

/** A link as the rules have it. */
export interface ModelLink {
  id: number
  byName: boolean
  token: string
  albumId: number | null
  held: Set<number>
  /** what the contributor added to it */
  added: Set<number>
  password: string | null
  ended: boolean
  expired: boolean
}

/** What the rules say, and the household that has to say the same. */
export async function begin(world: World) {
  const everywhere = [
    { path: world.folders.own, access: 'read-write' as const, mayShare: true },
    { path: world.folders.shared, access: 'read-only' as const, mayShare: true },
  ]
  const creatorId = await world.disposable({ folders: everywhere })
  const guestId = await world.disposable({ role: 'guest' })
  // adds photos to albums that are shared by name
  const contributorId = await world.disposable({ folders: everywhere.slice(1) })
  const made = await Promise.all(
    Array.from({ length: 6 }, (_, n) => addPhoto(world, PLACES[n % 2] ?? 'own', n)),
  )
  return {
    world,
    creatorId,
    guestId,
    contributorId,
    /** the contributor may share */
    lends: true,
    guest: await world.as(guestId),
    visitors: [visitorIn(world, '192.0.2.31'), visitorIn(world, '192.0.2.32')],
    photos: made.map((id, n) => ({ id, place: PLACES[n % 2] ?? 'own', private: false, archived: false })),
    granted: { own: true, shared: true, sharedOn: true },
    stands: { role: 'user' as 'user' | 'viewer', mayLogIn: true },
    links: [] as ModelLink[],
    /** of each holder the links that it opened, with the passwords that it gave */
    opened: [
      new Map<number, string | null>(),
      new Map<number, string | null>(),
      new Map<number, string | null>(),
    ],
  }
}
/** A household in which things are shared, and what the rules say of it. */
export type Story = Awaited<ReturnType<typeof begin>>

/** A row as a scan would make it, beside a photo of the world. */
async function addPhoto(world: World, place: PhotoName, n: number): Promise<number> {
  const { db } = world.services
  const [photo] = await db.read.select().from(photos).where(eq(photos.id, world.photo[place]))
  const [file] = await db.read.select().from(files).where(eq(files.photoId, world.photo[place]))
  if (!photo || !file) throw new Error('the world has a photo')
  const { id: _id, month: _month, shelf: _shelf, ...row } = photo
  return db.write(async (tx) => {
    const takenAt = `2024-05-0${n + 1}T12:00:00.000`
    const [made] = await tx
      .insert(photos)
      .values({ ...row, takenAt })
      .returning({ id: photos.id })
    const photoId = made?.id ?? 0
    const { areaId, directoryId } = file
    await tx
      .insert(files)
      .values({ photoId, areaId, directoryId, name: `made ${photoId}.jpg`, sizeBytes: 1, mtimeMs: 1 })
    return photoId
  })
}

/** Whether whoever shares may share a photo on. */
export const mayShare = (story: Story, photo: Story['photos'][number]) =>
  photo.place === 'own' ? story.granted.own : story.granted.shared && story.granted.sharedOn

/** Whether a link opens for anybody. */
export const isOpen = ({ stands }: Story, link: ModelLink) =>
  !link.ended && !link.expired && stands.role === 'user' && stands.mayLogIn

/** Whether a link that is open shows a photo, by its place in the story. */
export function isShown(story: Story, link: ModelLink, index: number): boolean {
  const photo = story.photos[index]
  if (!photo) return false
  const isAdded = link.added.has(photo.id)
  if (!(link.held.has(photo.id) || isAdded)) return false
  if (!mayShare(story, photo) && !(isAdded && story.lends)) return false
  return !photo.private && !(photo.archived && link.albumId !== null)
}

/** What a holder is answered about a photo of a link. */
export function expected(story: Story, who: number, link: ModelLink, index: number): string {
  const opened = story.opened[who]
  if (who < 2 && opened?.size === 0) return 'unauthenticated'
  const given = opened?.get(link.id)
  if (given === undefined || !isOpen(story, link)) return 'not_found'
  if (link.password !== null && given !== link.password) return 'forbidden'
  return isShown(story, link, index) ? 'ok' : 'not_found'
}
