/**
 * Which files Mantel treats as photos, by their extension, and which of those this version can make pictures of.
 *
 * A name decides whether a file is indexed at all (so that a walk over a folder needs no reads); its content decides
 * what it really is (`sniff.ts`). SVG, PDF, PostScript and HTML are left out on purpose: they are programs or
 * documents rather than photographs, and their decoders have a long history of holes.
 */

/** What people see a file as; `raw` is a camera's undeveloped file. */
type PhotoKind = 'image' | 'video' | 'raw'

/** One known kind of file. `decodable`: this version makes thumbnails and previews of it. */
export type FileKind = { kind: PhotoKind; decodable: boolean; mime: string }

const image = (mime: string, decodable: boolean): FileKind => ({ kind: 'image', decodable, mime })
const video = (mime: string): FileKind => ({ kind: 'video', decodable: false, mime })
const raw = (mime: string): FileKind => ({ kind: 'raw', decodable: false, mime })

const JPEG = image('image/jpeg', true)
const TIFF = image('image/tiff', true)
const HEIF = image('image/heif', false)
const MP4 = video('video/mp4')
const MPEG = video('video/mpeg')
const MTS = video('video/mp2t')

/**
 * Every known extension, lower case, without its dot. The MIME types of raw formats have no registration; the names
 * are those of freedesktop.org's shared-mime-info.
 */
const FILE_KINDS: ReadonlyMap<string, FileKind> = new Map([
  // Decoded by this version.
  ['jpg', JPEG],
  ['jpeg', JPEG],
  ['jpe', JPEG],
  ['jfif', JPEG],
  // A multi-picture file is a JPEG whose first picture is the one to show.
  ['mpo', JPEG],
  ['png', image('image/png', true)],
  ['webp', image('image/webp', true)],
  ['gif', image('image/gif', true)],
  ['tif', TIFF],
  ['tiff', TIFF],
  ['avif', image('image/avif', true)],

  // Known pictures without a decoder yet.
  ['heic', image('image/heic', false)],
  ['heif', HEIF],
  ['hif', HEIF],
  ['jxl', image('image/jxl', false)],
  ['bmp', image('image/bmp', false)],
  ['psd', image('image/vnd.adobe.photoshop', false)],
  ['jp2', image('image/jp2', false)],
  ['j2k', image('image/jp2', false)],
  ['j2c', image('image/jp2', false)],
  ['jpf', image('image/jpx', false)],

  // Undeveloped camera files.
  ['dng', raw('image/x-adobe-dng')],
  ['cr2', raw('image/x-canon-cr2')],
  ['cr3', raw('image/x-canon-cr3')],
  ['crw', raw('image/x-canon-crw')],
  ['nef', raw('image/x-nikon-nef')],
  ['nrw', raw('image/x-nikon-nrw')],
  ['arw', raw('image/x-sony-arw')],
  ['sr2', raw('image/x-sony-sr2')],
  ['raf', raw('image/x-fuji-raf')],
  ['rw2', raw('image/x-panasonic-rw2')],
  ['orf', raw('image/x-olympus-orf')],
  ['pef', raw('image/x-pentax-pef')],
  ['srw', raw('image/x-samsung-srw')],
  ['x3f', raw('image/x-sigma-x3f')],
  ['3fr', raw('image/x-hasselblad-3fr')],
  ['iiq', raw('image/x-phaseone-iiq')],
  ['rwl', raw('image/x-leica-rwl')],

  ['mp4', MP4],
  ['m4v', video('video/x-m4v')],
  ['mov', video('video/quicktime')],
  ['qt', video('video/quicktime')],
  ['mkv', video('video/matroska')],
  ['webm', video('video/webm')],
  ['avi', video('video/x-msvideo')],
  ['mts', MTS],
  ['m2ts', MTS],
  ['m2t', MTS],
  ['3gp', video('video/3gpp')],
  ['3g2', video('video/3gpp2')],
  ['mpg', MPEG],
  ['mpeg', MPEG],
  ['wmv', video('video/x-ms-wmv')],
  ['insv', MP4],
])

/** MIME types, as `sniffMime` names them, that this version's worker decodes. */
export const DECODABLE_MIMES: ReadonlySet<string> = new Set(
  [...FILE_KINDS.values()].filter((known) => known.decodable).map((known) => known.mime),
)

/**
 * The kind of a file by its name, or null where it isn't one that Mantel indexes.
 *
 * @param fileName a name or a path; only what follows its last dot counts, in any case
 */
export function kindOf(fileName: string): FileKind | null {
  const dot = fileName.lastIndexOf('.')
  // `.jpg` alone is a hidden file without an extension.
  if (dot <= 0 || /[/\\]$/.test(fileName.slice(0, dot))) return null
  return FILE_KINDS.get(fileName.slice(dot + 1).toLowerCase()) ?? null
}
