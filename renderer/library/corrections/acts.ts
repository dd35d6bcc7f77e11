import type { CorrectionValue } from '../../../electron/contract/corrections.ts'
import type { call as callProcedure } from '../../api.ts'
import type { Act } from '../bulk/run.ts'
import { type Correction, isNothing } from './draft.ts'

type Call = typeof callProcedure

/** How many photos were given a time that no clock of the zone showed, and how many one that it showed twice. */
export interface Clocks {
  skipped: number
  repeated: number
}

/** Puts photos right; what the zone's clocks did not show is counted in `clocks`. */
export const correctThem =
  (call: Call, correction: Correction, clocks: Clocks): Act =>
  async (ids) => {
    const { rule, file } = correction
    const changed = new Set<number>()
    const undo: { ids: readonly number[]; act: Act }[] = []
    const take = ({ values, answer }: { values: CorrectionValue[]; answer: readonly number[] }) => {
      for (const id of answer) changed.add(id)
      // what was done last is taken back first
      if (values.length > 0) undo.unshift({ ids: values.map(({ id }) => id), act: setValues(call, values) })
    }
    if (!isNothing({ rule, file: {} })) {
      const answer = await call('photos.correct', { ...rule, ids: [...ids] })
      clocks.skipped += answer.skipped
      clocks.repeated += answer.repeated
      take({ values: answer.undo.flatMap(({ values }) => values), answer: answer.changed })
    }
    if (!isNothing({ rule: {}, file })) {
      const values = ids.map((id) => ({ id, ...file }))
      const answer = await call('photos.correct', { values })
      take({ values: answer.undo.flatMap((one) => one.values), answer: answer.changed })
    }
    return { changed: [...changed], undo }
  }

/** Brings back what was before, photo by photo. */
const setValues =
  (call: Call, values: readonly CorrectionValue[]): Act =>
  async (ids) => {
    const wanted = new Set(ids)
    const { changed } = await call('photos.correct', { values: values.filter(({ id }) => wanted.has(id)) })
    return { changed, undo: [] }
  }

/** What became of writing sidecars, counted over all pieces. */
export interface SidecarTally {
  failed: number
  /** the reason code of the first failure */
  reason: string | null
}

/** Writes photos' sidecars; which failed is counted in `tally`. There is no way back. */
export const writeThem =
  (call: Call, own: boolean, tally: SidecarTally): Act =>
  async (ids) => {
    const { written, failed } = await call('photos.writeSidecars', { ids: [...ids], own })
    tally.failed += failed.length
    tally.reason ??= failed[0]?.reason ?? null
    return { changed: written, undo: [] }
  }
