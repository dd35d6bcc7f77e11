import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import { type KeptSessions, Seats } from '../doors/seats.ts'
import type { Log } from '../lib/log.ts'
import { hasKeychain } from './keychain.ts'

const NOTHING: KeptSessions = { tokens: [], last: null }

/**
 * The seats of all windows, with the sessions that this computer remembers in a file of the owner's, encrypted under the system's keychain.
 * Without a keychain nothing is kept, and what was kept before is not read; a file that can no longer be read is as good as none.
 * @param file made when first written
 * @returns also how to wait until what changed is written
 */
export async function openKeptSessions(file: string, log: Log) {
  const mayRemember = await hasKeychain()
  const kept = mayRemember ? await read(file) : NOTHING
  let writing: Promise<void> = Promise.resolve()
  const keep = (next: KeptSessions) => {
    if (!mayRemember) return
    writing = writing
      .then(() => write(file, next))
      .catch(async (error) => {
        // what was forgotten must not come back at the next start; removing takes no room
        await rm(file, { force: true })
        throw error
      })
      .catch((error) => void log.error('what is remembered of sessions could not be written', error))
  }
  return { seats: new Seats({ mayRemember, kept, keep }), written: () => writing }
}

async function read(file: string): Promise<KeptSessions> {
  try {
    const { result } = await safeStorage.decryptStringAsync(await readFile(file))
    const { tokens, last } = JSON.parse(result) as KeptSessions // written below, and by nobody without the keychain's key
    return { tokens, last }
  } catch {
    return NOTHING
  }
}

async function write(file: string, kept: KeptSessions): Promise<void> {
  if (kept.tokens.length === 0) return rm(file, { force: true })
  const encrypted = await safeStorage.encryptStringAsync(JSON.stringify(kept))
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  // a program that is killed leaves the old file or the new one
  await writeFile(`${file}.new`, encrypted, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
