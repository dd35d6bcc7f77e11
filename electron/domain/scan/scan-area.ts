import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { Reason } from '../../contract/reasons.ts'
import type { Database } from '../../db/connect.ts'
import { areas } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { type WalkClient, WalkError } from '../../workers/walk-client.ts'
import type { WalkSummary } from '../../workers/walk-messages.ts'
import { type Area, readAreas } from '../areas/areas.ts'
import { isBelow, isWithin } from '../areas/paths.ts'
import { type JobContext, JobFailedError } from '../jobs/work.ts'
import { readLibrarySettings } from '../settings/library-settings.ts'
import { findBrake } from './brake.ts'
import { completeDirectories } from './complete-directories.ts'
import { type Changes, changesFrom, renderedFrom, type ScanResult } from './counts.ts'
import { type Difference, FolderDiff, type FoundFile } from './diff.ts'
import { readDigests, writeDigests } from './digests.ts'
import { forgetMissing, noteMissingDay } from './forget.ts'
import { filesAtOnce, type InspectedFile, indexFiles } from './index-files.ts'
import { inspectFiles } from './inspect.ts'
import { directoriesOf, readPresentFiles } from './known.ts'
import { findLeftOut } from './left-out.ts'
import { moveFiles } from './move-files.ts'
import { Moves } from './moves.ts'
import { countAreaDay } from './online-days.ts'
import { markMissing, markPresent } from './presence.ts'
import { countWaiting, type Rendered, renderWaiting } from './render-pass.ts'
import type { Rendering } from './rendering.ts'
import { lookAtRoot, lookAtRootAgain, rootProblem, setAreaStatus } from './root.ts'
import type { Surroundings } from './surroundings.ts'

export interface ScanNeeds {
  db: Database
  walk: Pick<WalkClient, 'check' | 'leftOut' | 'stat' | 'walk'>
  media: Pick<MediaClient, 'inspect'>
  rendering: Rendering
  surroundings: Surroundings
  clock: Clock
  /** absolute; not entered where it lies inside a folder */
  dataDir: string
  /** photos in work at a time */
  atOnce: () => number
  /** called when photos of an area came, changed or went */
  changed: (areaId: number) => void
  /** called when an area went offline or came back */
  statusChanged: (areaId: number) => void
}

/**
 * Brings what is known of an area's own directories (those of deeper areas are theirs) in line with the disk, then makes the
 * thumbnails of its pending photos. Files are told apart by size and time of change; what vanished is marked missing, and
 * dropped when it was so for 30 days online. Where the root or most of a subtree is gone the area goes offline instead.
 * Throws {@link JobFailedError} then, and the signal's reason when aborted; everything found until then is kept.
 */
export async function scanArea(needs: ScanNeeds, areaId: number, context: JobContext): Promise<ScanResult> {
  const all = await readAreas(needs.db.read)
  const area = all.find(({ id }) => id === areaId)
  if (!area) throw new JobFailedError('folder_missing')
  const deeper = all.filter((other) => isBelow(other.path, area.path)).map(({ path }) => path)
  const { ignore } = await readLibrarySettings(needs.db.read)
  const walkOptions = { root: area.path, ignore, skip: [...deeper, needs.dataDir] }
  // recognised by all it holds, also by what the patterns leave out since the last scan
  const everything = { ...walkOptions, ignore: [] }
  const root = await lookAtRoot({ ...needs, walkOptions: everything }, area, context.signal)
  if (!root.ok) return goOffline(needs, area, root)

  const { device, inode } = root
  const scan = new AreaScan(needs, { ...area, device, inode }, context)
  const summary = await scan.walk(walkOptions).catch((error: unknown) => {
    if (error instanceof WalkError) return goOffline(needs, area, rootProblem(error.reason))
    throw error
  })
  await scan.judge(summary, walkOptions)
  if (await completeDirectories(needs.db, area.path, context.signal)) needs.changed(area.id)
  await writeDigests(needs.db, area.id, context.signal)
  const now = needs.clock()
  await needs.db.write(
    async (tx) => {
      await tx.update(areas).set({ device, inode, lastScanAt: now }).where(eq(areas.id, area.id))
      await countAreaDay(tx, area.id, now)
    },
    { priority: 'background' },
  )
  if (await setAreaStatus(needs.db, area.id, null)) needs.statusChanged(area.id)
  await scan.forget()
  return scan.finish(summary)
}

interface Problem {
  reason: Reason
  offline: boolean
  vanishedCount?: number
}

