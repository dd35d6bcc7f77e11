import type { Geometry } from './geometry.ts'
import { monthAtPosition, positionOfMonth } from './scrub.ts'

/**
 * The scrubber position a key leads to: arrows by a month, PageUp and PageDown by a year, Home and End to the ends;
 * null for keys that mean nothing here. "Up" is towards newer photos.
 */
export function scrubTarget(geometry: Geometry, position: number, key: string): number | null {
  const last = geometry.months.length - 1
  if (last < 0) return null
  const here = monthAtPosition(geometry, position)
  const to = (month: number) => (month > last ? 1 : positionOfMonth(geometry, Math.max(0, month)))
  const yearOf = (month: number) => geometry.months[month]?.month.slice(0, 4)
  switch (key) {
    case 'ArrowUp':
    case 'ArrowLeft':
      return to(here - 1)
    case 'ArrowDown':
    case 'ArrowRight':
      return to(here + 1)
    case 'PageUp': {
      // the first month of the newer year, as it stands on the scrubber
      const start = geometry.months.findIndex(({ month }) => month.slice(0, 4) === yearOf(here))
      const newer = yearOf(start - 1)
      return newer === undefined
        ? 0
        : to(geometry.months.findIndex(({ month }) => month.slice(0, 4) === newer))
    }
    case 'PageDown': {
      const next = geometry.months.findIndex((_, month) => month > here && yearOf(month) !== yearOf(here))
      return next < 0 ? 1 : to(next)
    }
    case 'Home':
      return 0
    case 'End':
      return 1
    default:
      return null
  }
}
