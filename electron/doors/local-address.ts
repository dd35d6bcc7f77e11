import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** A socket's path may be 104 bytes long on macOS and 108 on Linux, its closing zero included. */
const MAX_SOCKET_PATH_BYTES = 103

/**
 * Where the server of a data directory (absolute) is spoken to from this machine: a socket in that directory; where its path
 * is too long for one, in a folder of the owner's among the temporary files; on Windows a named pipe.
 */
export function localAddress(dataDir: string): string {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\mantel-${hash}`
  const usual = join(dataDir, 'mantel.sock')
  if (Buffer.byteLength(usual) <= MAX_SOCKET_PATH_BYTES) return usual
  return join(tmpdir(), `mantel-${userInfo().uid}-${hash}`, 'mantel.sock')
}

/**
 * Whether the socket at `address` can be trusted to be this user's: it lies in the data directory (whoever can write there
 * owns the household anyway), or its folder belongs to this user and is closed to others. Passwords travel over it, and anybody can
 * make a folder among the temporary files first.
 */
export async function isTrusted(address: string, dataDir: string): Promise<boolean> {
  const folder = dirname(address)
  if (process.platform === 'win32' || folder === dataDir) return true
  const stat = await lstat(folder).catch(() => null)
  return stat?.isDirectory() === true && stat.uid === userInfo().uid && (stat.mode & 0o077) === 0
}
