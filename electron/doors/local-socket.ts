import { once } from 'node:events'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { type Core, operatorCaller } from '../core.ts'
import { isTrusted, localAddress } from './local-address.ts'
import { createProceduresOnly } from './web-app.ts'

export interface LocalSocket {
  /** path of the socket, or name of the pipe */
  readonly address: string
  close(): Promise<void>
}

/**
 * Offers the procedures to this machine's command line, with the operator's rights, on a socket that only the owner of the data
 * directory can open. The caller holds the directory's lock (a `Core` is proof of it), so whatever lies at the
 * socket's path is left over and goes. Throws where the folder belongs to somebody else or the socket can't be made.
 */
export async function openLocalSocket(core: Core): Promise<LocalSocket> {
  const address = localAddress(core.dataDir)
  const app = createProceduresOnly(core, async () => operatorCaller)
  const server = createServer(
    getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false }),
  )
  if (process.platform === 'win32') {
    server.listen(address)
    await once(server, 'listening')
  } else {
    await mkdir(dirname(address), { recursive: true, mode: 0o700 })
    if (!(await isTrusted(address, core.dataDir)))
      throw new Error(`The folder ${dirname(address)} is not this user's own; Mantel makes no socket in it`)
    await rm(address, { force: true })
    // made closed to others from the start, so that there is no moment in which it is open
    const umask = process.umask(0o177)
    server.listen(address)
    process.umask(umask)
    await once(server, 'listening')
    await chmod(address, 0o600)
  }
  // a connection that the system could not hand over; unheard, it would end the program
  server.on('error', (error) => void core.log.error('a command could not be heard', error))
  return {
    address,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      // made for this socket alone
      if (process.platform !== 'win32' && dirname(address) !== core.dataDir)
        await rm(dirname(address), { recursive: true, force: true })
    },
  }
}
