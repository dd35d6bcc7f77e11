import { UPLOAD_MOST_BYTES } from '../../contract/values.ts'

const MIB = 2 ** 20
const GIB = 2 ** 30

/** What people who are not known may leave in the household. */
export interface UploadLimits {
  /** bytes of one file */
  readonly fileBytes: number
  /** files that one link holds, with those that were turned down and those on their way */
  readonly linkFiles: number
  /** bytes of these */
  readonly linkBytes: number
  /** files on their way at a time, through one link and in all */
  readonly linkAtOnce: number
  readonly atOnce: number
  /** bytes that stay free on the disk with the data directory: the database must be able to go on */
  readonly freeBytes: number
}

/** A link: a wedding's guests with a hundred photos and some videos each. More is sent after the owner has looked at these. */
export const UPLOAD_LIMITS: UploadLimits = {
  fileBytes: UPLOAD_MOST_BYTES,
  linkFiles: 2000,
  linkBytes: 50 * GIB,
  linkAtOnce: 12,
  atOnce: 24,
  freeBytes: 2 * GIB,
}

/** How often it is looked how much room is left while a file arrives, bytes. */
export const LOOK_EVERY_BYTES = 64 * MIB

/** Files that were turned down can be brought back for so long. */
export const DECLINED_MS = 7 * 24 * 60 * 60_000
/** The same for files of which the database knows nothing (any more). */
export const UNCLAIMED_MS = 30 * 24 * 60 * 60_000
