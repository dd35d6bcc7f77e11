import { NoopCache } from 'drizzle-orm/cache/core'
import type { WithCacheConfig } from 'drizzle-orm/cache/core/types'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { NoopLogger } from 'drizzle-orm/logger'
import {
  createTableRelationsHelpers,
  type ExtractTablesWithRelations,
  extractTablesRelationalConfig,
  type RelationalSchemaConfig,
  type TablesRelationalConfig,
} from 'drizzle-orm/relations'
import type { Query, SQL } from 'drizzle-orm/sql'
import { type BaseSQLiteDatabase, SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import type { SelectedFieldsOrdered } from 'drizzle-orm/sqlite-core/query-builders/select.types'
import type { SQLiteExecuteMethod } from 'drizzle-orm/sqlite-core/session'
import {
  type AsyncRemoteCallback,
  type PreparedQueryConfig,
  RemotePreparedQuery,
  SQLiteRemoteSession,
  SqliteRemoteDatabase,
  type SqliteRemoteResult,
} from 'drizzle-orm/sqlite-proxy'
import type { Changes, Row } from './connection.ts'

/** Where statements go: one connection, or several to choose from. */
export interface Source {
  all(sql: string, params: readonly unknown[]): Promise<Row[]>
  run(sql: string, params: readonly unknown[]): Promise<Changes>
}

/** What a statement run for its effect answers. */
export type RunResult = SqliteRemoteResult & Changes

type Schema = Record<string, unknown>
type QueryMetadata = { type: 'select' | 'update' | 'delete' | 'insert'; tables: string[] }
/** What comes back: so many columns of a select or of `returning`, all columns in their order, or rows by name. */
type Shape = { kind: 'select' | 'returning'; columns: number } | { kind: 'in order' } | { kind: 'by name' }

/**
 * A drizzle database over `source`. Statements built with drizzle give what their types say, also where columns of several
 * tables have one name. Raw SQL (`all(sql\`…\`)`, `get`) gives row objects; `values(sql\`…\`)` of raw SQL is refused.
 * Errors are {@link SqlError} and {@link StorageError} (errors.ts), not drizzle's, whose messages hold bound values.
 */
export function drizzleOver<S extends Schema>(
  source: Source,
  schema: S,
): BaseSQLiteDatabase<'async', RunResult, S> {
  const { tables, tableNamesMap } = extractTablesRelationalConfig<ExtractTablesWithRelations<S>>(
    schema,
    createTableRelationsHelpers,
  )
  const config = { fullSchema: schema, schema: tables, tableNamesMap }
  const dialect = new SQLiteAsyncDialect({})
  const session = new NamedColumnsSession<S, ExtractTablesWithRelations<S>>(source, dialect, config)
  // `run` answers what `callback` below answers for it; drizzle fixes its type where no argument can name ours.
  return new SqliteRemoteDatabase<S>('async', dialect, session, config) as unknown as BaseSQLiteDatabase<
    'async',
    RunResult,
    S
  >
}

class NamedColumnsSession<S extends Schema, T extends TablesRelationalConfig> extends SQLiteRemoteSession<
  S,
  T
> {
  readonly #source: Source

  constructor(source: Source, dialect: SQLiteAsyncDialect, config: RelationalSchemaConfig<T>) {
    super(callback(source, { kind: 'by name' }), dialect, config)
    this.#source = source
  }

  override prepareQuery<C extends Omit<PreparedQueryConfig, 'run'>>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    executeMethod: SQLiteExecuteMethod,
    isResponseInArrayMode: boolean,
    customResultMapper?: (rows: unknown[][]) => unknown,
    queryMetadata?: QueryMetadata,
    cacheConfig?: WithCacheConfig,
  ): RemotePreparedQuery<C> {
    const kind = queryMetadata?.type === 'select' ? 'select' : 'returning'
    // Relational queries (with a mapper) name their columns after the keys of one table: unique already.
    const shape: Shape = fields
      ? { kind, columns: fields.length }
      : { kind: customResultMapper ? 'in order' : 'by name' }
    return new UnwrappedQuery<C>(
      callback(this.#source, shape),
      query,
      new NoopLogger(),
      new NoopCache(),
      queryMetadata,
      cacheConfig,
      fields,
      executeMethod,
      isResponseInArrayMode,
      customResultMapper,
    )
  }

  override async count(query: SQL): Promise<number> {
    const [row] = await this.all<Row>(query)
    return Number(Object.values(row ?? {})[0])
  }

  override transaction(): Promise<never> {
    return Promise.reject(new Error('Transactions are opened by write() alone.'))
  }

  override batch(): Promise<never> {
    return Promise.reject(new Error('Statements of one intention belong in write().'))
  }
}

class UnwrappedQuery<C extends PreparedQueryConfig> extends RemotePreparedQuery<C> {
  override run(values?: Record<string, unknown>): ReturnType<RemotePreparedQuery<C>['run']> {
    return super.run(values).catch(rethrowCause)
  }

  override all(values?: Record<string, unknown>): Promise<C['all']> {
    return super.all(values).catch(rethrowCause)
  }

  override get(values?: Record<string, unknown>): Promise<C['get']> {
    return super.get(values).catch(rethrowCause)
  }

  // biome-ignore lint/suspicious/noExplicitAny: the overridden method's own signature
  override values<V extends any[] = unknown[]>(values?: Record<string, unknown>): Promise<V[]> {
    return super.values<V>(values).catch(rethrowCause)
  }
}

function rethrowCause(error: unknown): never {
  throw error instanceof DrizzleQueryError && error.cause ? error.cause : error
}

function callback(source: Source, shape: Shape): AsyncRemoteCallback {
  return async (sql, params, method) => {
    if (method === 'run') return { rows: [], ...(await source.run(sql, params)) }
    if (method === 'values' && shape.kind === 'by name')
      throw new Error('values() of raw SQL would lose columns of equal names; all() gives rows by name.')
    const rows = await rowsInShape(source, sql, params, shape)
    // For `get` the proxy's contract is one row or undefined, though its type says a list.
    return method === 'get' ? { rows: rows[0] as unknown[] } : { rows }
  }
}

/**
 * The driver keys a row by column name, so columns of equal names merge and integer-like names move to the front: the
 * values of all columns behind them would shift. Selected columns therefore get unique names of their own around the
 * statement (which costs nothing measurable and, for a single source without an order of its own, keeps the order).
 */
async function rowsInShape(source: Source, sql: string, params: unknown[], shape: Shape): Promise<unknown[]> {
  if (shape.kind === 'by name') return source.all(sql, params)
  if (shape.kind === 'select') {
    const names = Array.from({ length: shape.columns }, (_, index) => `c${index}`).join(', ')
    const rows = await source.all(`with _r(${names}) as (${sql}) select * from _r`, params)
    return rows.map((row) => Object.values(row))
  }
  const rows = await source.all(sql, params)
  if (shape.kind === 'returning') checkNames(Object.keys(rows[0] ?? {}), rows.length ? shape.columns : 0, sql)
  return rows.map((row) => Object.values(row))
}

/** `returning` can't be wrapped: there, names that would merge or move are an error, which rolls the change back. */
function checkNames(names: string[], columns: number, sql: string): void {
  if (names.length === columns && !names.some((name) => /^\d+$/.test(name))) return
  throw new Error(`Columns of equal or numeric names in: ${sql}`)
}
