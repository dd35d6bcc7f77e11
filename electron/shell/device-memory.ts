import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import type { DeviceMemory } from '../doors/visitor.ts'

/**
 * Keeps this computer's device token in a file of the owner's, encrypted under the system's keychain. Without a
 * keychain, or with a file that it can no longer read, it lasts until the program ends.
 * @param file made when first written
 */
export function createDeviceMemory(file: string): DeviceMemory {
  let token: string | null | undefined
  return {
    read: () => {
      token ??= readToken(file)
      return token
    },
    write: (next) => {
      if (next === token) return
      token = next
      if (!safeStorage.isEncryptionAvailable()) return
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(file, safeStorage.encryptString(next), { mode: 0o600 })
    },
  }
}

function readToken(file: string): string | null {
  try {
    return safeStorage.decryptString(readFileSync(file))
  } catch {
    return null
  }
}
