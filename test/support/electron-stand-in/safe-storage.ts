import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type * as Electron from 'electron'
import { life, mustBeReady } from './life.ts'
import { refuseTheRest } from './refuse.ts'

const key = Buffer.alloc(32, 7) // no secret: it stands for the keychain, and must be the same at the next start
const mark = Buffer.from('v11') // how Chromium marks what a keychain's key encrypted
const nonceBytes = 12
const tagBytes = 16

/** `electron.safeStorage`, without its older synchronous functions, which Electron deprecates. */
export const safeStorage = refuseTheRest('safeStorage', {
  isAsyncEncryptionAvailable: async () => life.ready,
  // by the switch that Electron has for it
  getSelectedStorageBackend: () =>
    process.argv.includes('--password-store=basic') ? ('basic_text' as const) : ('gnome_libsecret' as const),
  encryptStringAsync: async (text: string) => {
    mustBeReady('safeStorage cannot be used before app is ready')
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([mark, nonce, cipher.getAuthTag(), body])
  },
  decryptStringAsync: async (encrypted: Buffer) => {
    mustBeReady('safeStorage cannot be used before app is ready')
    const [nonceAt, tagAt, bodyAt] = [
      mark.length,
      mark.length + nonceBytes,
      mark.length + nonceBytes + tagBytes,
    ]
    if (!encrypted.subarray(0, nonceAt).equals(mark))
      throw new Error('Error while decrypting the ciphertext.')
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(nonceAt, tagAt))
    decipher.setAuthTag(encrypted.subarray(tagAt, bodyAt))
    const result = decipher.update(encrypted.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8')
    return { result, shouldReEncrypt: false }
  },
}) satisfies Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>
