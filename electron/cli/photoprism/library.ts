import { posix } from 'node:path'
import type { ImportedAlbum, PhotoEntry, Whereabouts } from '../../contract/overlays.ts'
import { countOf, type ForeignDatabase, flagOf, momentOf, textOf } from './database.ts'
import type { Columns } from './schema.ts'

/** Rows read at a time. */
const PAGE = 500
/** As the contract has it (electron/contract/overlays.ts). */
const CAPTION_MAX = 20_000
const NAME_MAX = 500
const TAGS_MAX = 100

/** Where PhotoPrism says that a value comes from a person, or from what a person wrote into the file. Others it made up itself. */
const BY_PEOPLE = "('manual', 'admin', 'batch', 'meta', 'xmp', 'yaml')"
/** A title is made up from place and date unless somebody typed one. */
const TYPED = ['manual', 'admin', 'batch']

/** A photo's main file among PhotoPrism's originals. */
export interface TheirFile {
  find: Whereabouts
  /** SHA-1 of the file, hexadecimal */
  sha1: string
  /** relative to the originals, as PhotoPrism wrote it: not to be trusted */
  name: string
}

export interface TheirPhoto extends Omit<PhotoEntry, keyof Whereabouts> {
  file: TheirFile
}

/** Photos that somebody added anything to, by their number; `lost` counts those without a file among the originals. */
export async function* readPhotos(
  database: ForeignDatabase,
  columns: Columns,
  folder: string,
  lost: { count: number },
): AsyncGenerator<TheirPhoto, void, void> {
  for (let after = 0; ; ) {
    // both names come from a fixed choice
    const rows = await database.all(
      `select id, taken_at_local, photo_title, title_src, photo_favorite,
         ${columns.caption} as caption, ${columns.captionSource} in ${BY_PEOPLE} as is_written
       from photos where id > ? order by id limit ${PAGE}`,
      [after],
    )
    const last = countOf(rows.at(-1)?.id)
    if (rows.length === 0) return
    const range = [after + 1, last]
    const files = await mainFiles(database, folder, range)
    const tags = await tagsOf(database, range)
    for (const row of rows) {
      const id = countOf(row.id)
      const typed = TYPED.includes(textOf(row.title_src, 8)) ? textOf(row.photo_title, 200).trim() : ''
      const written = flagOf(row.is_written) ? textOf(row.caption, CAPTION_MAX - 300) : ''
      const entry = {
        id,
        favourite: flagOf(row.photo_favorite),
        rating: 0,
        caption: [typed, written].filter((text) => text !== '').join('\n\n'),
        tags: (tags.get(id) ?? []).slice(0, TAGS_MAX),
      }
      if (!entry.favourite && entry.caption === '' && entry.tags.length === 0) continue
      const file = files.get(id)
      if (file)
        yield { ...entry, file: { ...file, find: { ...file.find, takenAt: textOf(row.taken_at_local, 40) } } }
      else lost.count += 1
    }
    after = last
  }
}

/** Originals that can stand for a photo: not what PhotoPrism made itself (`sidecar`), nor what it found missing. */
const ORIGINAL = "file_root = '/' and file_missing = 0 and file_sidecar = 0 and deleted_at is null"

function fileOf(row: Record<string, unknown>, folder: string): TheirFile {
  const name = textOf(row.file_name, 5000)
  const directory = posix.dirname(name)
  return {
    name,
    sha1: textOf(row.file_hash, 128).toLowerCase(),
    find: {
      contentHash: null,
      quickHash: null,
      sizeBytes: countOf(row.file_size),
      folder,
      directory: directory === '.' ? '' : directory.slice(0, 4096),
      fileName: posix.basename(name).slice(0, 1000) || '-',
      takenAt: '',
    },
  }
}

/** The main file of each photo with a number in the range. */
async function mainFiles(database: ForeignDatabase, folder: string, range: number[]) {
  const rows = await database.all(
    `select photo_id, file_name, file_hash, file_size from files
     where photo_id between ? and ? and ${ORIGINAL} order by photo_id, file_primary desc, id`,
    range,
  )
  const files = new Map<number, TheirFile>()
  for (const row of rows) {
    const id = countOf(row.photo_id)
    if (!files.has(id)) files.set(id, fileOf(row, folder))
  }
  return files
}

