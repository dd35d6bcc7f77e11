import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { isTrusted, localAddress } from './local-address.ts'

const onPosix = test.skipIf(process.platform === 'win32')

onPosix(
  'the socket lies in the data directory, or elsewhere under a name of its own where that path is too long',
  () => {
    expect(localAddress('/srv/mantel')).toBe('/srv/mantel/mantel.sock')
    const long = `/srv/${'photos/'.repeat(20)}`
    const other = localAddress(long)
    expect(other).not.toContain('photos')
    expect(Buffer.byteLength(other)).toBeLessThanOrEqual(103)
    expect(localAddress(long)).toBe(other)
    expect(localAddress(`${long}x`)).not.toBe(other)
  },
)

onPosix('a folder for the socket that others can enter is not trusted', async () => {
  const folder = join(await makeFolder(), 'sockets')
  await mkdir(folder, { mode: 0o700 })
  const address = join(folder, 'mantel.sock')
  expect(await isTrusted(address, '/srv/mantel')).toBe(true)
  await chmod(folder, 0o750)
  expect(await isTrusted(address, '/srv/mantel')).toBe(false)
  expect(await isTrusted(join(folder, 'none', 'mantel.sock'), '/srv/mantel')).toBe(false)
  // the data directory is as it is: whoever can write there has the household anyway
  expect(await isTrusted(address, folder)).toBe(true)
})
