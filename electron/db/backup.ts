import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Connection } from './connection.ts'

const PARTIAL = '.partial'

/**
 * Writes a copy of the database `file`, as of now, to `<folder>/<name>-<UTC time>.sqlite` and answers its path. Other
 * connections may go on reading and writing. Throws {@link StorageError}, `full` above all; no partial copy remains then.
 */
export async function backupDatabase(file: string, folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // left by a program that was killed at it
  for (const left of await readdir(folder))
    if (left.includes(PARTIAL)) await rm(join(folder, left), { force: true })
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('.', '')
  const target = join(folder, `${name}-${stamp}.sqlite`)
  const partial = target + PARTIAL
  const connection = await Connection.open(file, { mode: 'write' })
  try {
    await connection.run('vacuum into ?', [partial])
    await chmod(partial, 0o600)
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    await connection.close()
  }
  return target
}