/** Labels that people gave, keywords that people wrote, and names of people, these below `People`. */
async function tagsOf(database: ForeignDatabase, range: number[]): Promise<Map<number, string[][]>> {
  const found = new Map<number, Map<string, string[]>>()
  const add = (photoId: unknown, ...path: string[]) => {
    const names = path.map((name) => name.trim().slice(0, NAME_MAX).toWellFormed())
    if (names.some((name) => name === '')) return
    const mine = found.get(countOf(photoId)) ?? new Map<string, string[]>()
    found.set(countOf(photoId), mine.set(names.join('\0'), names))
  }
  const people = await database.all(
    `select distinct f.photo_id, s.subj_name from files f
     join markers m on m.file_uid = f.file_uid and m.marker_type = 'face' and m.marker_invalid = 0
     join subjects s on s.subj_uid = m.subj_uid and s.subj_type = 'person' and s.deleted_at is null
     where f.photo_id between ? and ?`,
    range,
  )
  for (const row of people) add(row.photo_id, 'People', textOf(row.subj_name, NAME_MAX))
  const labels = await database.all(
    `select pl.photo_id, l.label_name from photos_labels pl
     join labels l on l.id = pl.label_id and l.deleted_at is null
     where pl.photo_id between ? and ? and pl.label_src in ${BY_PEOPLE} and pl.uncertainty < 100`,
    range,
  )
  for (const row of labels) add(row.photo_id, textOf(row.label_name, NAME_MAX))
  const keywords = await database.all(
    `select photo_id, keywords from details where photo_id between ? and ? and keywords_src in ${BY_PEOPLE}`,
    range,
  )
  for (const row of keywords)
    for (const word of textOf(row.keywords, 2048 * 4).split(/[,;]/)) add(row.photo_id, word)
  return new Map([...found].map(([id, paths]) => [id, [...paths.values()]]))
}

export interface TheirAlbum extends Omit<ImportedAlbum, 'photos' | 'cover'> {
  uid: string
  /** who made it, as PhotoPrism names them; may be nobody */
  createdBy: string
  cover: TheirFile | null
  photos: { file: TheirFile; addedAt: number; position: number }[]
}

/** Albums that people made: no folders, months, places and moments, which PhotoPrism makes itself, and none that are a search. Outer ones first. */
export async function readAlbums(database: ForeignDatabase, folder: string): Promise<TheirAlbum[]> {
  const rows = await database.all(
    `select album_uid, parent_uid, album_title, album_description, thumb, thumb_src, created_by, created_at from albums
     where album_type = 'album' and deleted_at is null and coalesce(album_filter, '') = '' order by id`,
  )
  const parentOf = new Map(rows.map((row) => [textOf(row.album_uid, 42), textOf(row.parent_uid, 42)]))
  const titleOf = new Map(
    rows.map((row) => [textOf(row.album_uid, 42), textOf(row.album_title, NAME_MAX) || '-']),
  )
  const nthOf = countEqualTitles(
    rows.map((row) => textOf(row.album_uid, 42)),
    parentOf,
    titleOf,
  )
  const albums: TheirAlbum[] = []
  for (const row of rows) {
    const uid = textOf(row.album_uid, 42)
    albums.push({
      uid,
      createdBy: textOf(row.created_by, 42),
      path: lineOf(uid, parentOf).map((one) => ({
        title: titleOf.get(one) ?? '-',
        nth: nthOf.get(one) ?? 0,
      })),
      description: textOf(row.album_description, CAPTION_MAX),
      order: 'date',
      createdAt: momentOf(row.created_at),
      cover:
        textOf(row.thumb_src, 8) === 'manual'
          ? await fileByHash(database, textOf(row.thumb, 128), folder)
          : null,
      photos: await albumPhotos(database, uid, folder),
    })
  }
  return albums.sort((a, b) => a.path.length - b.path.length)
}

/** The albums around one, outermost first, itself last; a ring ends where it closes. */
function lineOf(uid: string, parentOf: ReadonlyMap<string, string>): string[] {
  const line: string[] = []
  for (let at: string | undefined = uid; at && parentOf.has(at) && !line.includes(at) && line.length < 20; )
    at = parentOf.get(line[line.push(at) - 1] ?? '')
  return line.reverse()
}

function countEqualTitles(
  uids: readonly string[],
  parentOf: ReadonlyMap<string, string>,
  titleOf: ReadonlyMap<string, string>,
): Map<string, number> {
  const seen = new Map<string, number>()
  return new Map(
    uids.map((uid) => {
      const parent = parentOf.get(uid) ?? ''
      const key = `${parentOf.has(parent) ? parent : ''}\0${titleOf.get(uid)}`
      const nth = seen.get(key) ?? 0
      seen.set(key, nth + 1)
      return [uid, nth]
    }),
  )
}

async function albumPhotos(database: ForeignDatabase, albumUid: string, folder: string) {
  const rows = await database.all(
    `select pa.photo_uid, pa.created_at, f.file_name, f.file_hash, f.file_size from photos_albums pa
     join files f on f.photo_uid = pa.photo_uid
     where pa.album_uid = ? and pa.hidden = 0 and pa.missing = 0 and ${ORIGINAL.replaceAll(/\b(file_\w+|deleted_at)/g, 'f.$1')}
     order by pa.created_at, pa.photo_uid, f.file_primary desc, f.id`,
    [albumUid],
  )
  const photos = new Map<string, TheirAlbum['photos'][number]>()
  for (const row of rows) {
    const uid = textOf(row.photo_uid, 42)
    if (!photos.has(uid))
      photos.set(uid, { file: fileOf(row, folder), addedAt: momentOf(row.created_at), position: photos.size })
  }
  return [...photos.values()]
}

async function fileByHash(
  database: ForeignDatabase,
  hash: string,
  folder: string,
): Promise<TheirFile | null> {
  const [row] = await database.all(
    `select file_name, file_hash, file_size from files where file_hash = ? and ${ORIGINAL} order by id limit 1`,
    [hash],
  )
  return row ? fileOf(row, folder) : null
}
