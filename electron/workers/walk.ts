import { type BigIntStats, type Dirent, lstatSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, sep } from 'node:path'
import { kindOf } from '../domain/media/kinds.ts'
import type { Conversation } from './channel.ts'
import { directoryDigest } from './directory-digest.ts'
import type {
  PathProblem,
  WalkBatch,
  WalkDigest,
  WalkEntry,
  WalkOptions,
  WalkReply,
  WalkSummary,
} from './walk-messages.ts'
import { type IgnoreRules, isHiddenName, rootRules } from './walk-rules.ts'

/** Files of one batch at most: some 150 KB of message. */
const BATCH_FILES = 1000

export type WalkEvent = WalkBatch | WalkDigest

/** One place still to visit. */
type Visit = { directory: string; rules: IgnoreRules }

type Walk = {
  summary: WalkSummary
  /** Directories not to enter, as paths and as `device:inode`. */
  skipPaths: ReadonlySet<string>
  skipIds: ReadonlySet<string>
  withDigests: boolean
}

/**
 * Walks through a folder, directory by directory, each before those below it, and tells of every one what files of
 * known kinds it holds. Waits for each batch to be dealt with, so memory stays flat however large the folder is.
 *
 * Links are not followed: what they lead to inside is found at its own place, what lies outside isn't the folder's.
 * What can't be read is told and counted, and never stops the rest.
 */
export async function walk(
  options: WalkOptions & { withDigests: boolean },
  conversation: Conversation<WalkEvent>,
): Promise<WalkReply> {
  const problem = problemOf(options.root)
  if (problem) return { ok: false, problem }
  const summary = { directories: 0, files: 0, otherFiles: 0, skipped: 0, unreadable: 0 }
  const walking: Walk = {
    summary,
    skipPaths: new Set(options.skip),
    // A directory may be reached by another path than the one it is known by (case, mounts), not by another identity.
    skipIds: new Set(options.skip.flatMap((path) => identityOf(path, statSync) ?? [])),
    withDigests: options.withDigests,
  }
  const visits: Visit[] = [{ directory: options.root, rules: rootRules(options.root, options.ignore) }]
  for (let visit = visits.pop(); visit && !conversation.isCancelled(); visit = visits.pop()) {
    const below = await visitDirectory(visit, walking, conversation)
    // The last one is taken first.
    visits.push(...below.reverse())
  }
  return { ok: true, summary }
}

/** Why a path can't be walked through, or null. */
export function problemOf(path: string): PathProblem | null {
  if (!isAbsolute(path)) return 'folder_relative'
  try {
    return statSync(path).isDirectory() ? null : 'folder_not_directory'
  } catch (error) {
    return problemOfError(error)
  }
}

/** What an error of the file system means for a directory. */
export function problemOfError(error: unknown): PathProblem {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return 'folder_missing'
  return code === 'ENOTDIR' ? 'folder_not_directory' : 'folder_unreadable'
}

/** Tells of one directory; returns the directories below it. */
async function visitDirectory(
  visit: Visit,
  walking: Walk,
  { tell, isCancelled }: Conversation<WalkEvent>,
): Promise<Visit[]> {
  const { directory } = visit
  walking.summary.directories += 1
  const listed = list(visit, walking)
  if ('problem' in listed) {
    walking.summary.unreadable += 1
    await tell({ directory, entries: [], failed: [], complete: false, problem: listed.problem })
    return []
  }
  const { below, entries, failed } = listed
  if (walking.withDigests && entries.length > 0 && failed.length === 0) {
    const isKnown = await tell({ directory, digest: directoryDigest(entries), files: entries.length })
    if (isKnown) return below
  }
  for (let start = 0; start + BATCH_FILES < entries.length; start += BATCH_FILES) {
    if (isCancelled()) return []
    const part = entries.slice(start, start + BATCH_FILES)
    await tell({ directory, entries: part, failed: [], complete: false, problem: null })
  }
  const last = entries.slice(Math.max(0, Math.ceil(entries.length / BATCH_FILES) - 1) * BATCH_FILES)
  await tell({ directory, entries: last, failed, complete: failed.length === 0, problem: null })
  return below
}

interface Listed {
  below: Visit[]
  entries: WalkEntry[]
  failed: WalkBatch['failed']
}

/** Looks at everything in a directory. Of a hundred thousand files this takes some 30 MB. */
function list({ directory, rules }: Visit, walking: Walk): Listed | { problem: PathProblem } {
  let children: Dirent[]
  try {
    children = readdirSync(directory, { withFileTypes: true })
  } catch (error) {
    return { problem: problemOfError(error) }
  }
  children.sort((a, b) => (a.name < b.name ? -1 : 1))
  const listed: Listed = { below: [], entries: [], failed: [] }
  for (const child of children) {
    const looked = look(directory, child, rules, walking)
    if (looked === null) continue
    if ('reason' in looked) listed.failed.push(looked)
    else if ('directory' in looked) listed.below.push(looked)
    else listed.entries.push(looked)
  }
  return listed
}

/** What one name in a directory is: a file to tell of, a directory to visit, one that can't be looked at, or nothing. */
function look(
  directory: string,
  child: Dirent,
  rules: IgnoreRules,
  { summary, skipPaths, skipIds }: Walk,
): WalkEntry | Visit | WalkBatch['failed'][number] | null {
  const { name } = child
  // As `join` does it, for names the system gave: a hundred thousand times in a row.
  const path = directory.endsWith(sep) ? directory + name : directory + sep + name
  // Some file systems don't tell the type along with the name.
  const isUnknown = !child.isFile() && !child.isDirectory() && !child.isSymbolicLink()
  const status = isUnknown || child.isFile() ? lookUp(path) : null
  const isDirectory = child.isDirectory() || (isUnknown && status?.isDirectory() === true)
  const isFile = child.isFile() || (isUnknown && status?.isFile() === true)
  const isLeftOut = !(isFile || isDirectory) || isHiddenName(name) || rules.ignores(name, isDirectory)
  if (isDirectory) {
    if (isLeftOut || skipPaths.has(path) || (skipIds.size > 0 && skipIds.has(identityOf(path) ?? ''))) {
      summary.skipped += 1
      return null
    }
    return { directory: path, rules: rules.enter(name, path) }
  }
  if (isLeftOut) summary.skipped += 1
  else if (kindOf(name) === null) summary.otherFiles += 1
  else if (status === null) {
    summary.unreadable += 1
    // Bytes that are no UTF-8 come as this character, and the name made of it exists nowhere.
    return { name, reason: name.includes('\ufffd') ? 'file_name_undecodable' : 'file_unreadable' }
  } else {
    summary.files += 1
    return entryOf(name, status)
  }
  return null
}

function entryOf(name: string, status: BigIntStats): WalkEntry {
  return {
    name,
    size: Number(status.size),
    mtimeMs: mtimeMsOf(status),
    inode: String(status.ino),
    device: String(status.dev),
  }
}

/** Whole nanoseconds are more than a double holds; to the microsecond it is exact. */
export const mtimeMsOf = ({ mtimeNs }: BigIntStats) => Number(mtimeNs / 1000n) / 1000

type Stat = (path: string, options: { bigint: true }) => BigIntStats

function lookUp(path: string, stat: Stat = lstatSync): BigIntStats | null {
  try {
    return stat(path, { bigint: true })
  } catch {
    return null
  }
}

function identityOf(path: string, stat: Stat = lstatSync): string | null {
  const status = lookUp(path, stat)
  return status && `${status.dev}:${status.ino}`
}
