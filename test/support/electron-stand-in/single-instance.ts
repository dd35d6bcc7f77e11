import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a second start hands to the first. */
export interface SecondStart {
  argv: string[]
  workingDirectory: string
  additionalData: unknown
}

/**
 * Electron's lock: the first program on a data folder holds it, a later one hands over its arguments and is refused.
 * Synchronous, as Electron's is, hence files: `lock` with the holder's process id, and one letter per later start.
 * @param folder `userData`
 * @param whenStarted called in the holder for each later start
 * @returns a function that gives the lock back, or null where another holds it
 */
export function takeLock(
  folder: string,
  start: SecondStart,
  whenStarted: (start: SecondStart) => void,
): (() => void) | null {
  const letters = join(folder, 'stand-in-starts')
  const lock = join(folder, 'stand-in-lock')
  mkdirSync(letters, { recursive: true })
  if (!writeLock(lock)) {
    const draft = join(folder, `stand-in-start-${process.pid}`)
    writeFileSync(draft, JSON.stringify(start))
    renameSync(draft, join(letters, `${process.pid}.json`))
    return null
  }
  const read = () => {
    for (const name of readdirSync(letters)) {
      const letter = join(letters, name)
      const text = readFileSync(letter, 'utf8')
      rmSync(letter)
      whenStarted(JSON.parse(text)) // written whole, above
    }
  }
  const watcher = watch(letters, read)
  watcher.unref()
  return () => {
    watcher.close()
    rmSync(lock, { force: true })
  }
}

function writeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (isRunning(Number(readFileSync(lock, 'utf8')))) return false
    rmSync(lock, { force: true }) // left by a program that was killed
    return writeLock(lock)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch {
    return false
  }
}
