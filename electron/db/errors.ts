/** What went wrong with the place the database lives in, as opposed to what somebody asked of it. */
export type StorageErrorCode =
  | 'full'
  | 'read_only'
  | 'busy'
  | 'io'
  | 'corrupt'
  | 'unopenable'
  | 'closed'
  | 'foreign'
  | 'newer'
  | 'diverged'
  | 'network'

/** The storage under the database failed or is not usable; nothing was changed. `code` tells which way. */
export class StorageError extends Error {
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
    this.code = code
  }
}

/**
 * SQLite refused a statement. `code` is SQLite's own name (`SQLITE_CONSTRAINT`, …). The message never holds bound
 * values: they can be password hashes or names, and messages end up in logs.
 */
export class SqlError extends Error {
  readonly code: string
  readonly sql: string

  constructor(code: string, message: string, sql: string) {
    super(message)
    this.name = 'SqlError'
    this.code = code
    this.sql = sql
  }
}

/** Result codes (https://www.sqlite.org/rescode.html) that speak of the storage and not of the statement. */
const storageCodes = new Map<string, StorageErrorCode>([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CANTOPEN', 'unopenable'],
  ['SQLITE_PERM', 'unopenable'],
])

/**
 * Turns an error of the driver into a {@link StorageError} or a {@link SqlError}. `sql` is the statement's text;
 * `queryOnly` says that the connection may only read: its SQLITE_READONLY is a fault of ours and not the disk's.
 */
export function fromDriver(error: unknown, sql: string, queryOnly = false): StorageError | SqlError {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'SQLITE_ERROR'
  const storage = storageCodes.get(code)
  if (storage && !(queryOnly && storage === 'read_only'))
    return new StorageError(storage, message, { cause: error })
  return new SqlError(code, message, sql)
}

/** Codes of the file system, as the storage's own. */
export const FILE_SYSTEM_CODES: ReadonlyMap<string, StorageErrorCode> = new Map([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'read_only'],
  ['EACCES', 'read_only'],
  ['EPERM', 'read_only'],
  ['ENOENT', 'unopenable'],
  ['ENOTDIR', 'unopenable'],
  ['EEXIST', 'unopenable'],
  ['EIO', 'io'],
])

/** An error of the file system as a {@link StorageError}; every other one as it is. */
export function fromFileSystem(error: unknown): unknown {
  const code =
    error instanceof Error && 'code' in error ? FILE_SYSTEM_CODES.get(String(error.code)) : undefined
  return code && !(error instanceof StorageError)
    ? new StorageError(code, String(error), { cause: error })
    : error
}

/**
 * True if `error` says that a row with this key exists already. `column` (`table.column`, as SQLite names it) narrows it to
 * one column's uniqueness, alone or in a group.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  if (!(error instanceof SqlError) || error.code !== 'SQLITE_CONSTRAINT') return false
  const columns = /UNIQUE constraint failed: (.+)$/.exec(error.message)?.[1]?.split(', ')
  return columns !== undefined && (column === undefined || columns.includes(column))
}
