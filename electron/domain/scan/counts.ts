import type { JobContext } from '../jobs/work.ts'
import type { Rendered } from './render-pass.ts'

type Earlier = JobContext['earlier']

/** What a scan did to files that are known. */
export type Changes = ReturnType<typeof changesFrom>

/** What a scan did, in files; `ready`, `unsupported`, `broken`: photos by what their rendering came to. */
export interface ScanResult extends Record<string, number>, Changes, Rendered {
  files: number
}

/** The changes counted before a scan was paused, to be counted on; noughts where it is a new one. */
export function changesFrom({
  added = 0,
  edited = 0,
  moved = 0,
  returned = 0,
  missing = 0,
  dropped = 0,
}: Earlier = {}) {
  return { added, edited, moved, returned, missing, dropped }
}

/** The same of photos, by what their rendering came to. */
export function renderedFrom({ ready = 0, unsupported = 0, broken = 0 }: Earlier = {}): Rendered {
  return { ready, unsupported, broken }
}
