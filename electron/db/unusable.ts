import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { FILE_SYSTEM_CODES, StorageError, type StorageErrorCode } from './errors.ts'

/**
 * Why a household can't be opened in `directory`, in a sentence for whoever started the program: for an error of SQLite or of the file
 * system a {@link StorageError} that names the directory; every other error as it is.
 */
export function unusable(directory: string, error: unknown): unknown {
  const code = codeOf(directory, error)
  const sentence = code && SENTENCES[code]?.(directory)
  return code && sentence ? new StorageError(code, sentence, { cause: error }) : error
}

const SENTENCES: Partial<Record<StorageErrorCode, (directory: string) => string>> = {
  full: (directory) =>
    `The disk with the data directory ${directory} is full. Free some room and start again.`,
  read_only: (directory) =>
    `The data directory ${directory} can't be written: its disk is read-only, or the rights are missing.`,
  unopenable: (directory) => `The data directory ${directory} can't be made or opened.`,
  io: (directory) => `The disk with the data directory ${directory} failed; the system's log may say how.`,
  corrupt: (directory) =>
    `The database in ${directory} is damaged. Its folder "backups" may hold an older state.`,
}

function codeOf(directory: string, error: unknown): StorageErrorCode | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const told = error instanceof StorageError ? error.code : FILE_SYSTEM_CODES.get(code)
  // On a read-only disk SQLite says no more than that it can't, and Node that there is nothing.
  return told === 'unopenable' && !isWritable(directory) ? 'read_only' : told
}

/** Of a directory that is not there: whether it could be made. */
function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return !existsSync(directory) && dirname(directory) !== directory && isWritable(dirname(directory))
  }
}
