import type { Input, Output } from './contract.ts'
import type { Reason } from './reasons.ts'

/**
 * The file in which an account takes along what it added to photos (docs/export-format.md): how it is put together from pages and
 * taken apart for the way in, by pages and the command line alike. What its entries may hold is overlay-format.ts's matter; nothing here
 * needs zod.
 */

export const OVERLAY_FORMAT = 'mantel-overlays'
export const OVERLAY_VERSION = 1
/** Whose value stays where both sides have one. */
export const IMPORT_MODES = ['fill-gaps', 'keep-mine', 'take-theirs'] as const
export type ImportMode = (typeof IMPORT_MODES)[number]
/** Larger files are refused before they are read: some 700,000 photos. */
export const DOCUMENT_MAX_BYTES = 256 * 1024 * 1024
/** Most photos of one part of an import, */
export const PART_PHOTOS = 200
/** and about how long a part may be as JSON: what a procedure's body holds is 1 MiB. */
const PART_CHARACTERS = 200_000

/** One call's share of an import: photos, or one album with photos. */
export type ImportPart = Pick<Input<'overlays.import'>, 'header' | 'photos' | 'album'> & {
  /** where its first photo stands in the document's list, for telling which entry is wrong */
  offset: number
}

/** A file that is no such document, with the field that is wrong. */
export class DocumentProblem extends Error {
  readonly field: string
  readonly reason: Reason

  constructor(field: string, reason: Reason) {
    super(`${field}: ${reason}`)
    this.name = 'DocumentProblem'
    this.field = field
    this.reason = reason
  }
}

type Page = Output<'overlays.export'>
type Lists = Pick<Page, 'photos' | 'albums' | 'albumPhotos'>
const LISTS = ['photos', 'albums', 'albumPhotos'] as const satisfies (keyof Lists)[]
const KEYS = ['format', 'version', 'exportedAt', 'account', ...LISTS]

/** Asks for all pages of an export, one after the other. */
export async function* exportPages(
  ask: (after: Page['next']) => Promise<Page>,
): AsyncGenerator<Page, void, void> {
  let after: Page['next'] = null
  do {
    const page: Page = await ask(after)
    yield page
    after = page.next
  } while (after)
}

/** The document as text, in pieces that together are one JSON object, an entry a line. Pages come in the order of its lists. */
export async function* documentText(pages: AsyncIterable<Page>): AsyncGenerator<string, void, void> {
  let at = -1
  let isFirst = true
  for await (const page of pages) {
    if (at < 0) {
      yield JSON.stringify(page.header).slice(0, -1) + opening(0)
      at = 0
    }
    for (const [index, list] of LISTS.entries()) {
      if (page[list].length === 0) continue
      for (; at < index; at += 1) {
        yield opening(at + 1)
        isFirst = true
      }
      const lines = page[list].map((entry) => JSON.stringify(entry)).join(',\n')
      yield `${isFirst ? '\n' : ',\n'}${lines}`
      isFirst = false
    }
  }
  for (; at < LISTS.length - 1; at += 1) yield opening(at + 1)
  yield '\n]}\n'
}

/** Begins a list, after the end of the one before. */
const opening = (list: number) => `${list === 0 ? '' : '\n]'},\n"${LISTS[list]}":[`

/**
 * Takes a parsed document apart into what one import call holds each, photos first, then albums, parents before what lies in them. Looks
 * at the frame alone: each entry is checked where it arrives. Throws {@link DocumentProblem}.
 */
export function splitDocument(document: unknown): ImportPart[] {
  if (!isRecord(document)) throw new DocumentProblem('format', 'export_format')
  const { format, version, exportedAt, account } = document
  if (format !== OVERLAY_FORMAT) throw new DocumentProblem('format', 'export_format')
  if (version !== OVERLAY_VERSION) throw new DocumentProblem('version', 'export_version')
  for (const key of Object.keys(document))
    if (!KEYS.includes(key)) throw new DocumentProblem(key, 'unknown_key')
  const [photos, albums, albumPhotos] = LISTS.map((key) => listIn(document, key))
  // each entry is checked by the procedure's schema, which names what is wrong
  const header = { format, version, exportedAt, account } as ImportPart['header']
  const parts = chunked(photos ?? []).map(
    ({ entries, offset }) => ({ header, photos: entries, offset }) as ImportPart,
  )
  return [...parts, ...albumParts(header, { photos, albums, albumPhotos })]
}

