import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KEY_FILE } from '../../lib/secrets.ts'

/** How the key of a backup stands to the one in use: it brings none, the same, one where there is none, another. */
export type KeyState = 'none' | 'same' | 'missing' | 'other'

/** `key`: path of the key file beside the copy, null where there is none. */
export async function keyState(dataDir: string, key: string | null): Promise<KeyState> {
  if (key === null) return 'none'
  const own = await textOf(join(dataDir, KEY_FILE))
  if (own === null) return 'missing'
  return own === (await textOf(key)) ? 'same' : 'other'
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}
