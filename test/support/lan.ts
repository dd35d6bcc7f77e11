import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { hostOf } from '../../electron/domain/lan/host.ts'
import { isPrivate } from '../../electron/domain/lan/networks.ts'

/** An address of this machine that others in a house would reach it by; where it has none, one of loopback that nothing else uses. */
export const houseAddress = hostOf('', networkInterfaces()).addresses.find(isPrivate) ?? '127.0.0.2'

/** A port of an address that is free at the moment. */
export async function freePort(host = houseAddress): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a server that listens on a port has one of this form
  server.close()
  await once(server, 'close')
  return port
}

export interface HouseRequest {
  port: number
  /** PEM of the authority that is trusted */
  authority?: string
  path?: string
  method?: string
  /** the `Host` header; the address and port where left out */
  host?: string
  headers?: Record<string, string>
  body?: string
}

export const hostHeader = (name: string, port: number) =>
  name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`

/** Asks over TLS at {@link houseAddress}, trusting the household's authority alone. Rejects where there is no trust or no server. */
export async function askHouse({ port, authority, path = '/', method, host, headers, body }: HouseRequest) {
  const asked = request({
    host: houseAddress,
    port,
    path,
    ...(method !== undefined && { method }),
    headers: { host: host ?? hostHeader(houseAddress, port), ...headers },
    agent: false,
    // else that of the header would be looked for in the certificate
    ...(host !== undefined && { servername: 'mantel.local' }),
    ...(authority !== undefined && { ca: authority }),
  })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage] // what the event is documented to carry
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }
}
