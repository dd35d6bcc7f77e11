import { UPLOADS_AT_ONCE } from '../../../electron/contract/values.ts'

/** Of this many bytes is a piece at most, unless it is one file: then what is done shows, and can be stopped, every few seconds also on a slow disk. */
const PIECE_BYTES = 64 * 2 ** 20

interface File {
  id: number
  sizeBytes: number
}

/** Cuts files into pieces that one request can decide about, in their order. */
export function piecesOf(files: readonly File[]): { ids: number[]; bytes: number }[] {
  const pieces: { ids: number[]; bytes: number }[] = []
  for (const { id, sizeBytes } of files) {
    const last = pieces.at(-1)
    if (last && last.ids.length < UPLOADS_AT_ONCE && last.bytes + sizeBytes <= PIECE_BYTES) {
      last.ids.push(id)
      last.bytes += sizeBytes
    } else pieces.push({ ids: [id], bytes: sizeBytes })
  }
  return pieces
}
