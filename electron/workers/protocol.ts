import type { Reason } from '../contract/reasons.ts'
import type { Metadata } from '../domain/media/metadata.ts'
import type { PictureKind, PreviewRecipe } from '../domain/media/pictures.ts'
import type { SidecarFields } from '../domain/media/sidecar-fields.ts'
import type { EnclosedFile } from '../lib/open-inside.ts'
import type { DirectorySize, DiskSpace } from './measure.ts'

/** What parent and worker processes say to each other. Everything survives structured cloning. */

/** The kinds of worker process; their entries are `<name>-worker.ts`. */
export type WorkerName = 'media' | 'walk' | 'watch'

/** Parent → worker. `ack` asks for the next event of a request and may say yes to the last one, `cancel` asks for its end. */
export type ToWorker<Request> =
  | { type: 'request'; id: number; request: Request }
  | { type: 'ack'; id: number; answer: boolean }
  | { type: 'cancel'; id: number }

/** Worker → parent. `beat` comes a few times a second while a request is worked on. */
export type FromWorker<Reply, Event> =
  | { type: 'ready' }
  | { type: 'beat'; rss: number }
  | { type: 'event'; id: number; event: Event }
  | { type: 'reply'; id: number; reply: Reply; rss: number }
  /** A fault in the worker's own code; the process is fine. */
  | { type: 'fault'; id: number; message: string }

// --- media

/** A file as it was when somebody last looked: one that has changed since is refused with `file_changed`. */
export type LookedAtFile = EnclosedFile & { sizeBytes: number; mtimeMs: number }

type InspectRequest = {
  kind: 'inspect'
  file: LookedAtFile
  /** The file's time of last change, epoch milliseconds: the last resort for a time of capture. */
  mtimeMs: number
}

type RenderRequest = {
  kind: 'render'
  file: LookedAtFile
  cacheDirectory: string
  /** The picture wanted; what comes along at no further cost is made too. */
  picture: PictureKind
  preview: PreviewRecipe
  /** Takes the place of what is in the cache already. */
  anew: boolean
}

/** Asks what decodes here. */
type DecoderRequest = { kind: 'decoder' }

/** How far a request has come: still getting bytes of its file, or done with that. */
export type MediaEvent = 'reading' | 'read'

export type MediaRequest = InspectRequest | RenderRequest | DecoderRequest

type SomeOf<Code extends Reason> = Code

/** Why a file has no metadata or no pictures. `failureState` says what follows of it. */
export type MediaFailureReason = SomeOf<
  | 'unsupported_kind'
  | 'decode_failed'
  | 'empty_file'
  | 'too_many_pixels'
  | 'worker_crashed'
  | 'worker_timeout'
  | 'worker_memory'
  | 'file_missing'
  | 'file_unreadable'
  | 'file_is_link'
  | 'file_changed'
  /** Its disk did not answer. */
  | 'folder_timeout'
  /** These two are of the cache directory. */
  | 'storage_full'
  | 'storage_read_only'
>

/** `detail` is for the log: in English, may hold a path. */
export type MediaFailure = { ok: false; reason: MediaFailureReason; detail: string }

type Inspected = {
  ok: true
  metadata: Metadata
  /** SHA-256 of the file's first and last 64 KiB, hexadecimal: recognises a moved file without reading it all. */
  quickHash: string
}

export type InspectReply = Inspected | MediaFailure

export type Rendered = {
  ok: true
  /** By content. */
  mime: string
  /** Pixels of the whole photo as shown, after orientation. */
  width: number
  height: number
  /** Whether any pixel is transparent. */
  hasAlpha: boolean
  /** Whether the preview was made; the thumbnail always is. */
  hasPreview: boolean
  /** SHA-256 of the file, hexadecimal. Where the pictures lie follows from it: `pictureFile`. */
  contentHash: string
  /** ThumbHash: what is shown while the thumbnail loads. */
  thumbhash: Uint8Array
}

export type RenderReply = Rendered | MediaFailure

export type DecoderReply = { ok: true; decoder: string }

/**
 * What a failure means for the photo: `unsupported` and `broken` are its own and stay until the file changes;
 * `trouble` is the surroundings' and may be over at the next try.
 */
export function failureState(reason: MediaFailureReason): 'unsupported' | 'broken' | 'trouble' {
  switch (reason) {
    case 'unsupported_kind':
      return 'unsupported'
    case 'decode_failed':
    case 'empty_file':
    case 'too_many_pixels':
    case 'worker_crashed':
    case 'worker_timeout':
    case 'worker_memory':
      return 'broken'
    case 'file_missing':
    case 'file_unreadable':
    case 'file_is_link':
    case 'file_changed':
    case 'folder_timeout':
    case 'storage_full':
    case 'storage_read_only':
      return 'trouble'
  }
}

// --- walk

export type WalkOptions = {
  /** Absolute path of the folder to walk through. */
  root: string
  /** Patterns of `.gitignore`'s form, relative to the root. */
  ignore: readonly string[]
  /** Absolute paths of directories not to enter: deeper areas, the data directory. */
  skip: readonly string[]
}

/** Asks which of these files, by absolute path below the root, a walk would leave out. */
export type LeftOutRequest = Pick<WalkOptions, 'root' | 'ignore'> & { paths: readonly string[] }

