import type { SomeOf } from './protocol.ts'

/** A directory to be watched with all that is below it. */
export type WatchRoot = {
  /** Absolute, links resolved. */
  root: string
  /** Absolute paths of directories to leave alone, such as the data directory. */
  leaveOut: readonly string[]
}

/** Parent → watch worker. Each `watch` is answered by `watching` or `refused`. */
export type ToWatcher = ({ type: 'watch' } & WatchRoot) | { type: 'leave'; root: string }

/** Why a directory can't be watched for changes. Scans by schedule find them all the same. */
export type WatchProblem = SomeOf<'watch_limit' | 'watch_network' | 'watch_failed'>

/** Watch worker → parent. `beat` comes every few seconds. */
export type FromWatcher =
  | { type: 'ready' }
  | { type: 'beat' }
  | { type: 'watching'; root: string }
  /** `detail` is for the log. Like after `lost`, the process holds leftovers and should be replaced, but for `watch_network`. */
  | { type: 'refused'; root: string; problem: WatchProblem; detail: string }
  /** Something below the root changed: at these paths (absolute), or at too many to name. */
  | { type: 'changed'; root: string; paths: string[] | null }
  /** What is watched is not at its path any more. */
  | { type: 'lost'; root: string; detail: string }
  /** The process should be replaced: it holds leftovers that only its end clears away. */
  | { type: 'spent' }
