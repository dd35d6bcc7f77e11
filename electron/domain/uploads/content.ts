import { safeName, withoutEnding } from '../../lib/file-names.ts'
import { latin1, uint } from '../media/file-bytes.ts'
import { kindOf } from '../media/kinds.ts'
import { sniffMime } from '../media/sniff.ts'

/** How many of a file's first bytes tell what it is: a transport stream shows by its second packet. */
export const HEAD_BYTES = 256

/** What a file holds, and the endings of names that it may have; the first is given to those that have another. */
interface Content {
  readonly mime: string
  readonly endings: readonly string[]
}

const content = (mime: string, ...endings: string[]): Content => ({ mime, endings })

/** Undeveloped files of many cameras are TIFFs by their first bytes: their names say which. */
const RAW_IN_TIFF = ['dng', 'cr2', 'nef', 'nrw', 'arw', 'sr2', 'pef', 'srw', '3fr', 'iiq', 'rwl']
const MP4_NAMES = ['mp4', 'm4v', 'mov', 'qt', '3gp', '3g2', 'insv']

/** What scans index, by what `sniffMime` tells. SVG, HTML and all that is no picture or video is not among it. */
const BY_MIME: ReadonlyMap<string, Content> = new Map(
  [
    content('image/jpeg', 'jpg', 'jpeg', 'jpe', 'jfif', 'mpo'),
    content('image/png', 'png'),
    content('image/gif', 'gif'),
    content('image/webp', 'webp'),
    content('image/tiff', 'tif', 'tiff', ...RAW_IN_TIFF),
    content('image/avif', 'avif'),
    content('image/heic', 'heic', 'heif', 'hif'),
    content('image/heif', 'heif', 'heic', 'hif', 'avif'),
    content('image/jxl', 'jxl'),
    content('image/bmp', 'bmp'),
    content('image/vnd.adobe.photoshop', 'psd'),
    content('image/jp2', 'jp2', 'j2k', 'j2c', 'jpf'),
    content('image/x-canon-cr3', 'cr3'),
    content('video/x-msvideo', 'avi'),
    content('video/webm', 'webm', 'mkv'),
    content('video/matroska', 'mkv', 'webm'),
    content('video/quicktime', 'mov', 'qt', 'mp4', 'm4v'),
    content('video/3gpp', '3gp', '3g2', 'mp4', 'm4v'),
    content('video/mp4', ...MP4_NAMES),
  ].map((each) => [each.mime, each]),
)

/** Whether one of these texts stands at a place. */
const at =
  (place: number, ...texts: string[]) =>
  (head: string) =>
    texts.some((text) => head.startsWith(text, place))

/** Signatures of kinds that scans know by their names alone, as their formats' descriptions give them. */
const BY_SIGNATURE: readonly (readonly [(head: string) => boolean, Content])[] = [
  [at(0, 'FUJIFILMCCD-RAW'), content('image/x-fuji-raf', 'raf')],
  [at(0, 'IIRO', 'IIRS', 'MMOR'), content('image/x-olympus-orf', 'orf')],
  [at(0, 'IIU\0'), content('image/x-panasonic-rw2', 'rw2', 'rwl')],
  [at(0, 'FOVb'), content('image/x-sigma-x3f', 'x3f')],
  [at(0, 'II\x1a\0\0\0HEAPCCDR'), content('image/x-canon-crw', 'crw')],
  [at(0, '\0\0\x01\xba', '\0\0\x01\xb3'), content('video/mpeg', 'mpg', 'mpeg')],
  [at(0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'), content('video/x-ms-wmv', 'wmv')],
  // packets of 188 bytes, in the second form behind a time of 4 bytes each
  [(head) => at(0, 'G')(head) && at(188, 'G')(head), content('video/mp2t', 'mts', 'm2ts', 'm2t')],
  [(head) => at(4, 'G')(head) && at(196, 'G')(head), content('video/mp2t', 'm2ts', 'mts', 'm2t')],
  // of before files told their kind at their beginning
  [
    at(4, 'moov', 'mdat', 'wide', 'skip', 'free', 'pnot'),
    content('video/quicktime', 'mov', 'qt', 'mp4', 'm4v'),
  ],
]

/** Sizes of the second header that a BMP can have: `BM` alone begins many a text. */
const BMP_HEADERS = [12, 16, 40, 52, 56, 64, 108, 124]

/** What a file is by its first {@link HEAD_BYTES}, whatever it is called; null for what Mantel does not take as a picture or video. */
function contentOf(head: Uint8Array): Content | null {
  const mime = sniffMime(head)
  if (mime === 'image/bmp' && !BMP_HEADERS.includes(uint(head, 14, 4, true) ?? 0)) return null
  if (mime !== null) return BY_MIME.get(mime) ?? null
  const text = latin1(head)
  return BY_SIGNATURE.find(([isIt]) => isIt(text))?.[1] ?? null
}

/**
 * What a file is by its first bytes, and the name it may have in a folder: without a path, taken by every system, not hidden, and of an
 * ending that tells what it holds, so that the next scan takes it up as that. Null for what is no picture or video of a kind that Mantel knows.
 *
 * @param head the file's first {@link HEAD_BYTES}, fewer where it is shorter
 * @param sent what its sender calls it
 */
export function judge(head: Uint8Array, sent: string): { mime: string; fileName: string } | null {
  const found = contentOf(head)
  if (!found) return null
  // a path is none of a name, as some browsers send it
  const plain = safeName(sent.split(/[/\\]/).at(-1) ?? '').replace(/^[.\s]+/, '')
  const ending = plain.slice(plain.lastIndexOf('.') + 1).toLowerCase()
  const [usual] = found.endings
  // the name's own kind is the finer one where both agree: many RAW files are TIFFs
  const named = found.endings.includes(ending) ? kindOf(plain) : null
  if (named) return { mime: named.mime, fileName: plain }
  const stem = withoutEnding(plain) || 'photo'
  return { mime: found.mime, fileName: safeName(`${stem}.${usual}`) }
}
