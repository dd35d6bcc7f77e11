import { AsyncLocalStorage } from 'node:async_hooks'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Changes, Connection, Row } from './connection.ts'
import { StorageError } from './errors.ts'
import { drizzleOver, type RunResult, type Source } from './session.ts'

/** interactive: a person waits, and what they were told is done survives a power cut. background: scans. */
type Priority = 'interactive' | 'background'

declare const insideWrite: unique symbol

/** The database inside a `write`. Good until that write ends, and in the flow it was given to. */
export type TxOver<S extends Record<string, unknown>> = Omit<
  BaseSQLiteDatabase<'async', RunResult, S>,
  'transaction'
> & { readonly [insideWrite]: true }

/**
 * Runs `work` in one transaction of its own and answers what it answers, after the commit. An error of `work` rolls back and
 * comes out unchanged. Writes run one at a time, interactive ones ahead of all background ones that wait. Inside, await
 * statements only (everybody else waits), and change at most 500 rows. Calling `write` inside `work` is refused: pass
 * `tx` down instead. Throws {@link StorageError} where the disk is full, read-only, …; nothing is changed then.
 */
export type WriteOver<S extends Record<string, unknown>> = <T>(
  work: (tx: TxOver<S>) => Promise<T>,
  options?: { priority?: Priority },
) => Promise<T>

/** The only way to the writing connection: `write`, and `alone` for statements that can't be in a transaction. */
export interface Writer<S extends Record<string, unknown>> {
  write: WriteOver<S>
  alone<T>(work: (connection: Connection) => Promise<T>, priority: Priority): Promise<T>
  /** How many writes were committed; told before whoever wrote hears of it. */
  commits(): number
  /** Refuses further writes and waits for those that were accepted. */
  close(): Promise<void>
}

/** One transaction's life, carried along its asynchronous flow. */
interface Turn {
  open: boolean
  /** the storage failed under it: SQLite may have rolled back already, so nothing may follow */
  broken: StorageError | undefined
}

/** Builds the {@link Writer} over the household's one writing connection. A `beforeCommit` that throws rolls back. */
export function createWriter<S extends Record<string, unknown>>(
  connection: Connection,
  schema: S,
  beforeCommit: (connection: Connection) => Promise<void> = async () => {},
): Writer<S> {
  const queue = new PriorityQueue()
  const flow = new AsyncLocalStorage<Turn>()
  const database = drizzleOver(guarded(connection, flow), schema)
  // The brand exists in types only: it keeps a reading database from being passed where a write's is needed.
  const tx = database as unknown as TxOver<S>
  let synchronous: Priority | undefined
  let commits = 0

  async function begin(priority: Priority): Promise<void> {
    // `synchronous` can't change inside a transaction. In WAL mode NORMAL may lose the last commits at a power cut,
    // never the database's integrity; FULL syncs the log at each commit.
    if (synchronous !== priority) {
      await connection.exec(`pragma synchronous = ${priority === 'interactive' ? 'full' : 'normal'}`)
      synchronous = priority
    }
    await connection.exec('begin immediate')
  }

  function refuseNested(): Promise<never> | undefined {
    if (flow.getStore()?.open)
      return Promise.reject(new Error('write() inside write(): pass its tx down instead.'))
    return undefined
  }

  return {
    write: (work, { priority = 'interactive' } = {}) =>
      refuseNested() ??
      queue.run(priority, async () => {
        await begin(priority)
        const turn: Turn = { open: true, broken: undefined }
        try {
          // Awaited inside the flow: drizzle's statements start only when they are awaited.
          const result = await flow.run(turn, async () => await work(tx))
          turn.open = false
          if (turn.broken) throw turn.broken
          await beforeCommit(connection)
          await connection.exec('commit')
          commits += 1
          return result
        } catch (error) {
          turn.open = false
          // Where SQLite rolled back by itself there is nothing left to roll back, which is no further error.
          await connection.exec('rollback').catch(() => undefined)
          throw error
        }
      }),
    alone: (work, priority) => refuseNested() ?? queue.run(priority, () => work(connection)),
    commits: () => commits,
    close: () => queue.close(),
  }
}

/** Lets statements through only in the flow of the write that is open now. */
function guarded(connection: Connection, flow: AsyncLocalStorage<Turn>): Source {
  async function inside<T>(statement: () => Promise<T>): Promise<T> {
    const turn = flow.getStore()
    if (!turn?.open)
      throw new Error('This write() has ended; a statement in it was not awaited, or tx was kept.')
    if (turn.broken) throw turn.broken
    try {
      return await statement()
    } catch (error) {
      if (error instanceof StorageError) turn.broken = error
      throw error
    }
  }
  return {
    all: (sql, params): Promise<Row[]> => inside(() => connection.all(sql, params)),
    run: (sql, params): Promise<Changes> => inside(() => connection.run(sql, params)),
  }
}

/** Runs one piece of work at a time; waiting interactive ones go first, each kind in the order it came. */
class PriorityQueue {
  readonly #waiting: Record<Priority, (() => Promise<void>)[]> = { interactive: [], background: [] }
  #running: Promise<void> | undefined
  readonly #own = AsyncLocalStorage.snapshot()
  #closed = false

  run<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageError('closed', 'The database is closed.'))
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    // Each piece of work keeps its caller's asynchronous flow; the loop has its own, not that of whoever woke it up.
    const callers = AsyncLocalStorage.snapshot()
    this.#waiting[priority].push(() => callers(work).then(resolve, reject))
    this.#running ??= this.#own(() => this.#drain())
    return promise
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  async #drain(): Promise<void> {
    for (;;) {
      const next = this.#waiting.interactive.shift() ?? this.#waiting.background.shift()
      if (!next) break
      await next()
    }
    this.#running = undefined
  }
}
