import { realpath } from 'node:fs/promises'
import { findNetworkFileSystem } from '../lib/network-file-system.ts'
import { StorageError } from './errors.ts'

/**
 * Throws {@link StorageError} `network` if the existing `folder` lies on another machine's disk: the write-ahead log needs
 * memory shared between connections, and such mounts corrupt it. Where nobody tells what the folder lies on, it is let
 * through.
 */
export async function refuseNetworkFileSystem(folder: string): Promise<void> {
  const name = await findNetworkFileSystem(await realpath(folder))
  if (name === undefined) return
  throw new StorageError(
    'network',
    `The data directory lies on a network file system (${name}). It must be on a disk of this machine; photo folders need not.`,
  )
}
