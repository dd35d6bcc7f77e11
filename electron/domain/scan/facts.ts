import type { photos } from '../../db/schema.ts'
import { hostWallTime } from '../media/dates.ts'
import { DECODABLE_MIMES, type FileKind } from '../media/kinds.ts'
import type { Metadata } from '../media/metadata.ts'
import { dateOfName } from '../media/name-dates.ts'

type PhotoRow = typeof photos.$inferInsert

/** What a scan writes of a photo; everything else of its row belongs to people or to rendering. */
export type PhotoFacts = Omit<PhotoRow, 'id' | 'areaId' | 'version' | 'addedAt' | 'thumbhash' | 'hasPreview'>

/** A file by its name and its last change (epoch milliseconds). */
interface FileName {
  name: string
  mtimeMs: number
}

/** The columns of a photo, of what its file says of itself. Content goes before the name; raw files look like TIFFs. */
export function factsOf(known: FileKind, metadata: Metadata): PhotoFacts {
  const isRaw = known.kind === 'raw'
  const mime = isRaw ? known.mime : (metadata.mime ?? known.mime)
  return {
    ...stateOf(known, isRaw || metadata.mime === null ? known.decodable : DECODABLE_MIMES.has(metadata.mime)),
    kind: isRaw ? 'raw' : mime.startsWith('video/') ? 'video' : 'image',
    mime,
    takenAt: metadata.takenAt,
    takenOffset: metadata.takenOffset,
    takenSource: metadata.takenSource,
    width: metadata.width,
    height: metadata.height,
    cameraMake: metadata.cameraMake,
    cameraModel: metadata.cameraModel,
    lens: metadata.lens,
    iso: finite(metadata.iso),
    fNumber: finite(metadata.fNumber),
    exposureSeconds: finite(metadata.exposureSeconds),
    focalLengthMm: finite(metadata.focalLengthMm),
    latitude: finite(metadata.latitude),
    longitude: finite(metadata.longitude),
    altitude: finite(metadata.altitude),
  }
}

/** The same where the file's metadata could not be read: its name and its last change are all there is. */
export function factsWithoutMetadata(known: FileKind, { name, mtimeMs }: FileName): PhotoFacts {
  const named = dateOfName(name)
  const time = named ?? hostWallTime(mtimeMs)
  return {
    ...stateOf(known, known.decodable),
    kind: known.kind,
    mime: known.mime,
    // A file time that no calendar knows still needs a place in the timeline.
    takenAt: time?.at ?? '1970-01-01T00:00:00.000',
    takenOffset: time?.offset ?? null,
    takenSource: named ? 'name' : 'file',
    ...nothingTold,
  }
}

/** Given explicitly, so that an edited file does not keep what its predecessor told. */
const nothingTold = {
  width: null,
  height: null,
  cameraMake: null,
  cameraModel: null,
  lens: null,
  iso: null,
  fNumber: null,
  exposureSeconds: null,
  focalLengthMm: null,
  latitude: null,
  longitude: null,
  altitude: null,
} as const

function stateOf(known: FileKind, isDecodable: boolean): Pick<PhotoFacts, 'state' | 'stateReason'> {
  if (isDecodable && known.kind !== 'raw') return { state: 'pending', stateReason: null }
  return { state: 'unsupported', stateReason: 'unsupported_kind' }
}

/** Numbers come from untrusted files; the database refuses what is none. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null
}
