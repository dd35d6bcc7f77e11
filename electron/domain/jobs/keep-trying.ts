import { setTimeout as wait } from 'node:timers/promises'
import { StorageError } from '../../db/errors.ts'

/** How long to wait (milliseconds) after so many failures in a row, 1 for the first. */
export type PauseAfter = (failures: number) => number

const shortestPauseMs = 5_000
const longestPauseMs = 5 * 60_000

/** 5 seconds at first, twice as long each time, 5 minutes at most: a disk is freed by people, who take their time. */
export const growingPause: PauseAfter = (failures) =>
  Math.min(shortestPauseMs * 2 ** (failures - 1), longestPauseMs)

interface Patience {
  pauseAfter: PauseAfter
  /** aborted when there is no more time: then comes one last try */
  signal: AbortSignal
  /** called after each try that failed, with how many did so far */
  onFailure: (error: StorageError, failures: number) => void
}

/**
 * Does `work` again and again until the storage lets it. Answers whether it was done: false only after the signal. Errors
 * other than {@link StorageError} come out. The pauses do not keep the program running.
 */
export async function keepTrying(work: () => Promise<void>, patience: Patience): Promise<boolean> {
  const { pauseAfter, signal, onFailure } = patience
  for (let failures = 1; ; failures += 1) {
    const isLast = signal.aborted
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      onFailure(error, failures)
      if (isLast) return false
    }
    await wait(pauseAfter(failures), undefined, { ref: false, signal }).catch(() => undefined)
  }
}