async function goOffline(needs: ScanNeeds, area: Area, problem: Problem): Promise<never> {
  await noteOffline(needs, area, problem)
  throw new JobFailedError(problem.reason)
}

async function noteOffline(
  needs: ScanNeeds,
  area: Area,
  { reason, offline, vanishedCount }: Problem,
): Promise<void> {
  if (offline && (await setAreaStatus(needs.db, area.id, reason, vanishedCount))) needs.statusChanged(area.id)
}

/** One scan under way. Holds a batch of files, a line for each directory and, of the rest, numbers only. */
class AreaScan {
  readonly #needs: ScanNeeds
  readonly #area: Area
  readonly #context: JobContext
  readonly #diff: FolderDiff
  readonly #moves: Moves
  readonly #counts: Changes
  readonly #rendered: Rendered
  #waiting: FoundFile[] = []
  #settled = 0

  constructor(needs: ScanNeeds, area: Area, context: JobContext) {
    this.#needs = needs
    this.#area = area
    this.#context = context
    this.#counts = changesFrom(context.earlier)
    this.#rendered = renderedFrom(context.earlier)
    this.#diff = new FolderDiff(needs.db.read)
    this.#moves = new Moves(needs, area.id)
  }

  /** Walks through the folder, indexes what is new or edited, and finds out what was moved. */
  async walk(options: Parameters<WalkClient['walk']>[0]): Promise<WalkSummary> {
    const { signal, fail } = this.#context
    const digests = await readDigests(this.#needs.db.read, this.#area.id)
    const walking = this.#needs.walk.walk(options, signal, ({ directory, digest, files }) => {
      if (digests.get(directory) !== digest) return false
      this.#diff.takeUnchanged(directory, files)
      this.#settled += files
      this.#tell(null)
      return true
    })
    const end: { summary?: WalkSummary } = {}
    // Left early, for whatever reason, the loop ends the walk too; delegating is how it still gets at the summary.
    const batches = (async function* () {
      end.summary = yield* walking
    })()
    for await (const batch of batches) {
      if (batch.problem !== null) {
        if (batch.directory === this.#area.path) throw new WalkError(batch.problem, batch.directory)
        fail(batch.directory, batch.problem)
      }
      for (const { name, reason } of batch.failed) fail(join(batch.directory, name), reason)
      await this.#apply(await this.#diff.take(batch))
    }
    await this.#indexWaiting()
    this.#diff.end()
    await this.#confirm()
    await this.#findUnvisited(options.skip.filter((path) => path !== this.#needs.dataDir))
    await this.#move()
    if (!end.summary) throw new Error('A walk ended without its summary.')
    return end.summary
  }

