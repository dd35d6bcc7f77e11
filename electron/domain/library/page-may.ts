import { mayWith } from '../../access/photo-actions.ts'
import type { Scope } from '../../access/scope.ts'
import type { PhotoMay } from '../../contract/photos.ts'

/** What may be done with the photos of a scope: each answer once, and the one of each place, `<area> <shelf>`. */
interface ScopeMay {
  may: PhotoMay[]
  indexOf: ReadonlyMap<string, number>
}

/** The distinct answers of {@link mayWith} over a scope: two or three, however many folders it has. */
export function mayIn(scope: Scope): ScopeMay {
  const distinct = new Map<string, { may: PhotoMay; index: number }>()
  const indexOf = new Map<string, number>()
  for (const areaId of scope.areas.keys()) {
    for (const shelf of scope.shelves) {
      const may = mayWith(scope, { areaId, shelf })
      const key = JSON.stringify(may)
      const known = distinct.get(key) ?? { may, index: distinct.size }
      distinct.set(key, known)
      indexOf.set(`${areaId} ${shelf}`, known.index)
    }
  }
  return { may: [...distinct.values()].map(({ may }) => may), indexOf }
}

/** The answers of a page's photos, by their places as SQLite gathered them: only asked for where there is more than one answer. */
export function mayOfPage({ may, indexOf }: ScopeMay, places: string | null) {
  if (may.length <= 1) return { may, mayOf: null }
  return { may, mayOf: places === null ? [] : places.split(',').map((place) => indexOf.get(place) ?? 0) }
}
