import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The key's file in the data directory: outside the database, so that a copy of the database alone opens no secret. */
export const KEY_FILE = 'secret.key'
const KEY_BYTES = 32
/** As NIST SP 800-38D advises for GCM. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Seals small secrets (second-factor seeds, link addresses) for the database, under the household's key. */
export interface Secrets {
  /** `purpose` is bound to the result: sealed for one, it opens for no other. Makes the key at first use. Throws errors of the file system. */
  seal(secret: string, purpose: string): string
  /** The secret; null where the key is another one or gone, or the text was changed. */
  open(sealed: string, purpose: string): string | null
}

/** AES-256-GCM under the key in `<dataDir>/secret.key`. The file is read at each use: a restore may put another one there. */
export function createSecrets(dataDir: string): Secrets {
  const file = join(dataDir, KEY_FILE)
  return {
    seal(secret, purpose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', readKey(file) ?? makeKey(file), nonce)
      cipher.setAAD(Buffer.from(purpose))
      const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },
    open(sealed, purpose) {
      const key = readKey(file)
      const bytes = Buffer.from(sealed, 'base64url')
      if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) return null
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
      decipher.setAAD(Buffer.from(purpose))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

/** The key; null where there is no file. Throws where the file holds no key: a new one would lose what is sealed under the old. */
function readKey(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== KEY_BYTES) throw new Error(`${KEY_FILE} holds no key`)
  return key
}

/** Whole or not at all: renamed into place once it is on the disk. One process alone holds the data directory, and does this in one go. */
function makeKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES)
  const partial = `${file}.partial`
  const handle = openSync(partial, 'w', 0o600)
  try {
    writeSync(handle, `${key.toString('base64url')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(partial, file)
  return key
}
