import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import type { DeviceMemory } from '../doors/visitor.ts'
import type { Log } from '../lib/log.ts'
import { hasKeychain } from './keychain.ts'

/**
 * Keeps this computer's device token in a file of the owner's, encrypted under the system's keychain. Without a
 * keychain, or with a file that it can no longer read, the token lasts until the program ends.
 * @param file made when first written
 */
export async function openDeviceMemory(file: string, log: Log): Promise<DeviceMemory> {
  let token = await readToken(file)
  let writing: Promise<void> = Promise.resolve()
  return {
    read: () => token,
    write: (next) => {
      if (next === token) return
      token = next
      const write = () => writeToken(file, next)
      writing = writing
        .then(write)
        .catch((error) => void log.error('the device could not be remembered', error))
    },
  }
}

async function readToken(file: string): Promise<string | null> {
  try {
    const encrypted = await readFile(file) // first, so that no keychain is asked before there is anything in it
    return (await safeStorage.decryptStringAsync(encrypted)).result
  } catch {
    return null
  }
}

async function writeToken(file: string, token: string): Promise<void> {
  if (!(await hasKeychain())) return
  const encrypted = await safeStorage.encryptStringAsync(token)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, encrypted, { mode: 0o600 })
}
