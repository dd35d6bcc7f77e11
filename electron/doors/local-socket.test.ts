import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { json } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { createCore } from '../core.ts'
import { createLog } from '../lib/log.ts'
import { forkSpawner } from '../workers/spawn.ts'
import { openLocalSocket } from './local-socket.ts'

async function openAt(dataDir: string) {
  const core = await createCore({ dataDir, log: createLog(() => {}), spawn: forkSpawner })
  onTestFinished(() => core.close())
  return { core, socket: await openLocalSocket(core) }
}

async function ask(socketPath: string, path: string, headers: Record<string, string>) {
  const asked = request({ socketPath, path, method: 'POST', headers })
  asked.end('{}')
  const [response] = await once(asked, 'response')
  return [response.statusCode, await json(response)]
}

const HEADERS = { 'x-mantel': '1', 'content-type': 'application/json' }

const onPosix = test.skipIf(process.platform === 'win32')

onPosix('procedures with the operator’s rights, for the owner alone', async () => {
  const { socket } = await openAt(await makeFolder())
  expect((await stat(socket.address)).mode & 0o777).toBe(0o600)
  expect(await ask(socket.address, '/rpc/accounts.list', HEADERS)).toEqual([
    200,
    { ok: true, value: { accounts: [] } },
  ])
  expect(
    await ask(socket.address, '/rpc/accounts.list', { 'content-type': 'application/json' }),
  ).toMatchObject([403, {}])
  for (const path of ['/', '/events', '/media/thumb/1/1'])
    expect(await ask(socket.address, path, HEADERS)).toMatchObject([404, { error: { code: 'not_found' } }])
  await socket.close()
  await expect(stat(socket.address)).rejects.toMatchObject({ code: 'ENOENT' })
})

onPosix('what a killed server left at its place goes', async () => {
  const dataDir = await makeFolder()
  await writeFile(join(dataDir, 'mantel.sock'), 'left over')
  const { socket } = await openAt(dataDir)
  expect(await ask(socket.address, '/rpc/accounts.list', HEADERS)).toMatchObject([200, { ok: true }])
  await socket.close()
})

onPosix(
  'a data directory whose path is too long for a socket has one elsewhere, in a folder closed to others',
  async () => {
    const dataDir = join(await makeFolder(), 'a-folder-with-a-rather-long-name'.repeat(4))
    const { socket } = await openAt(dataDir)
    expect(socket.address.startsWith(dataDir)).toBe(false)
    expect((await stat(dirname(socket.address))).mode & 0o777).toBe(0o700)
    expect(await ask(socket.address, '/rpc/accounts.list', HEADERS)).toMatchObject([200, { ok: true }])
    await socket.close()
    await expect(stat(dirname(socket.address))).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
