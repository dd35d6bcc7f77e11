import { open, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Waits until what was written to the file is on the medium. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Waits until names that were made, changed or removed in the folder are on the medium. Windows knows no such thing and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a small file whole or not at all, for its owner alone, and waits until it is on the medium. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`
  await writeFile(partial, text, { mode: 0o600 })
  await syncFile(partial)
  await rename(partial, path)
  await syncFolder(dirname(path))
}
