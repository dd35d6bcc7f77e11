import sqlite3 from 'sqlite3'
import { fromDriver, StorageError } from './errors.ts'

/** What can be bound to a placeholder. */
type Bindable = string | number | boolean | null | Uint8Array

/** A row as the driver gives it, keyed by column name: equal names have merged (see session.ts). */
export type Row = Record<string, unknown>

/** What a statement changed. `lastId` is the rowid of the last inserted row, meaningful after an insert only. */
export interface Changes {
  changes: number
  lastId: number
}

type Mode = 'read' | 'write' | 'look'

interface OpenOptions {
  /** `read` connections exist only to read: writes through them are refused. `look`: a file that is not ours and may lie on a read-only disk. */
  mode: Mode
}

const statementsKept = 200

const openFlags: Record<Mode, number> = {
  // readers share the log's index, which takes writing
  read: sqlite3.OPEN_READWRITE,
  write: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
  look: sqlite3.OPEN_READONLY,
}

/** Waits this long for another process's lock, in milliseconds, before a statement fails as busy. */
const busyTimeoutMs = 5000

/** Page caches in KiB (negative: SQLite's way of saying KiB). The writer's holds a scan batch with all its indexes. */
const cacheKib = { read: -8192, write: -16_384, look: -8192 }

/** Statements that leave nothing open after one step; all others are reset after `run`. */
const plainChange = /^\s*(insert|update|delete|replace)\b(?![\s\S]*\breturning\b)/i

/**
 * One SQLite connection with its prepared statements. Statements run strictly one after the other: a connection works on
 * one at a time anyway, and a second one waiting inside SQLite would hold a thread of the pool that files and bcrypt need.
 */
export class Connection {
  readonly file: string
  readonly #raw: sqlite3.Database
  readonly #mode: Mode
  readonly #statements = new Map<string, sqlite3.Statement>()
  #tail: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #closed = false

  private constructor(file: string, raw: sqlite3.Database, mode: Mode) {
    this.file = file
    this.#raw = raw
    this.#mode = mode
  }

  /**
   * Opens `file`; a writer creates it where it is missing. Throws {@link StorageError}: `unopenable`, `corrupt`,
   * `read_only`, or `network` where the file system can't share memory between connections (no WAL).
   */
  static async open(file: string, { mode }: OpenOptions): Promise<Connection> {
    const flags = openFlags[mode]
    const raw = await new Promise<sqlite3.Database>((resolve, reject) => {
      const database = new sqlite3.Database(file, flags, (error) =>
        error ? reject(fromDriver(error, 'open')) : resolve(database),
      )
    })
    const connection = new Connection(file, raw, mode)
    try {
      await connection.#setPragmas()
    } catch (error) {
      await connection.close()
      throw error
    }
    return connection
  }

  async #setPragmas(): Promise<void> {
    // No mmap_size: with mapped files a failing disk ends the process by a signal instead of an error that can be told.
    await this.exec(`pragma busy_timeout = ${busyTimeoutMs}`)
    await this.exec(`pragma cache_size = ${cacheKib[this.#mode]}; pragma temp_store = memory`)
    // what a file from outside says of functions and cells is not believed
    if (this.#mode === 'look') await this.exec('pragma trusted_schema = off; pragma cell_size_check = on')
    if (this.#mode !== 'write') return this.exec('pragma query_only = on')
    const [row] = await this.all('pragma journal_mode = wal')
    if (row?.journal_mode !== 'wal')
      throw new StorageError('network', 'The file system does not support write-ahead logging.')
    // recursive_triggers: without it `insert or replace` deletes rows behind the back of the delete triggers.
    await this.exec('pragma synchronous = normal; pragma foreign_keys = on; pragma recursive_triggers = on')
  }

  /** Statements handed over and not yet answered. */
  get waiting(): number {
    return this.#waiting
  }

  /** Runs `sql`, which may hold several statements, and answers nothing. */
  exec(sql: string): Promise<void> {
    return this.#inTurn(
      () =>
        new Promise<void>((resolve, reject) => {
          this.#raw.exec(sql, (error) => (error ? reject(this.#failure(error, sql)) : resolve()))
        }),
    )
  }

