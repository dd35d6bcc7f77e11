import type { Metadata } from '../domain/media/metadata.ts'
import type { PictureKind, PreviewRecipe } from '../domain/media/pictures.ts'
import type { EnclosedFile } from '../lib/open-inside.ts'
import type { SomeOf } from './protocol.ts'

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

/** Asks for the picture in its own size, without anything else that the file says. */
type CleanRequest = { kind: 'clean'; file: LookedAtFile; cacheDirectory: string }

/** Asks what decodes here. */
type DecoderRequest = { kind: 'decoder' }

/** How far a request has come: still getting bytes of its file, or done with that. */
export type MediaEvent = 'reading' | 'read'

export type MediaRequest = InspectRequest | RenderRequest | CleanRequest | DecoderRequest

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

/** Where it lies follows from this: `cleanFile`. */
export type Cleaned = { ok: true; contentHash: string; hasAlpha: boolean }

export type CleanReply = Cleaned | MediaFailure

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
