import type { Output } from './contract.ts'
import type { ImportPart } from './overlay-document.ts'

type Answer = Output<'overlays.import'>

/** What an import came to, or would come to: the answers of its parts taken together. */
export interface ImportTally {
  photos: number
  matched: number
  /** photos of which something changed */
  changed: number
  /** `folder/directory/file` of those without a counterpart, */
  notFound: string[]
  /** and of those with several, among which nothing is guessed */
  ambiguous: string[]
  albums: { new: number; merged: number; photosAdded: number; photosNotFound: number }
  /** values that this account may not set, so that they stay out */
  leftOut: Answer['leftOut']
}

const emptyTally = (): ImportTally => ({
  photos: 0,
  matched: 0,
  changed: 0,
  notFound: [],
  ambiguous: [],
  albums: { new: 0, merged: 0, photosAdded: 0, photosNotFound: 0 },
  leftOut: { favourites: 0, ratings: 0, captions: 0, tags: 0, albums: 0 },
})

/** Adds what one part was answered. */
function addUp(tally: ImportTally, part: ImportPart, answer: Answer): void {
  tally.changed += answer.changed
  for (const key of Object.keys(tally.leftOut) as (keyof Answer['leftOut'])[]) // its own keys
    if (key !== 'albums' || part.offset === 0) tally.leftOut[key] += answer.leftOut[key]
  if (part.photos) {
    const names = (indexes: number[]) =>
      indexes.map((index) => {
        const entry = part.photos?.[index]
        return entry ? [entry.folder, entry.directory, entry.fileName].filter(Boolean).join('/') : ''
      })
    tally.photos += part.photos.length
    tally.matched += answer.matched
    tally.notFound.push(...names(answer.notFound))
    tally.ambiguous.push(...names(answer.ambiguous))
  }
  if (!part.album) return
  // a large album comes in several parts and is one all the same
  if (part.offset === 0 && answer.album === 'new') tally.albums.new += 1
  if (part.offset === 0 && answer.album === 'existing') tally.albums.merged += 1
  tally.albums.photosAdded += answer.added
  tally.albums.photosNotFound += answer.notFound.length + answer.ambiguous.length
}

/** Sends all parts, one after the other, and adds up. `onPart` hears how many are done. */
export async function importAll(
  parts: AsyncIterable<ImportPart> | Iterable<ImportPart>,
  send: (input: Omit<ImportPart, 'offset'>, part: ImportPart) => Promise<Answer>,
  onPart: (done: number) => void = () => undefined,
): Promise<ImportTally> {
  const tally = emptyTally()
  let done = 0
  for await (const part of parts) {
    const { offset: _offset, ...sent } = part
    addUp(tally, part, await send(sent, part))
    done += 1
    onPart(done)
  }
  return tally
}

/** A field of a part as it is called in the document: `photos.3.rating` of the part that begins with photo 200 is `photos.203.rating`. */
export function fieldInDocument(field: string, { album, offset }: ImportPart): string {
  const [list, index, ...rest] = field.split('.')
  if (list === 'photos' && index !== undefined) return ['photos', Number(index) + offset, ...rest].join('.')
  if (list === 'album') return `album “${album?.path.at(-1)?.title}”`
  return list === 'header' && index !== undefined ? [index, ...rest].join('.') : field
}
