import { safeName, uniqueNames, withoutEnding } from '../../lib/file-names.ts'
import type { Saveable } from './chosen.ts'

/** What an archive names that could not be had; no photo in it is called so. */
const NOTICE_NAME = 'missing.txt'

/** An archive's files before any of them is looked at. */
export interface ArchivePlan {
  fileName: string
  noticeName: string
  entries: {
    photoId: number
    /** without its ending where `size` is null: that comes with the picture */
    name: string
    /** bytes; null for pictures that are made when their turn comes */
    size: number | null
    /** when it was taken, local wall clock */
    date: string
  }[]
}

/** Photos under names of their own, in an archive called as somebody said, or after the days they were taken on. `made`: not as their files are. */
export function planArchive(chosen: readonly Saveable[], title: string | null, made = false): ArchivePlan {
  const names = uniqueNames(
    chosen.map(({ name }) => (made ? withoutEnding(name) : name)),
    made ? [withoutEnding(NOTICE_NAME)] : [NOTICE_NAME],
  )
  const entries = chosen.map(({ id, sizeBytes, takenAt }, index) => ({
    photoId: id,
    name: names[index] ?? '',
    size: made ? null : sizeBytes,
    date: takenAt,
  }))
  return { fileName: `${safeName(title?.trim() || daysOf(chosen))}.zip`, noticeName: NOTICE_NAME, entries }
}

function daysOf(chosen: readonly Saveable[]): string {
  const days = chosen.map(({ takenAt }) => takenAt.slice(0, 10)).sort()
  const [first = '', last = first] = [days[0], days.at(-1)]
  return first === last ? first : `${first} - ${last}`
}
