import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { areas, directories, files, photos } from '../../db/schema.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { failureState, type RenderReply } from '../../workers/media-messages.ts'
import type { Priority } from '../../workers/priority.ts'
import { type PictureKind, type PreviewRecipe, RECIPES } from '../media/pictures.ts'
import { createRetries, type Retries } from './retries.ts'
import { isAway, type Surroundings } from './surroundings.ts'

/** What making a photo's pictures came to. */
type RenderOutcome =
  | { state: 'ready'; contentHash: string; hasAlpha: boolean }
  /** its own fault, and noted with it: it stays so until its file changes, or what decodes it */
  | { state: 'unsupported' | 'broken'; path: string; reason: Reason }
  /** the surroundings' fault: nothing was noted, another try may succeed */
  | { state: 'trouble'; path: string; reason: Reason }

/** Makes the pictures of photos, each picture at most once at a time, whoever asks. */
export interface Rendering {
  /**
   * Decodes the photo's file, puts the picture (and what comes along with it) into the cache and notes what came of it. Answers
   * undefined where there is no such photo. `urgent`: somebody waits, and is told of `trouble` (`worker_busy`) when its turn does
   * not come in time; it is made all the same. `anew`: made also where there is one, and where what decodes here has failed on it before;
   * what there is stays until then. Throws an AbortError when the program stops.
   */
  ensureRendered(
    photoId: number,
    picture: PictureKind,
    options?: { priority?: Priority; anew?: boolean },
  ): Promise<RenderOutcome | undefined>
  /** How previews are made at the moment; the same object as long as that stays so. */
  previewRecipe(): PreviewRecipe
  /** See {@link Retries.takeUp}. */
  takeUp: Retries['takeUp']
  /** Waits until nothing is being made. */
  idle(): Promise<void>
}

interface RenderingNeeds {
  db: Database
  media: Pick<MediaClient, 'render' | 'decoder'>
  surroundings: Surroundings
  /** absolute */
  cacheDirectory: string
  /** called with the area of a photo whose state or pictures changed */
  changed: (areaId: number) => void
  /** as in {@link Rendering.previewRecipe} */
  previewRecipe?: () => PreviewRecipe
  /** milliseconds that an urgent request waits for its turn */
  longestTurnMs?: number
}

/** How long somebody waits for the turn of their picture before they are told to try again; longer than a page of tiles takes. */
const longestTurnMs = 30_000

/** A picture that is wanted or being made. */
interface Making {
  picture: PictureKind
  anew: boolean
  /** rises with whoever asks for it meanwhile */
  priority: Priority
  isBegun: boolean
  outcome: Promise<RenderOutcome | undefined>
}

/** Builds the {@link Rendering} that scans and the byte routes share. */
export function createRendering(needs: RenderingNeeds): Rendering {
  const underWay = new Map<string, Making>()
  const retries = createRetries(needs)

  function begin(key: string, photoId: number, wanted: Wanted): Making {
    const outcome = render(needs, retries, photoId, wanted).finally(() => underWay.delete(key))
    const making = Object.assign(wanted, { outcome })
    underWay.set(key, making)
    return making
  }

  return {
    async ensureRendered(photoId, picture, { priority = 'normal', anew = false } = {}) {
      const key = `${picture}/${photoId}/${anew}`
      const making = underWay.get(key) ?? begin(key, photoId, { picture, anew, priority, isBegun: false })
      if (priority !== 'urgent') return making.outcome
      making.priority = 'urgent'
      return (await turnOf(making, needs.longestTurnMs ?? longestTurnMs)) ?? making.outcome
    },
    previewRecipe: () => recipeOf(needs),
    takeUp: (areaId, signal) => retries.takeUp(areaId, signal),
    async idle() {
      await Promise.allSettled([...underWay.values()].map(({ outcome }) => outcome))
    },
  }
}

/** Waits for a picture to be made or begun; the answer for whoever asked where it is neither after the given time. */
async function turnOf(making: Making, milliseconds: number): Promise<RenderOutcome | undefined> {
  const ended = new AbortController()
  const late = wait(milliseconds, 'late' as const, { signal: ended.signal }).catch(() => undefined)
  const first = await Promise.race([making.outcome, late]).finally(() => ended.abort())
  // what is at work has a limit of its own
  if (first !== 'late' || making.isBegun) return undefined
  return { state: 'trouble', path: '', reason: 'worker_busy' }
}

type Wanted = Omit<Making, 'outcome'>

const recipeOf = ({ previewRecipe }: RenderingNeeds) => previewRecipe?.() ?? RECIPES.preview

