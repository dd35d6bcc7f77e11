import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { findNetworkFileSystem, networkMountName, networkTypeName } from './network-file-system.ts'

test('network file systems of Linux are known by their numbers, sign-extended ones too', () => {
  expect(networkTypeName(0x6969)).toBe('NFS')
  expect(networkTypeName(0xff534d42)).toBe('SMB')
  expect(networkTypeName(0xff534d42 | 0)).toBe('SMB')
  expect(networkTypeName(0xfe534d42)).toBe('SMB')
  expect(networkTypeName(0xef53)).toBeUndefined()
  expect(networkTypeName(0x01021994)).toBeUndefined()
})

test("macOS's deepest mount decides, compared by whole components", () => {
  const mounts = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
//ann@nas._smb._tcp.local/photos on /Volumes/photos (smbfs, nodev, nosuid, mounted by ann)
nas:/export on /Volumes/photos/nested (nfs)
/dev/disk5 on /Volumes/photos/disk (apfs, local)`
  expect(networkMountName(mounts, '/Volumes/photos/data')).toBe('smbfs')
  expect(networkMountName(mounts, '/Volumes/photos')).toBe('smbfs')
  expect(networkMountName(mounts, '/Volumes/photos/nested/x')).toBe('nfs')
  expect(networkMountName(mounts, '/Volumes/photos/disk/x')).toBeUndefined()
  expect(networkMountName(mounts, '/Volumes/photos2')).toBeUndefined()
  expect(networkMountName(mounts, '/Users/ann')).toBeUndefined()
  expect(networkMountName('', '/Users/ann')).toBeUndefined()
})

test("a folder on this machine's disk is no network's", async () => {
  await expect(findNetworkFileSystem(await makeFolder())).resolves.toBeUndefined()
})
