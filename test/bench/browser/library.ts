import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { type Database, openDatabase } from '../../../electron/db/connect.ts'
import { migrationsFolder } from '../../../electron/db/migrations-folder.ts'
import { startHousehold } from '../household.ts'
import { makePictures } from '../pictures.ts'

export const PHOTOS = 1_000_000
/** Of these so many lie in one month, as in the library that froze another program for 18 seconds. */
const CROWDED = 70_000
const YEARS = 20
/** Real pictures; the rows put in share their thumbnails by content. */
const REAL = 60
/** Rows of one write. */
const AT_ONCE = 100_000

/**
 * Makes a data directory whose only account, `ada`, sees {@link PHOTOS} photos, each with a thumbnail that is really there: real pictures are
 * scanned, then rows with their contents put in beside them.
 */
export async function makeLibrary(directory: string): Promise<{ dataDir: string }> {
  const folder = join(directory, 'pictures')
  await mkdir(folder, { recursive: true })
  await makePictures(folder, REAL, 1600)
  const household = await startHousehold(directory)
  await household.addFolder(folder)
  await household.ended('scan')
  await household.ada.get('setup.finish', {})
  await household.stop()
  const dataDir = join(directory, 'data')
  const db = await openDatabase({
    file: join(dataDir, 'mantel.sqlite'),
    migrationsFolder: migrationsFolder(),
  })
  try {
    await fill(db)
  } finally {
    await db.close()
  }
  return { dataDir }
}

async function fill(db: Database): Promise<void> {
  const spread = PHOTOS - CROWDED - REAL
  const seconds = (YEARS * 365.25 * 86_400) / spread
  for (let start = 0; start < spread; start += AT_ONCE)
    await put(db, Math.min(AT_ONCE, spread - start), `1104537600 + (i + ${start}) * ${seconds}`)
  await put(db, CROWDED, `strftime('%s', '2019-07-01') + i * ${(30 * 86_400) / CROWDED}`)
}

/** Photos of the shapes that cameras make, taken at `moment` (seconds since 1970, an expression over `i`), and a file for each. */
async function put(db: Database, count: number, moment: string): Promise<void> {
  await db.write(async (tx) => {
    const first = (await tx.all<{ id: number }>(sql`select coalesce(max(id), 0) + 1 as id from photos`))[0]
    const area = sql`(select id from areas limit 1)`
    const rows = sql`with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ${count})`
    const at = sql.raw(moment)
    await tx.run(sql`${rows}
      insert into photos (area_id, kind, state, taken_at, taken_source, width, height, thumbhash, mime, added_at, has_preview)
      select ${area}, 'image', 'ready', strftime('%Y-%m-%dT%H:%M:%f', ${at}, 'unixepoch'), 'exif',
        case i % 4 when 0 then 3024 when 1 then 1920 else 4032 end,
        case i % 4 when 0 then 4032 when 1 then 1080 else 3024 end,
        (select thumbhash from photos where id = 1 + i % ${REAL}), 'image/jpeg', 0, 1
      from n`)
    await tx.run(sql`
      insert into files (photo_id, area_id, directory_id, name, size_bytes, mtime_ms, quick_hash, content_hash)
      select id, ${area}, (select id from directories limit 1), 'made-' || id || '.jpg', 1000, 0, null,
        (select content_hash from files f where f.photo_id = 1 + photos.id % ${REAL})
      from photos where id >= ${first?.id ?? 1}`)
  })
}
