import { stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import sqlite3 from 'sqlite3'
import { CommandFailure } from '../failure.ts'

/** A longer value or row is no PhotoPrism's: bytes. */
const LONGEST_VALUE = 16 * 1024 * 1024

type Row = Record<string, unknown>

/** Somebody else's SQLite file. Nothing in it is trusted, and nothing about it is changed. */
export interface ForeignDatabase {
  all(sql: string, params?: readonly (string | number)[]): Promise<Row[]>
  close(): Promise<void>
}

/**
 * Opens a SQLite file for reading alone: without its journal, without running anything that is written in its schema, values limited. Throws
 * {@link CommandFailure} where it is none, is broken, or was not closed in order (what stands in its journal would be missing).
 */
export async function openForeign(file: string): Promise<ForeignDatabase> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new CommandFailure(`${file} is not a file`)
  const journal = await stat(`${file}-wal`).catch(() => null)
  if (journal && journal.size > 0)
    throw new CommandFailure(
      `${file} is in use, or was not closed in order: stop PhotoPrism first, so that ${file}-wal goes away`,
    )
  const database = await open(file)
  const all = (sql: string, params: readonly (string | number)[] = []) =>
    new Promise<Row[]>((resolve, reject) =>
      database.all<Row>(sql, [...params], (error, rows) =>
        error ? reject(new CommandFailure(`${file} cannot be read: ${error.message}`)) : resolve(rows),
      ),
    )
  const close = () => new Promise<void>((resolve) => database.close(() => resolve()))
  try {
    await all('pragma trusted_schema = off')
    await all('pragma query_only = on')
    await all('pragma cell_size_check = on')
    const [checked] = await all('pragma quick_check(1)')
    if (Object.values(checked ?? {})[0] !== 'ok') throw new CommandFailure(`${file} is damaged`)
  } catch (error) {
    await close()
    throw error
  }
  return { all, close }
}

function open(file: string): Promise<sqlite3.Database> {
  // immutable: neither locks nor journals beside it
  const address = `${pathToFileURL(file).href}?mode=ro&immutable=1`
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(address, sqlite3.OPEN_READONLY | sqlite3.OPEN_URI, (error) => {
      if (error) return reject(new CommandFailure(`${file} cannot be opened: ${error.message}`))
      database.configure('limit', sqlite3.LIMIT_LENGTH, LONGEST_VALUE)
      database.configure('limit', sqlite3.LIMIT_ATTACHED, 0)
      resolve(database)
    })
  })
}

/** A value as text: SQLite holds anything in any column. Without what Mantel does not store, and no longer than `max` UTF-16 units. */
export function textOf(value: unknown, max: number): string {
  const text =
    typeof value === 'string'
      ? value
      : Buffer.isBuffer(value)
        ? value.toString('utf8')
        : typeof value === 'number'
          ? String(value)
          : ''
  return text.replaceAll('\0', '').slice(0, max).toWellFormed()
}

/** Whether a flag is set: 1, and whatever else the two drivers of PhotoPrism have written for true. */
export const flagOf = (value: unknown) => value === 1 || value === true || value === '1' || value === 'true'

/** A whole number from 0 on, else 0. */
export const countOf = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0

/** A moment in epoch ms, 0 where there is none; without a zone it is UTC. */
export function momentOf(value: unknown): number {
  const text = textOf(value, 40).trim().replace(' ', 'T')
  const at = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  return Number.isFinite(at) && at > 0 ? at : 0
}
