import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Reason } from '../contract/reasons.ts'
import { inUrl } from './host-names.ts'

/** The address can't be listened on; the message says why and what to do. */
export class ListenError extends Error {
  readonly reason: Reason
  constructor(message: string, reason: Reason, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ListenError'
    this.reason = reason
  }
}

export interface ListenAt {
  /** empty: all addresses of this machine */
  host: string
  /** 0: any free one */
  port: number
}

const REASONS: Record<string, Reason> = {
  EADDRINUSE: 'lan_port_taken',
  EADDRNOTAVAIL: 'lan_address_gone',
  EACCES: 'lan_port_denied',
}

/** Has a server listen; answers its port. Throws {@link ListenError}. */
export async function listen(server: Server, { host, port }: ListenAt): Promise<number> {
  // without a host: both kinds of address, and IPv4 alone where there is no other
  server.listen({ ...(host && { host }), port, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const place = `Port ${port}${host && ` on ${inUrl(host)}`}`
    const why =
      code === 'EADDRINUSE'
        ? `${place} is taken by another program; choose one with --port`
        : `${place} can't be used: ${error instanceof Error ? error.message : error}`
    throw new ListenError(why, REASONS[code] ?? 'lan_failed', { cause: error })
  }
  // a server that listens on a port has an address of this form
  return (server.address() as AddressInfo).port
}