  /** Decides on what vanished: missing one by one, or the area offline because it was too much at once. */
  async judge(summary: WalkSummary, options: Parameters<typeof findLeftOut>[1]): Promise<void> {
    const { db, walk, clock } = this.#needs
    const { signal } = this.#context
    const { vanishedFileIds } = this.#diff
    const isEmpty = summary.files + summary.otherFiles + summary.skipped === 0 && summary.directories <= 1
    // asked only now: nearly always nothing much has vanished
    if (!isEmpty && this.#isBraked())
      this.#diff.takeLeftOut(await findLeftOut({ read: db.read, walk }, options, vanishedFileIds, signal))
    if (this.#diff.lost > 0 && (isEmpty || this.#isBraked()) && !(await this.#isAccepted()))
      await this.#setAside(isEmpty ? 'root_empty' : 'many_vanished', summary)
    await markMissing(db, { areaId: this.#area.id, fileIds: vanishedFileIds }, clock(), signal)
    this.#counts.missing += vanishedFileIds.length
    if (vanishedFileIds.length > 0) this.#needs.changed(this.#area.id)
  }

  /** Drops what has been missing for long enough. */
  async forget(): Promise<void> {
    const { signal } = this.#context
    await noteMissingDay(this.#needs.db, this.#area.id, signal)
    const confirm = () => this.#confirm()
    this.#counts.dropped += await forgetMissing({ ...this.#needs, confirm }, this.#area.id, signal)
  }

  /** Makes thumbnails; answers what the whole scan did. */
  async finish(summary: WalkSummary): Promise<ScanResult> {
    const { db, rendering, atOnce } = this.#needs
    const pass = { read: db.read, rendering, areaId: this.#area.id, atOnce, counts: this.#rendered }
    await rendering.takeUp(this.#area.id, this.#context.signal)
    // The walk counts the files of a directory that did not change without looking at each.
    this.#settled = Math.max(0, summary.files - (await countWaiting(db.read, this.#area.id, 'thumb')))
    this.#tell(summary.files)
    await renderWaiting(pass, 'thumb', this.#context, () => {
      this.#settled += 1
      this.#tell(summary.files)
    })
    return { files: summary.files, ...this.#counts, ...this.#rendered }
  }

  /** Throws where the root is not the one any more that the scan began with. */
  async #confirm(): Promise<void> {
    const root = await lookAtRootAgain(this.#needs.walk, this.#area)
    if (!root.ok) await goOffline(this.#needs, this.#area, root)
  }

  #tell(total: number | null): void {
    this.#context.progress(this.#settled, total, { ...this.#counts, ...this.#rendered })
  }

  #isBraked(): boolean {
    return findBrake(this.#diff.losses, this.#area.path) !== undefined
  }

  /** Whether an admin said of as many files that they are really gone. If more are by now, that has to be asked again. */
  async #isAccepted(): Promise<boolean> {
    const [area] = await this.#needs.db.read
      .select({ accepted: areas.acceptedVanished })
      .from(areas)
      .where(eq(areas.id, this.#area.id))
    return this.#diff.lost <= (area?.accepted ?? 0)
  }

  /** Lets the folder wait for an admin. What was found in it is shown all the same. */
  async #setAside(reason: 'root_empty' | 'many_vanished', summary: WalkSummary): Promise<never> {
    const problem = { reason, offline: true, vanishedCount: this.#diff.lost }
    await noteOffline(this.#needs, this.#area, problem)
    if (reason === 'many_vanished') await this.finish(summary)
    throw new JobFailedError(reason)
  }

  async #apply({ found, returnedFileIds, settled }: Difference): Promise<void> {
    this.#settled += settled
    this.#counts.returned += returnedFileIds.length
    await markPresent(this.#needs.db, returnedFileIds, this.#context.signal)
    if (returnedFileIds.length > 0) this.#needs.changed(this.#area.id)
    this.#waiting.push(...found)
    while (this.#waiting.length >= filesAtOnce) await this.#indexWaiting()
    this.#tell(null)
  }

  /** Gives known files that turned up elsewhere their new places; the files held back that are none of these are new or edited. */
  async #move(): Promise<void> {
    const { moves, rest } = await this.#moves.resolve((fileId) => this.#diff.hasVanished(fileId))
    const { fileIds, displaced, toRead } = await moveFiles(this.#needs, moves, this.#context.signal)
    for (const fileId of fileIds) this.#diff.takeMoved(fileId)
    this.#counts.moved += fileIds.length
    this.#counts.missing += displaced
    this.#settled += fileIds.length
    this.#waiting.push(...rest, ...toRead)
    while (this.#waiting.length > 0) await this.#indexWaiting({ hold: false })
  }

  /** Reads the metadata of a batch of files, then shows their photos. */
  async #indexWaiting({ hold } = { hold: true }): Promise<void> {
    const batch = this.#waiting.splice(0, filesAtOnce)
    if (batch.length === 0) return
    const { db, media, surroundings, clock, changed } = this.#needs
    const { signal, fail } = this.#context
    const inspected: (InspectedFile & FoundFile)[] = []
    for (const result of await inspectFiles({ media, surroundings }, batch, this.#area, signal)) {
      if (result.ok) inspected.push(result.file)
      else fail(result.path, result.reason)
    }
    const ready = hold ? await this.#moves.hold(inspected) : inspected
    if (ready.length === 0) return
    await this.#confirm()
    signal.throwIfAborted()
    const { added, edited } = await db.write((tx) => indexFiles(tx, ready, clock()), {
      priority: 'background',
    })
    this.#counts.added += added
    this.#counts.edited += edited
    this.#settled += ready.filter(({ facts }) => facts.state !== 'pending').length
    changed(this.#area.id)
  }

  /**
   * Known files in directories that the walk has not come by, because they are gone. Of what lies in `deeper` areas nothing is: it is
   * theirs, and their rows may be on their way.
   */
  async #findUnvisited(deeper: readonly string[]): Promise<void> {
    const { read } = this.#needs.db
    for await (const page of directoriesOf(read, this.#area.id)) {
      this.#context.signal.throwIfAborted()
      const gone = page.filter(
        ({ path }) => !this.#diff.hasVisited(path) && !deeper.some((area) => isWithin(path, area)),
      )
      for (const file of await readPresentFiles(read, gone)) this.#diff.takeUnvisited(file)
    }
  }
}