type Loose = Record<string, unknown>
const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function listIn(document: Loose, key: string): Loose[] {
  const list = document[key]
  if (!Array.isArray(list)) throw new DocumentProblem(key, list === undefined ? 'required' : 'malformed')
  const wrong = list.findIndex((entry) => !isRecord(entry))
  if (wrong >= 0) throw new DocumentProblem(`${key}.${wrong}`, 'malformed')
  return list
}

/** Cuts a list so that no piece is longer than a call may be; `offset` says where each begins. */
export function chunked<T>(list: readonly T[]): { entries: T[]; offset: number }[] {
  const pieces: { entries: T[]; offset: number }[] = []
  let length = 0
  for (const [offset, entry] of list.entries()) {
    const size = JSON.stringify(entry).length
    const last = pieces.at(-1)
    if (last && last.entries.length < PART_PHOTOS && length + size <= PART_CHARACTERS) {
      last.entries.push(entry)
      length += size
    } else {
      pieces.push({ entries: [entry], offset })
      length = size
    }
  }
  return pieces
}

function byId(list: readonly Loose[], key: string): Map<unknown, Loose> {
  const found = new Map<unknown, Loose>()
  for (const [index, entry] of list.entries()) {
    if (found.has(entry.id)) throw new DocumentProblem(`${key}.${index}.id`, 'malformed')
    found.set(entry.id, entry)
  }
  return found
}

function albumParts(
  header: ImportPart['header'],
  lists: Record<(typeof LISTS)[number], Loose[] | undefined>,
): ImportPart[] {
  const { photos = [], albums = [], albumPhotos = [] } = lists
  const photoOf = byId(photos, 'photos')
  const albumOf = byId(albums, 'albums')
  const held = new Map<unknown, Loose[]>()
  for (const [index, { album, photo, ...rest }] of albumPhotos.entries()) {
    const found = photoOf.get(photo)
    if (!found) throw new DocumentProblem(`albumPhotos.${index}.photo`, 'export_reference')
    if (!albumOf.has(album)) throw new DocumentProblem(`albumPhotos.${index}.album`, 'export_reference')
    const list = held.get(album) ?? []
    held.set(album, list)
    list.push({ ...rest, find: whereOf(found) })
  }
  const paths = albumPaths(albums, albumOf)
  return albums
    .map((album, index) => ({ album, index, path: paths[index] ?? [] }))
    .sort((a, b) => a.path.length - b.path.length)
    .flatMap(({ album: { id, parent: _parent, title: _title, cover, ...rest }, index, path }) => {
      const shown = cover === null || cover === undefined ? null : photoOf.get(cover)
      if (shown === undefined) throw new DocumentProblem(`albums.${index}.cover`, 'export_reference')
      const all = { ...rest, path, cover: shown && whereOf(shown) }
      const pieces = chunked(held.get(id) ?? [])
      return (pieces.length > 0 ? pieces : [{ entries: [], offset: 0 }]).map(
        // checked where it arrives, like all entries
        ({ entries, offset }) => ({ header, album: { ...all, photos: entries }, offset }) as ImportPart,
      )
    })
}

/** What of a photo's entry finds it again. */
function whereOf({ id: _id, favourite: _f, rating: _r, caption: _c, tags: _t, ...find }: Loose): Loose {
  return find
}

/** Every album by the titles that lead to it; `nth` tells apart those of equal title in one place, by their order. */
function albumPaths(albums: readonly Loose[], albumOf: ReadonlyMap<unknown, Loose>) {
  const seen = new Map<unknown, Map<unknown, number>>()
  const nthOf = new Map<Loose, number>()
  for (const album of albums) {
    const siblings = seen.get(album.parent) ?? new Map<unknown, number>()
    seen.set(album.parent, siblings)
    const nth = siblings.get(album.title) ?? 0
    siblings.set(album.title, nth + 1)
    nthOf.set(album, nth)
  }
  return albums.map((album, index) => {
    const path: { title: unknown; nth: number }[] = []
    for (let at: Loose | undefined = album; at; ) {
      path.unshift({ title: at.title, nth: nthOf.get(at) ?? 0 })
      if (at.parent === null) break
      const parent = albumOf.get(at.parent)
      // a ring of albums would never end
      if (!parent || path.length > albums.length)
        throw new DocumentProblem(`albums.${index}.parent`, 'export_reference')
      at = parent
    }
    return path
  })
}