export type WalkRequest =
  | ({ kind: 'walk'; withDigests: boolean } & WalkOptions)
  | { kind: 'check'; path: string }
  | { kind: 'list'; path: string }
  | { kind: 'stat'; paths: readonly string[] }
  | ({ kind: 'leftOut' } & LeftOutRequest)
  | { kind: 'measure'; path: string; name?: string }
  | { kind: 'space'; path: string }
  | { kind: 'look'; file: EnclosedFile }
  | { kind: 'read'; file: EnclosedFile; stamp: FileStamp; offset: number; length: number }
  /** `file`: the photo's, which is left alone; its sidecar lies beside it */
  | { kind: 'writeSidecar'; file: EnclosedFile; fields: SidecarFields }

/** One file of a kind that Mantel indexes. */
export type WalkEntry = {
  name: string
  /** Bytes. */
  size: number
  /** Epoch milliseconds with fraction, as the file system gives it. */
  mtimeMs: number
  /** 64 bits on some systems, hence decimal text. With `device` it says whether two paths are one file. */
  inode: string
  device: string
}

/** Part of one directory; a large one comes in several, of which the last is `complete`. */
export type WalkBatch = {
  /** Absolute path. */
  directory: string
  entries: WalkEntry[]
  /** Whether this is the directory's last batch, and nothing of it is unknown. */
  complete: boolean
  /** Why the directory could not be read. */
  problem: PathProblem | null
  /** Files of a known kind that could not be looked at. */
  failed: { name: string; reason: SomeOf<'file_missing' | 'file_unreadable' | 'file_name_undecodable'> }[]
}

/** Comes before a directory's batches where it was asked for; where the parent says yes to it, they are left out. */
export type WalkDigest = {
  /** Absolute path. */
  directory: string
  /** `directoryDigest` of all its files of known kinds. */
  digest: string
  /** How many these are. */
  files: number
}

export type PathProblem = SomeOf<
  'folder_missing' | 'folder_not_directory' | 'folder_unreadable' | 'folder_relative'
>

export type WalkSummary = {
  directories: number
  /** Files told in batches. */
  files: number
  /** Files of kinds that aren't indexed. */
  otherFiles: number
  /** Links, hidden files and directories, system directories, and what patterns exclude. */
  skipped: number
  /** Directories and files that could not be read. */
  unreadable: number
}

export type WalkReply = { ok: true; summary: WalkSummary } | { ok: false; problem: PathProblem }

/** What is known of a path that someone wants to use as a folder. */
export type PathCheck =
  | { ok: false; problem: PathProblem | 'folder_timeout' }
  | {
      ok: true
      /** Links resolved. */
      realPath: string
      inode: string
      device: string
      writable: boolean
    }

/** What stands at a path now. `unknown`: it could not be looked at, so nothing may be concluded. */
export type FileLook =
  | { state: 'there'; size: number; mtimeMs: number; inode: string; device: string }
  | { state: 'gone' }
  | { state: 'unknown' }

export type FileLooks = { ok: true; looks: FileLook[] }

/** For each path asked about, in that order. */
export type LeftOut = { ok: true; leftOut: boolean[] }

/** A state of a file: another file at its path, or an edit, has another one. */
export type FileStamp = { size: number; mtimeMs: number; inode: string; device: string }

/** Why a file of a folder can't be had at the moment. */
type FileProblem = SomeOf<'file_missing' | 'file_unreadable' | 'file_is_link' | 'folder_timeout'>

export type OriginalLook = { ok: false; problem: FileProblem } | { ok: true; stamp: FileStamp }

/** Fewer bytes than asked for where the file ends, or is not in the state that was asked for. */
export type FilePart = { ok: false; problem: FileProblem } | { ok: true; bytes: Uint8Array }

/** Why a sidecar could not be written. Then it is as it was. */
export type SidecarProblem =
  | FileProblem
  | SomeOf<'file_changed' | 'sidecar_unknown' | 'folder_read_only' | 'folder_full' | 'folder_write_failed'>

export type SidecarReply = { ok: true } | { ok: false; problem: SidecarProblem }

/** Whatever a walk worker answers, each kind of request with its own. */
export type WalkAnswer =
  | (WalkReply | PathCheck | DirectoryList | FileLooks | OriginalLook | FilePart | LeftOut | SidecarReply)
  | (DirectorySize | DiskSpace)

export type DirectoryList =
  | { ok: false; problem: PathProblem | 'folder_timeout' }
  | {
      ok: true
      realPath: string
      /** Names of directories below that can be folders, sorted as people sort. */
      directories: string[]
      /** Whether there are more than are told. */
      truncated: boolean
    }

// --- watch

/** A directory to be watched with all that is below it. */
export type WatchRoot = {
  /** Absolute, links resolved. */
  root: string
  /** Absolute paths of directories to leave alone, such as the data directory. */
  leaveOut: readonly string[]
}

/** Parent → watch worker. Each `watch` is answered by `watching` or `refused`. */
export type ToWatcher = ({ type: 'watch' } & WatchRoot) | { type: 'leave'; root: string }

/** Why a directory can't be watched for changes. Scans by schedule find them all the same. */
export type WatchProblem = SomeOf<'watch_limit' | 'watch_network' | 'watch_failed'>

/** Watch worker → parent. `beat` comes every few seconds. */
export type FromWatcher =
  | { type: 'ready' }
  | { type: 'beat' }
  | { type: 'watching'; root: string }
  /** `detail` is for the log. Like after `lost`, the process holds leftovers and should be replaced, but for `watch_network`. */
  | { type: 'refused'; root: string; problem: WatchProblem; detail: string }
  /** Something below the root changed: at these paths (absolute), or at too many to name. */
  | { type: 'changed'; root: string; paths: string[] | null }
  /** What is watched is not at its path any more. */
  | { type: 'lost'; root: string; detail: string }
  /** The process should be replaced: it holds leftovers that only its end clears away. */
  | { type: 'spent' }
