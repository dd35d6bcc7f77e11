import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '../../db/connection.ts'

/** The cache of pictures: how many there are, and how many of them belong to no file of the index. */
export interface CacheFindings {
  pictures: number
  orphans: number
}

/** `<sha-256>.webp` or `.jpg`, in `<recipe>/<first two digits>/` */
const PICTURE = /^([0-9a-f]{64})\.(webp|jpg)$/

/** Counts pictures that nothing needs any more; they take room and do no harm. */
export async function checkCache(connection: Connection, cacheDirectory: string): Promise<CacheFindings> {
  const found: CacheFindings = { pictures: 0, orphans: 0 }
  for (const recipe of await namesIn(cacheDirectory))
    for (const part of await namesIn(join(cacheDirectory, recipe))) {
      const names = await namesIn(join(cacheDirectory, recipe, part))
      const hashes = names.flatMap((name) => PICTURE.exec(name)?.[1] ?? [])
      found.pictures += hashes.length
      const [row] = await connection.all(
        'select count(*) as orphans from json_each(?) where not exists (select 1 from files where content_hash = value)',
        [JSON.stringify(hashes)],
      )
      found.orphans += Number(row?.orphans)
    }
  return found
}

/** Nothing where there is no such folder: the cache may always be deleted. */
const namesIn = (folder: string) => readdir(folder).catch((): string[] => [])
