import type { SidecarFields } from '../domain/media/sidecar-fields.ts'
import type { EnclosedFile } from '../lib/open-inside.ts'
import type { DirectorySize, DiskSpace } from './measure.ts'
import type { SomeOf } from './protocol.ts'

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
  /** `path`: of a file in the data directory, absolute; `name`: what its copy in the folder is to be called */
  | {
      kind: 'place'
      path: string
      sizeBytes: number
      contentHash: string
      folder: EnclosedFile['folder']
      name: string
    }

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

/** Why the system would not write into a folder. */
export type WriteProblem = SomeOf<'folder_read_only' | 'folder_full' | 'folder_write_failed'>

/** Why a sidecar could not be written. Then it is as it was. */
export type SidecarProblem = FileProblem | WriteProblem | SomeOf<'file_changed' | 'sidecar_unknown'>

export type SidecarReply = { ok: true } | { ok: false; problem: SidecarProblem }

/** Why a file could not be put into a folder. Then there is nothing of it. */
export type PlaceProblem =
  | WriteProblem
  | SomeOf<'root_missing' | 'root_replaced' | 'folder_unreadable' | 'folder_timeout' | 'upload_damaged'>

/** `name`: what it is called there. */
export type PlaceReply = { ok: true; name: string } | { ok: false; problem: PlaceProblem }

/** That a file is still being put into its folder. */
export type PlaceEvent = 'placing'

/** Whatever a walk worker answers, each kind of request with its own. */
export type WalkAnswer =
  | (WalkReply | PathCheck | DirectoryList | FileLooks | OriginalLook | FilePart | LeftOut | SidecarReply)
  | (DirectorySize | DiskSpace | PlaceReply)

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
