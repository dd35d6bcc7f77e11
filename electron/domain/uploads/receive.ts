import { and, count, eq, sum } from 'drizzle-orm'
import type { LinkReader } from '../../access/links.ts'
import { uploadFolderOf } from '../../access/uploads.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { heldUploads } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { invalidField, notFound, Refusal } from '../../lib/refusal.ts'
import { newToken } from '../../lib/token.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import type { Counted, Throttle } from '../accounts/throttle.ts'
import { findHeld } from '../sharing/find-link.ts'
import type { HeldFiles } from './held-files.ts'
import { type Announced, createIncoming, type Incoming, type Sealed } from './incoming.ts'
import type { UploadLimits } from './limits.ts'

interface ReceiveNeeds {
  db: Database
  clock: Clock
  throttle: Throttle
  files: HeldFiles
  limits: UploadLimits
}

/** Who sends a file, through which link, and what they say of it. */
interface Sending extends Announced {
  readonly share: number
  /** network address of whoever sends */
  readonly address: string
  /** what a visitor calls themselves */
  readonly senderName: string
}

/** A file on its way. */
interface UnderWay {
  readonly share: number
  readonly owner: string
  readonly senderName: string
  readonly incoming: Incoming
  readonly counted: Counted
}

/** Takes files that links' holders send. */
export interface Receiving {
  /** Begins to take a file; answers what it is called until {@link finish}. Throws `Refusal` where it will not be taken. */
  begin(by: LinkReader, sending: Sending): Promise<string>
  /** Throws `Refusal` where somebody may send nothing through a link at this moment. */
  requireMay(by: LinkReader, share: number): Promise<void>
  /** The file that a door fills; undefined where there is none. The door closes it, whatever happens. */
  incoming(id: string): Incoming | undefined
  /**
   * Holds a file that has come whole, for the link's owner to look at: it is on the medium, and known, when this answers. `known`: the link
   * holds it already, and it is kept once. Throws `Refusal` where it may not be sent (any more); nothing is left of it then.
   */
  finish(by: LinkReader, id: string): Promise<{ state: 'held' | 'known'; share: number }>
  /** Drops what is on its way. */
  close(): Promise<void>
}

/** Builds {@link Receiving}. What is on its way is known here alone: after a restart it is sent again. */
export function createReceiving(needs: ReceiveNeeds): Receiving {
  const { db, clock, throttle, limits } = needs
  const underWay = new Map<string, UnderWay>()
  /** taken before anything is waited for, so that those who come at the same moment count too */
  const places = new Set<Pick<Sending, 'share' | 'size'>>()

  function takePlace({ share, size }: Sending): () => void {
    const ofLink = [...places].filter((place) => place.share === share)
    if (ofLink.length >= limits.linkAtOnce || places.size >= limits.atOnce)
      throw new Refusal('throttled', { reason: 'uploads_at_once', retryAfterSeconds: 3 })
    const place = { share, size }
    places.add(place)
    return () => void places.delete(place)
  }

  const coming = (share: number) =>
    [...places].filter((place) => place.share === share).map(({ size }) => size)

  return {
    async begin(by, sending) {
      const { share, size, address, senderName } = sending
      await requireUpload(db.read, by, share, clock())
      if (size < 1) throw invalidField('size', 'upload_empty')
      if (size > limits.fileBytes) throw new Refusal('too_large', { reason: 'upload_too_large' })
      const leave = takePlace(sending)
      try {
        await requireSpace(db.read, limits, share, coming(share))
        const counted = throttle.begin({ uploadTo: share, address })
        const incoming = await createIncoming(needs, sending).catch((error: unknown) => {
          counted.takeBack()
          throw error
        })
        const id = newToken()
        const close = async () => {
          underWay.delete(id)
          leave()
          await incoming.close()
        }
        const owner = senderOf(by, share)
        underWay.set(id, { share, owner, senderName, incoming: { ...incoming, close }, counted })
        return id
      } catch (error) {
        leave()
        throw error
      }
    },
    requireMay: (by, share) => requireUpload(db.read, by, share, clock()),
    incoming: (id) => underWay.get(id)?.incoming,
    async close() {
      await Promise.all([...underWay.values()].map(({ incoming }) => incoming.close()))
    },
    async finish(by, id) {
      const one = underWay.get(id)
      if (!one || one.owner !== senderOf(by, one.share)) throw notFound()
      const { share, incoming } = one
      const sealed = await incoming.seal()
      try {
        const state = await db.write((tx) => hold(tx, needs, by, one, sealed))
        if (state === 'known') await incoming.discard()
        one.counted.takeBack()
        return { state, share }
      } catch (error) {
        await incoming.discard()
        throw error
      }
    },
  }
}

/** Whose a file on its way is: of the visit or session that began to send it. */
const senderOf = (by: LinkReader, share: number) =>
  by.kind === 'visitor' ? `visit ${by.visits.get(share)}` : `session ${by.sessionId}`

async function requireUpload(db: Read, by: LinkReader, share: number, now: number): Promise<void> {
  const { link } = await findHeld(db, by, share, now)
  if (!(await uploadFolderOf(db, link, now))) throw new Refusal('forbidden', { reason: 'upload_not_here' })
}

async function requireSpace(
  db: Read,
  { linkFiles, linkBytes }: UploadLimits,
  share: number,
  coming: readonly number[],
): Promise<void> {
  const [held] = await db
    .select({ files: count(), bytes: sum(heldUploads.sizeBytes) })
    .from(heldUploads)
    .where(eq(heldUploads.shareId, share))
  const files = (held?.files ?? 0) + coming.length
  const bytes = coming.reduce((all, each) => all + each, Number(held?.bytes ?? 0))
  if (files > linkFiles || bytes > linkBytes) throw new Refusal('unavailable', { reason: 'upload_link_full' })
}

/** Everything is asked once more: sending takes its time. */
async function hold(
  tx: Tx,
  { clock, limits }: ReceiveNeeds,
  by: LinkReader,
  { share, senderName }: UnderWay,
  sealed: Sealed,
): Promise<'held' | 'known'> {
  if (by.kind === 'account') await requireSameStanding(tx, by)
  await requireUpload(tx, by, share, clock())
  const same = and(eq(heldUploads.shareId, share), eq(heldUploads.contentHash, sealed.contentHash))
  const [known] = await tx.select({ id: heldUploads.id }).from(heldUploads).where(same)
  if (known) return 'known'
  await requireSpace(tx, limits, share, [sealed.sizeBytes])
  await tx.insert(heldUploads).values({
    ...sealed,
    shareId: share,
    accountId: by.kind === 'account' ? by.accountId : null,
    senderName: by.kind === 'account' ? '' : senderName,
    uploadedAt: clock(),
  })
  return 'held'
}
