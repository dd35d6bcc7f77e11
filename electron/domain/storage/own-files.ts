import { join } from 'node:path'
import type { WalkClient } from '../../workers/walk-client.ts'
import { CLEAN_FOLDER } from '../media/pictures.ts'

/** What Mantel itself takes of its disk, bytes. */
export interface OwnBytes {
  thumbnails: number
  previews: number
  /** the database with its write-ahead log */
  database: number
  backups: number
}

/**
 * Measures the data directory. The cache may hold millions of files: walk workers look at them, directory by directory. Throws the
 * signal's reason when aborted.
 */
export async function measureOwn(
  walk: Pick<WalkClient, 'measure'>,
  dataDir: string,
  signal: AbortSignal,
): Promise<OwnBytes> {
  const below = async (path: string): Promise<number> => {
    signal.throwIfAborted()
    const size = await walk.measure(path)
    if (!size) return 0
    let bytes = size.bytes
    for (const name of size.directories) bytes += await below(join(path, name))
    return bytes
  }
  const cache = join(dataDir, 'cache')
  const own: OwnBytes = { thumbnails: 0, previews: 0, database: 0, backups: 0 }
  for (const name of (await walk.measure(cache))?.directories ?? []) {
    // by the names that `pictureFile` gives
    if (name.startsWith('thumb-')) own.thumbnails += await below(join(cache, name))
    if (name.startsWith('preview-') || name === CLEAN_FOLDER) own.previews += await below(join(cache, name))
  }
  own.database = (await walk.measure(dataDir, 'mantel.sqlite'))?.bytes ?? 0
  own.backups = await below(join(dataDir, 'backups'))
  return own
}
