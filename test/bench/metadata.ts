import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openDatabase } from '../../electron/db/connect.ts'
import { migrationsFolder } from '../../electron/db/migrations-folder.ts'
import { ensureArea } from '../../electron/domain/areas/areas.ts'
import { RECIPES } from '../../electron/domain/media/pictures.ts'
import { scanArea } from '../../electron/domain/scan/scan-area.ts'
import { createSurroundings } from '../../electron/domain/scan/surroundings.ts'
import { createMediaClient } from '../../electron/workers/media-client.ts'
import { forkSpawner } from '../../electron/workers/spawn.ts'
import { createWalkClient } from '../../electron/workers/walk-client.ts'
import { median, runs, tell, timed } from './figures.ts'

const PICTURES = 20_000
const RUNS = 3
const MAKE_LIBRARY = fileURLToPath(new URL('../../../shared/photos/make-library.py', import.meta.url))

/** (f) Files a second of a scan's metadata pass alone: walk, read, index; nothing is decoded. */
export async function benchMetadata(directory: string): Promise<void> {
  if (!existsSync(MAKE_LIBRARY)) return tell('(f) metadata pass', 'skipped: no make-library.py here')
  const library = join(directory, 'library')
  await promisify(execFile)('python3', [MAKE_LIBRARY, library, '--photos', String(PICTURES)])
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run += 1) seconds.push(await pass(library, join(directory, `${run}.sqlite`)))
  tell(`(f) metadata pass over ${PICTURES} pictures`, runs(seconds))
  tell('    files a second', (PICTURES / median(seconds)).toFixed(0), '≥ 600')
}

async function pass(library: string, file: string): Promise<number> {
  const db = await openDatabase({ file, migrationsFolder: migrationsFolder() })
  const walk = createWalkClient({ spawner: forkSpawner })
  const media = createMediaClient({ spawner: forkSpawner, processes: 2 })
  try {
    const found = await walk.check(library)
    if (!found.ok) throw new Error(found.problem)
    const clock = Date.now
    const areaId = await ensureArea({ db, clock }, { ...found, path: found.realPath })
    const needs = {
      ...{ db, walk, media, clock, dataDir: `${library}-data`, atOnce: () => 2 },
      // The one part left out: decoding.
      rendering: {
        previewRecipe: () => RECIPES.preview,
        takeUp: async () => 0,
        ensureRendered: async () => undefined,
        idle: async () => undefined,
      },
      surroundings: createSurroundings({ db, walk, statusChanged: () => undefined }),
      changed: () => undefined,
      statusChanged: () => undefined,
    }
    const context = {
      signal: new AbortController().signal,
      progress: () => undefined,
      fail: () => undefined,
    }
    let files = 0
    const took = await timed(async () => {
      files = (await scanArea(needs, areaId, context)).files
    })
    if (files !== PICTURES) throw new Error(`${files} of ${PICTURES} files were found`)
    return took / 1000
  } finally {
    walk.close()
    media.close()
    await db.close()
  }
}