  /**
   * Answers all rows. There is no `get`: a statement that isn't stepped to its end keeps its snapshot of the database,
   * and the write-ahead log can't be emptied as long as it does.
   */
  async all(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const bound = checkBindable(params)
    return this.#inTurn(async () => {
      const statement = await this.#prepare(sql)
      return new Promise<Row[]>((resolve, reject) => {
        statement.all<Row>(bound, (error, rows) =>
          error ? reject(this.#failure(error, sql)) : resolve(rows),
        )
      })
    })
  }

  /** Runs one statement for its effect. */
  async run(sql: string, params: readonly unknown[] = []): Promise<Changes> {
    const bound = checkBindable(params)
    return this.#inTurn(async () => {
      const statement = await this.#prepare(sql)
      const changes = await new Promise<Changes>((resolve, reject) => {
        const failure = (error: Error) => reject(this.#failure(error, sql))
        statement.run(bound, function (error) {
          if (error) failure(error)
          else resolve({ changes: this.changes, lastId: this.lastID })
        })
      })
      if (!plainChange.test(sql)) await new Promise<void>((resolve) => statement.reset(() => resolve()))
      return changes
    })
  }

  /** Breaks off the statement that runs now, if one does; it fails with an `SqlError`. */
  interrupt(): void {
    if (!this.#closed) this.#raw.interrupt()
  }

  /** Waits for what was handed over, then closes. Later calls fail with {@link StorageError} `closed`. */
  async close(): Promise<void> {
    if (this.#closed) return
    const last = this.#inTurn(async () => {
      for (const statement of this.#statements.values()) await finalize(statement)
      this.#statements.clear()
      await new Promise<void>((resolve, reject) => {
        this.#raw.close((error) => (error ? reject(this.#failure(error, 'close')) : resolve()))
      })
    })
    this.#closed = true
    await last
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageError('closed', 'The database is closed.'))
    this.#waiting += 1
    const turn = this.#tail.then(work)
    this.#tail = turn.then(
      () => this.#done(),
      () => this.#done(),
    )
    return turn
  }

  #done(): void {
    this.#waiting -= 1
  }

  async #prepare(sql: string): Promise<sqlite3.Statement> {
    const kept = this.#statements.get(sql)
    if (kept) {
      this.#statements.delete(sql)
      this.#statements.set(sql, kept)
      return kept
    }
    const statement = await new Promise<sqlite3.Statement>((resolve, reject) => {
      const prepared = this.#raw.prepare(sql, (error: Error | null) =>
        error ? reject(this.#failure(error, sql)) : resolve(prepared),
      )
    })
    this.#statements.set(sql, statement)
    for (const [text, oldest] of this.#statements) {
      if (this.#statements.size <= statementsKept) break
      this.#statements.delete(text)
      await finalize(oldest)
    }
    return statement
  }

  #failure(error: unknown, sql: string): Error {
    return fromDriver(error, sql, this.#mode !== 'write')
  }
}

function finalize(statement: sqlite3.Statement): Promise<void> {
  return new Promise((resolve) => statement.finalize(() => resolve()))
}

/**
 * The driver binds what it doesn't know as NULL (BigInt, undefined, NaN) or as text (objects) without a word, and reads
 * integers beyond 2^53 back inexactly. Both would be silent loss, so both are refused.
 */
function checkBindable(params: readonly unknown[]): Bindable[] {
  return params.map((value, index) => {
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      value instanceof Uint8Array
    )
      return value
    if (typeof value === 'number') {
      if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value
      throw new TypeError(`Parameter ${index + 1}: ${value} can't be stored exactly.`)
    }
    const kind = typeof value === 'object' ? 'an object' : typeof value
    throw new TypeError(`Parameter ${index + 1}: ${kind} can't be bound; 64-bit numbers are stored as text.`)
  })
}
