import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Input, Output, ProcedureName } from '../contract/contract.ts'
import type { Result } from '../contract/errors.ts'
import { type Core, createCore, operatorCaller } from '../core.ts'
import { AlreadyRunningError } from '../db/lock.ts'
import { isTrusted, localAddress } from '../doors/local-address.ts'
import type { Log } from '../lib/log.ts'
import { forkSpawner } from '../workers/spawn.ts'
import { CommandFailure, RefusedFailure } from './failure.ts'

/** How long a server that holds the data directory may take to open its socket, or to let go of the directory. */
const PATIENCE_MS = 5_000
const RETRY_MS = 100

/** The household as the command line sees it: in a running server, or opened for this one command. */
export interface Operator {
  /** whether a server is running, which goes on with what was started */
  readonly serverRuns: boolean
  /** Calls a procedure with the operator's rights. Throws {@link RefusedFailure}. */
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>>
  close(): Promise<void>
}

interface OpenOptions {
  /** absolute */
  dataDir: string
  log: Log
  /** whether a household may be made where there is none */
  mayMake: boolean
  /** whether queued jobs are done meanwhile, should the household be opened here; else they wait for the next server */
  works: boolean
}

/**
 * Speaks to the server that runs on the data directory, else opens the household itself. Throws {@link CommandFailure} where
 * there is no household, or a server that does not answer.
 */
export async function openOperator({ dataDir, log, mayMake, works }: OpenOptions): Promise<Operator> {
  const giveUpAt = Date.now() + PATIENCE_MS
  for (;;) {
    const address = await findServer(dataDir)
    if (address)
      return operatorOf((name, input) => callOverSocket(address, name, input), { serverRuns: true })
    if (!mayMake && !existsSync(dataDir))
      throw new CommandFailure(
        `There is no household in ${dataDir}; "mantel serve" or "mantel users add" makes one`,
      )
    try {
      const core = await createCore({ dataDir, log, spawn: forkSpawner, leaveJobs: !works })
      return operatorOf((name, input) => core.dispatch(operatorCaller, name, input), {
        serverRuns: false,
        core,
      })
    } catch (error) {
      if (!(error instanceof AlreadyRunningError)) throw error
      // it may be starting or stopping just now
      if (Date.now() > giveUpAt)
        throw new CommandFailure(`Mantel is running on ${dataDir}, but does not answer on its local socket`)
      await wait(RETRY_MS)
    }
  }
}

/** The server that runs on the data directory; null where none does. */
export async function findRunning(dataDir: string): Promise<Operator | null> {
  const address = await findServer(dataDir)
  if (address === null) return null
  return operatorOf((name, input) => callOverSocket(address, name, input), { serverRuns: true })
}

type Call = (name: string, input: unknown) => Promise<Result<unknown>>

function operatorOf(call: Call, { serverRuns, core }: { serverRuns: boolean; core?: Core }): Operator {
  return {
    serverRuns,
    async call<N extends ProcedureName>(name: N, input: Input<N>) {
      const result = await call(name, input)
      if (!result.ok) throw new RefusedFailure(result.error)
      // the spine has parsed it by the contract's output schema
      return result.value as Output<N>
    },
    close: async () => core?.close(),
  }
}

/** The address of the socket that a server listens on, or null. */
async function findServer(dataDir: string): Promise<string | null> {
  const address = localAddress(dataDir)
  if (!(await isTrusted(address, dataDir))) return null
  return new Promise((resolve) => {
    const socket = createConnection(address)
    socket.once('error', () => resolve(null))
    socket.once('connect', () => {
      socket.destroy()
      resolve(address)
    })
  })
}

function callOverSocket(socketPath: string, name: string, input: unknown): Promise<Result<unknown>> {
  const headers = { 'content-type': 'application/json', 'x-mantel': '1', host: 'localhost' }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new CommandFailure(`The running server broke off the connection: ${error.message}`))
    const call = request({ socketPath, method: 'POST', path: `/rpc/${name}`, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', fail)
      response.once('end', () => {
        try {
          // the server of the same installation answers in the contract's envelope
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Result<unknown>)
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)))
        }
      })
    })
    call.once('error', fail)
    call.end(JSON.stringify(input))
  })
}
