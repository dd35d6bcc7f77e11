import type { Input, Output } from '../../contract/contract.ts'
import { chunked, type ImportPart, OVERLAY_FORMAT, OVERLAY_VERSION } from '../../contract/overlay-document.ts'
import type { Whereabouts } from '../../contract/overlays.ts'
import type { TheirAlbum, TheirFile, TheirPhoto } from './library.ts'
import type { Originals } from './originals.ts'

/** Photos of one part: as many as Mantel takes. */
const PART = 200

type Send = (
  input: Omit<Input<'overlays.import'>, 'mode' | 'accountId'>,
) => Promise<Output<'overlays.import'>>

/** A part with the files of its photos, in their order, its cover's last. */
interface Part {
  part: ImportPart
  files: TheirFile[]
}

export function headerFor(at: Date): ImportPart['header'] {
  const account = { username: 'PhotoPrism', name: '' }
  return { format: OVERLAY_FORMAT, version: OVERLAY_VERSION, exportedAt: at.toISOString(), account }
}

export async function* photoParts(
  photos: AsyncIterable<TheirPhoto>,
  header: ImportPart['header'],
): AsyncGenerator<Part, void, void> {
  let some: TheirPhoto[] = []
  let done = 0
  const cut = () => {
    const pieces = chunked(some).map(({ entries, offset }) => ({
      files: entries.map(({ file }) => file),
      part: {
        header,
        photos: entries.map(({ file, ...entry }) => ({ ...entry, ...file.find })),
        offset: done + offset,
      },
    }))
    done += some.length
    some = []
    return pieces
  }
  for await (const photo of photos) {
    some.push(photo)
    if (some.length === PART) yield* cut()
  }
  yield* cut()
}

export function albumParts(albums: readonly TheirAlbum[], header: ImportPart['header']): Part[] {
  return albums.flatMap(({ uid: _uid, createdBy: _by, cover, photos, ...album }) => {
    const pieces = chunked(photos)
    return (pieces.length > 0 ? pieces : [{ entries: [], offset: 0 }]).map(({ entries, offset }) => ({
      files: [...entries.map(({ file }) => file), ...(cover ? [cover] : [])],
      part: {
        header,
        album: {
          ...album,
          cover: cover?.find ?? null,
          photos: entries.map(({ file, ...entry }) => ({ ...entry, find: file.find })),
        },
        offset,
      },
    }))
  })
}

/**
 * Sends one part; photos that Mantel finds by neither path nor size are looked for by what they hold, which means reading them: a dry run
 * tells which.
 */
export async function withHashes(
  { part, files }: Part,
  originals: Originals,
  send: Send,
): Promise<ImportPart> {
  const { offset: _offset, ...input } = part
  const { notFound, ambiguous } = await send({ ...input, dryRun: true })
  const finds = files.map(({ find }) => find)
  const missing = [...notFound, ...ambiguous]
  // the answer tells nothing of an album's cover: it is looked for where any other had to be
  const cover = part.album?.cover ? files.length - 1 : undefined
  if (missing.length > 0 && cover !== undefined) missing.push(cover)
  for (const index of missing) {
    const file = files[index]
    const hashes = file && (await originals.hashesOf(file))
    if (file && hashes) finds[index] = { ...file.find, ...hashes }
  }
  return withFinds(part, finds)
}

/** The part with other whereabouts for its photos. */
function withFinds(part: ImportPart, finds: readonly Whereabouts[]): ImportPart {
  const { photos, album, ...rest } = part
  return {
    ...rest,
    ...(photos && { photos: photos.map((entry, index) => ({ ...entry, ...finds[index] })) }),
    ...(album && {
      album: {
        ...album,
        cover: album.cover && (finds[album.photos.length] ?? album.cover),
        photos: album.photos.map((entry, index) => ({ ...entry, find: finds[index] ?? entry.find })),
      },
    }),
  }
}