async function render(needs: RenderingNeeds, retries: Retries, photoId: number, wanted: Wanted) {
  const source = await findSource(needs.db, photoId)
  if (!source) return undefined
  const path = join(source.directory, source.name)
  if (isAway(source.awayFor)) return { state: 'trouble', path, reason: source.awayFor } as const
  const failed = wanted.anew ? undefined : await retries.failureOf(source, wanted.picture)
  if (failed) return { ...failed, path }
  const { folder, sizeBytes, mtimeMs } = source
  const file = { path, folder, sizeBytes, mtimeMs }
  const preview = recipeOf(needs)
  const reply = await needs.media.render(file, needs.cacheDirectory, {
    picture: wanted.picture,
    anew: wanted.anew,
    preview,
    priority: () => wanted.priority,
    onBegin: () => {
      wanted.isBegun = true
    },
  })
  const blamed = reply.ok ? undefined : await needs.surroundings.blame(source.areaId, path, reply.reason)
  if (blamed) return { state: 'trouble', path, reason: blamed } as const
  const outcome = outcomeOf(reply, path)
  if (outcome.state !== 'trouble' && (await note(needs, source, reply, { ...wanted, preview })))
    needs.changed(source.areaId)
  return outcome
}

async function findSource(db: Database, photoId: number) {
  const [source] = await db.read
    .select({
      photoId: photos.id,
      areaId: photos.areaId,
      version: photos.version,
      state: photos.state,
      stateReason: photos.stateReason,
      decoder: photos.decoder,
      fileId: files.id,
      name: files.name,
      contentHash: files.contentHash,
      sizeBytes: files.sizeBytes,
      mtimeMs: files.mtimeMs,
      directory: directories.path,
      folder: { path: areas.path, device: areas.device, inode: areas.inode },
      awayFor: areas.statusReason,
    })
    .from(photos)
    .innerJoin(files, and(eq(files.photoId, photos.id), eq(files.part, 'primary')))
    .innerJoin(directories, eq(directories.id, files.directoryId))
    .innerJoin(areas, eq(areas.id, files.areaId))
    .where(eq(photos.id, photoId))
  return source
}

type Source = NonNullable<Awaited<ReturnType<typeof findSource>>>

function outcomeOf(reply: RenderReply, path: string): RenderOutcome {
  if (reply.ok) return { state: 'ready', contentHash: reply.contentHash, hasAlpha: reply.hasAlpha }
  // Silence of a disk that answers otherwise is this file's own, as on a bad spot: the others can be read.
  const reason = reply.reason === 'folder_timeout' ? 'file_unreadable' : reply.reason
  return { state: failureState(reason), path, reason }
}

/**
 * Only while the photo is the version that was decoded: a scan may have found an edited file in the meantime. The worker has
 * made sure that it was the file as it is known. Answers whether anything changed for those who look at the library: a preview
 * that comes later, or a picture that is back in the cache, has no window ask for it anew.
 */
async function note(
  needs: RenderingNeeds,
  source: Source,
  reply: RenderReply,
  { picture, anew, priority, preview }: Wanted & { preview: PreviewRecipe },
): Promise<boolean> {
  const { db, media } = needs
  // where no process can tell, another scan tries once more
  const decoder = reply.ok ? null : await media.decoder().catch(() => null)
  const same = and(eq(photos.id, source.photoId), eq(photos.version, source.version))
  return db.write(
    async (tx) => {
      // A preview that can't be made takes nothing from a photo whose thumbnail there is.
      if (!reply.ok && picture === 'preview' && source.state === 'ready') {
        await tx.update(photos).set({ hasPreview: true, decoder }).where(same)
        return false
      }
      if (!reply.ok) {
        const state = failureState(reply.reason) === 'unsupported' ? 'unsupported' : 'broken'
        await tx.update(photos).set({ state, stateReason: reply.reason, decoder }).where(same)
        return true
      }
      const { mime, width, height, contentHash } = reply
      const thumbhash = Buffer.from(reply.thumbhash)
      // Another content than the one that was known: only the hash of its ends was that of a moved file.
      const isOther = source.contentHash !== null && source.contentHash !== contentHash
      // windows keep pictures by their version: one made anew has another
      const version = isOther || anew ? source.version + 1 : source.version
      // One made as they were until now has to be made anew; the preview of what it was taken for is none of this file's.
      const isCurrent = preview === recipeOf(needs)
      const isVoid = !isCurrent || isOther
      // what is left out stays as the row has it by now
      const noted = isVoid || reply.hasPreview ? { hasPreview: isCurrent && reply.hasPreview } : {}
      const facts = { mime, width, height, thumbhash, ...noted, version }
      const values = { ...facts, state: 'ready', stateReason: null, decoder } as const
      const { changes } = await tx.update(photos).set(values).where(same)
      if (changes > 0) await tx.update(files).set({ contentHash }).where(eq(files.id, source.fileId))
      return source.state !== 'ready' || isOther || anew
    },
    { priority: priority === 'urgent' ? 'interactive' : 'background' },
  )
}
