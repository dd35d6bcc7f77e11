import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFile, syncFolder } from '../lib/durable.ts'
import { COPY, KEY, nextBackupName, PARTIAL, removePartial } from './backup-files.ts'
import { Connection } from './connection.ts'
import { checkCopy } from './copy.ts'

interface BackupOptions {
  /** looks at every index of the copy, too */
  thorough?: boolean
  /** the key file to copy along; it may be missing */
  key?: string | null
  signal?: AbortSignal | undefined
}

/**
 * Writes a copy of the database `file`, as of now, into `folder` (made where it is missing) and answers its path. Other connections may
 * go on reading and writing. The copy has its name only once it is whole, checked and on the medium. `made`: what it was made for,
 * first part of its name. Throws {@link StorageError}, `full` above all, and errors of the file system; no partial copy remains then.
 */
export async function backupDatabase(
  file: string,
  folder: string,
  made: string,
  options: BackupOptions = {},
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removePartial(folder)
  const target = join(folder, (await nextBackupName(folder, made)) + COPY)
  await copyDatabase(file, target, options)
  return target
}

/** The same to a file of any name, in a folder that is there. */
export async function copyDatabase(
  file: string,
  target: string,
  { thorough = false, key = null, signal }: BackupOptions = {},
): Promise<void> {
  const partial = target + PARTIAL
  const partialKey = `${partial}${KEY}${PARTIAL}`
  try {
    await rm(partial, { force: true })
    await vacuumInto(file, partial, signal)
    await checkCopy(partial, { thorough, signal })
    await makePrivate(partial)
    await syncFile(partial)
    if (key !== null && (await copyWhereThere(key, partialKey))) {
      await makePrivate(partialKey)
      await syncFile(partialKey)
      await rename(partialKey, target.slice(0, -COPY.length) + KEY)
    }
    await rename(partial, target)
    await syncFolder(dirname(target))
  } catch (error) {
    for (const left of [partial, `${partial}-journal`, partialKey]) await rm(left, { force: true })
    throw error
  }
}

async function vacuumInto(file: string, target: string, signal: AbortSignal | undefined): Promise<void> {
  const connection = await Connection.open(file, { mode: 'write' })
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    signal?.throwIfAborted()
    await connection.run('vacuum into ?', [target])
  } finally {
    signal?.removeEventListener('abort', interrupt)
    await connection.close()
  }
}

async function copyWhereThere(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** Its owner's alone, where the file system knows rights: an external disk's often does not. */
const makePrivate = (path: string) => chmod(path, 0o600).catch(() => undefined)
