import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of generated migrations: `drizzle/` beside `electron/` when run from sources, beside `out/` when built (there
 * the code lies in `out/main/` or its `chunks/`), also inside an asar, where Electron's `fs` reads on. Throws if an
 * incomplete installation lacks it.
 */
export function migrationsFolder(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from))
  for (let level = 0; level < 4; level += 1) {
    const candidate = join(folder, 'drizzle')
    if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate
    folder = dirname(folder)
  }
  throw new Error(`No migrations were found near ${fileURLToPath(from)}.`)
}
