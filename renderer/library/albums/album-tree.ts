import type { Album } from '../../../electron/contract/albums.ts'

const byTitle = new Intl.Collator(undefined, { numeric: true })

/** The albums right inside one, or at the top for null, by title. */
export const albumsIn = (albums: readonly Album[], parentId: number | null) =>
  albums.filter((album) => album.parentId === parentId).sort((a, b) => byTitle.compare(a.title, b.title))

/** The albums above one, from the outermost on. */
export function albumsAbove(albums: readonly Album[], { parentId }: Pick<Album, 'parentId'>): Album[] {
  const above: Album[] = []
  for (let id = parentId; id !== null; ) {
    const parent = albums.find((album) => album.id === id)
    if (!parent || above.includes(parent)) break
    above.unshift(parent)
    id = parent.parentId
  }
  return above
}

/** Where an album may be put: all but itself and those inside it. In the order of a tree, each with how deep it lies. */
export function placesFor(albums: readonly Album[], id: number | null): { album: Album; depth: number }[] {
  const places: { album: Album; depth: number }[] = []
  const enter = (parentId: number | null, depth: number) => {
    for (const album of albumsIn(albums, parentId)) {
      if (album.id === id || !album.may.edit) continue
      places.push({ album, depth })
      enter(album.id, depth + 1)
    }
  }
  enter(null, 0)
  return places
}

/** “2019 – 2024”, “2024”, or nothing, of when an album's photos were taken. */
export function yearsOf({ from, to }: Pick<Album, 'from' | 'to'>): string {
  const years = [from, to].map((taken) => taken?.slice(0, 4)).filter((year) => year !== undefined)
  return [...new Set(years)].join(' – ')
}

/** How many albums lie in one, at any depth. */
export const insideCount = (albums: readonly Album[], id: number): number =>
  albums.filter((album) => albumsAbove(albums, album).some((above) => above.id === id)).length
