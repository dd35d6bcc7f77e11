import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Connection } from '../../../electron/db/connection.ts'
import { pictureFile } from '../../../electron/domain/media/pictures.ts'
import { filesOnDisk } from './living-folder.ts'

/** Reads a household's database from outside, be a server at it or not. */
export async function queryHousehold(
  dataDir: string,
  sql: string,
  params: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  return withDatabase(dataDir, (connection) => connection.all(sql, params))
}

/** As {@link queryHousehold}, for several statements that may change it. */
export async function withDatabase<T>(
  dataDir: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await Connection.open(join(dataDir, 'mantel.sqlite'), { mode: 'write' })
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** Photos' ids and files' names of all files that count as present. */
export async function presentFiles(dataDir: string): Promise<{ photoId: number; name: string }[]> {
  const rows = await queryHousehold(
    dataDir,
    "select photo_id as photoId, name from files where presence = 'present'",
  )
  return rows.map(({ photoId, name }) => ({ photoId: Number(photoId), name: String(name) }))
}

/** Expects the index to hold exactly what lies on disk below `root`, each file once, each with its pictures. */
export async function expectIndexOf(root: string, dataDir: string): Promise<void> {
  const rows = await queryHousehold(
    dataDir,
    `select directories.path || '/' || files.name as path, size_bytes as size, mtime_ms as mtimeMs,
       content_hash as contentHash, photos.state, photos.shelf, photos.state_reason as reason
     from files join directories on directories.id = files.directory_id join photos on photos.id = files.photo_id
     where presence = 'present'`,
  )
  const onDisk = filesOnDisk(root)
  const expected = [...onDisk].map(([path, { size }]) => `${path} (${size})`).sort()
  expect(rows.map(({ path, size }) => `${path} (${size})`).sort()).toEqual(expected)
  expect(rows.filter(({ state, shelf }) => state !== 'ready' || shelf !== 'shown')).toEqual([])
  const stale = rows.filter(({ path, contentHash }) => contentHash !== sha256(String(path)))
  expect(stale).toEqual([])
  const without = rows.filter(({ contentHash }) =>
    (['thumb', 'preview'] as const).some(
      (kind) => !existsSync(join(dataDir, 'cache', pictureFile(kind, String(contentHash), false).path)),
    ),
  )
  expect(without).toEqual([])
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Expects a database that is whole: in SQLite's eyes, and by the rules no constraint can hold. */
export async function expectWhole(dataDir: string): Promise<void> {
  const ask = (sql: string) => queryHousehold(dataDir, sql)
  expect(await ask('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await ask('pragma foreign_key_check')).toEqual([])
  // every photo has exactly one primary file, and both lie in the area of their directory
  const primaries = `select photos.id from photos left join files on files.photo_id = photos.id and part = 'primary'
    group by photos.id having count(files.id) <> 1`
  expect(await ask(primaries)).toEqual([])
  const elsewhere = `select files.id from files join photos on photos.id = files.photo_id
    join directories on directories.id = files.directory_id
    where files.area_id <> directories.area_id or photos.area_id <> directories.area_id`
  expect(await ask(elsewhere)).toEqual([])
  // a photo is missing exactly when its file is
  const lost = `select photos.id from photos join files on files.photo_id = photos.id
    where (photos.missing_at is null) <> (files.presence = 'present')`
  expect(await ask(lost)).toEqual([])
  const counted = `select area_id, shelf, month, count(*) as count from photos group by area_id, shelf, month`
  const kept = 'select area_id, shelf, month, count from month_counts where count <> 0'
  expect(await ask(`select * from (${counted}) except select * from (${kept})`)).toEqual([])
  expect(await ask(`select * from (${kept}) except select * from (${counted})`)).toEqual([])
  expect(await ask("select id from jobs where state in ('running', 'queued')")).toEqual([])
}

/** Files in the cache that are no made picture. */
export function strayFiles(dataDir: string): string[] {
  return readdirSync(join(dataDir, 'cache'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^[0-9a-f]{64}\.(webp|jpg)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
