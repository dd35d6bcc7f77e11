import { safeStorage } from 'electron'

/** Whether secrets are kept by the system. On Linux Chromium makes do without, and then its key is the same on every computer. */
export async function hasKeychain(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
  const made = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null
  return made !== 'basic_text' && made !== 'unknown'
}
