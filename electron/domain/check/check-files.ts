import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Read } from '../../db/connect.ts'
import type { Connection } from '../../db/connection.ts'
import { mtimeMsOf } from '../../workers/walk.ts'

/** The index against the disk. Paths are absolute. */
export interface FileFindings {
  /** files looked at */
  files: number
  /** in the index as present, but not there */
  missing: string[]
  /** of another size or time than in the index: the next scan takes that in */
  changed: string[]
  /** folders that are not there now; their files are not looked at */
  offline: string[]
  /** what was read of the originals; null where they were not read */
  bytes: ByteFindings | null
}

interface ByteFindings {
  read: number
  /** of the same size and time as in the index, but with other bytes: nobody changed them, the disk did */
  rotten: string[]
  unreadable: string[]
  /** not scanned to their end yet, so that there is nothing to compare with */
  unknown: number
}

/** How far the check is: files, and bytes read of them so far. */
export interface CheckProgress {
  done: number
  total: number
  bytesRead: number
}

interface Options {
  readBytes: boolean
  progress(progress: CheckProgress): void
}

interface IndexedFile {
  path: string
  size: number
  mtimeMs: number
  hash: string | null
}

/** Rows read at a time. */
const PAGE = 1000

/** Looks at every file that the index has as present in the household's folders. */
export async function checkFiles(
  connection: Connection,
  read: Read,
  { readBytes, progress }: Options,
): Promise<FileFindings> {
  const areas = await readAreasInUse(read)
  const isThere = await Promise.all(areas.map(({ path }) => isFolder(path)))
  const online = areas.filter((_area, index) => isThere[index])
  const offline = areas.filter((_area, index) => !isThere[index]).map(({ path }) => path)
  const bytes: ByteFindings | null = readBytes ? { read: 0, rotten: [], unreadable: [], unknown: 0 } : null
  const found: FileFindings = { files: 0, missing: [], changed: [], offline, bytes }
  const total = await countFiles(
    connection,
    online.map(({ id }) => id),
  )
  for (const { id } of online)
    for await (const file of filesOf(connection, id)) {
      await look(file, found)
      found.files += 1
      progress({ done: found.files, total, bytesRead: bytes?.read ?? 0 })
    }
  return found
}

async function look(file: IndexedFile, { missing, changed, bytes }: FileFindings): Promise<void> {
  const before = await stateOf(file.path)
  if (before === null) return void missing.push(file.path)
  if (before !== stateIn(file)) return void changed.push(file.path)
  if (!bytes) return
  if (file.hash === null) {
    bytes.unknown += 1
    return
  }
  try {
    const { hash, size } = await hashOf(file.path)
    bytes.read += size
    if (hash === file.hash) return
    // written to while it was read
    if ((await stateOf(file.path)) !== before) changed.push(file.path)
    else bytes.rotten.push(file.path)
  } catch {
    bytes.unreadable.push(file.path)
  }
}

const stateIn = ({ size, mtimeMs }: IndexedFile) => `${size} ${mtimeMs}`

/** Size and time; null where there is no file (a link is none). */
async function stateOf(path: string): Promise<string | null> {
  const found = await lstat(path, { bigint: true }).catch(() => null)
  return found?.isFile() ? `${found.size} ${mtimeMsOf(found)}` : null
}

async function hashOf(path: string): Promise<{ hash: string; size: number }> {
  const hash = createHash('sha256')
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 })
  await pipeline(stream, hash)
  return { hash: hash.digest('hex'), size: stream.bytesRead }
}

const isFolder = async (path: string) => (await lstat(path).catch(() => null))?.isDirectory() ?? false

async function countFiles(connection: Connection, areaIds: number[]): Promise<number> {
  const [row] = await connection.all(
    `select count(*) as count from files where presence = 'present' and area_id in (select value from json_each(?))`,
    [JSON.stringify(areaIds)],
  )
  return Number(row?.count)
}

async function* filesOf(connection: Connection, areaId: number): AsyncGenerator<IndexedFile> {
  let after = 0
  for (;;) {
    const rows = await connection.all(
      `select files.id, directories.path as folder, name, size_bytes, mtime_ms, content_hash
       from files join directories on directories.id = files.directory_id
       where files.area_id = ? and files.presence = 'present' and files.id > ? order by files.id limit ${PAGE}`,
      [areaId, after],
    )
    for (const { id, folder, name, size_bytes, mtime_ms, content_hash } of rows) {
      after = Number(id)
      yield {
        path: join(String(folder), String(name)),
        size: Number(size_bytes),
        mtimeMs: Number(mtime_ms),
        hash: content_hash === null ? null : String(content_hash),
      }
    }
    if (rows.length < PAGE) return
  }
}
