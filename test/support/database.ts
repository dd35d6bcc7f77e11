import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../electron/db/connect.ts'
import { migrationsFolder } from '../../electron/db/migrations-folder.ts'

/** An empty folder that goes away with the running test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** A household's real database, with all migrations, in a folder of its own; closed when the running test ends. */
export async function makeDatabase(): Promise<Database> {
  const database = await openDatabase({
    file: join(await makeFolder(), 'mantel.sqlite'),
    migrationsFolder: migrationsFolder(),
  })
  onTestFinished(() => database.close())
  return database
}
