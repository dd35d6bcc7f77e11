import type { CorrectionRule, CorrectionValue } from '../../contract/corrections.ts'
import { offsetAt, shiftWallTime, type ZoneOffset } from '../../contract/wall-clock.ts'
import { invalidField } from '../../lib/refusal.ts'
import type { CorrectionRow, WhenAndWhere } from './file-says.ts'

/** A photo with what was put right of it so far. */
export interface Standing extends WhenAndWhere {
  id: number
  areaId: number
  correction: CorrectionRow | null
}

/** Which photos are put right, and how each. */
export interface Plan {
  ids: readonly number[]
  /** whether any place is touched */
  withPlace: boolean
  change(photo: Standing): Planned
}

interface Planned {
  value: CorrectionValue
  /** how the zone's clocks went at that time, where a zone was given */
  clock?: ZoneOffset['clock']
}

/** One rule for all of them. */
export function planOfRule(ids: readonly number[], rule: CorrectionRule): Plan {
  const { takenAt, shiftMs, zone, place } = rule
  const withDate = takenAt !== undefined || shiftMs !== undefined || zone !== undefined
  return {
    ids,
    withPlace: place !== undefined,
    change(photo) {
      const value: CorrectionValue = { id: photo.id, ...(place !== undefined && { place }) }
      if (!withDate) return { value }
      const at = takenAt ?? (shiftMs === undefined ? photo.takenAt : shiftWallTime(photo.takenAt, shiftMs))
      if (at === null) throw invalidField('shiftMs', 'date_out_of_range')
      if (zone === undefined)
        return { value: { ...value, date: { takenAt: at, takenOffset: photo.takenOffset } } }
      const found = offsetAt(zone, at)
      if (!found) throw invalidField('zone', 'zone_unknown')
      return { value: { ...value, date: { takenAt: at, takenOffset: found.offset } }, clock: found.clock }
    },
  }
}

/** Each photo by itself; of one that is named twice the last counts. */
export function planOfValues(values: readonly CorrectionValue[]): Plan {
  const byId = new Map(values.map((value) => [value.id, value]))
  return {
    ids: [...byId.keys()],
    withPlace: values.some(({ place }) => place !== undefined),
    change: (photo) => ({ value: byId.get(photo.id) ?? { id: photo.id } }),
  }
}

/**
 * What the files say again. Places are left as they are while they are switched off for the household: what nobody is shown, nobody takes
 * away unseen.
 */
export const planOfFiles = (ids: readonly number[], withPlace: boolean): Plan => ({
  ids,
  withPlace,
  change: ({ id }) => ({ value: { id, date: 'file', ...(withPlace && { place: 'file' as const }) } }),
})
