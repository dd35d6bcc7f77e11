import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { fromDriver, StorageError } from './errors.ts'

/** Another process works on this data directory. */
export class AlreadyRunningError extends Error {
  readonly directory: string

  constructor(directory: string) {
    super(`Mantel is already running on ${directory}.`)
    this.name = 'AlreadyRunningError'
    this.directory = directory
  }
}

/**
 * Takes the existing data directory `directory` for this process and answers the function that gives it back. The lock is
 * SQLite's own on `lock.sqlite`: the operating system frees it with the process, however that ends. (Nothing else may
 * open that file in this process: with POSIX locks, closing any handle to a file drops all of its locks.)
 * Throws {@link AlreadyRunningError}, or {@link StorageError} where the file can't be made.
 */
export async function lockDataDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, 'lock.sqlite')
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, (error) =>
      error ? reject(fromDriver(error, 'open')) : resolve(opened),
    )
  })
  const release = () => new Promise<void>((resolve) => database.close(() => resolve()))
  try {
    await new Promise<void>((resolve, reject) => {
      database.exec('pragma busy_timeout = 0; begin exclusive', (error) =>
        error ? reject(fromDriver(error, 'begin exclusive')) : resolve(),
      )
    })
  } catch (error) {
    await release()
    throw error instanceof StorageError && error.code === 'busy' ? new AlreadyRunningError(directory) : error
  }
  return release
}
