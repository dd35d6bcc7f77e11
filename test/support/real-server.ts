import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'
import { localAddress } from '../../electron/doors/local-address.ts'

const CLI = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url))

interface StartOptions {
  /** absolute */
  dataDir: string
  /** where compiled sources are kept between starts, which halves the time of one; absolute */
  compiled: string
  environment?: Record<string, string>
}

/** `mantel serve` as a process of its own, run from the sources; nothing is waited for. */
export function launchServer({ dataDir, compiled, environment = {} }: StartOptions): ChildProcess {
  return spawn(process.execPath, [CLI, 'serve', '--json', '--port', '0', '--data', dataDir], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, npm_lifecycle_event: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts a server and waits until it has told its address. Throws with what it said where it ends before. */
export async function startRealServer(options: StartOptions) {
  const child = launchServer(options)
  const said = child.stderr ? text(child.stderr) : Promise.resolve('')
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => void said.then((why) => reject(new Error(`the server ended: ${why}`))))
    child.stdout?.once('data', (line: Buffer) => resolve(String(JSON.parse(line.toString()).url)))
  })
  const ended = once(child, 'exit')
  const pid = child.pid ?? 0

  async function end(signal: NodeJS.Signals): Promise<string> {
    child.kill(signal)
    await ended
    return said
  }

  return {
    url,
    pid,
    /** its worker processes at this moment */
    workers: () => childrenOf(pid),
    /** Kills it on the spot, as a power cut or the system would. */
    kill: () => end('SIGKILL'),
    /** Stops it in order; answers its log. */
    stop: () => end('SIGTERM'),
    /** Calls a procedure as the operator. */
    async operate<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>> {
      const result = await overSocket(localAddress(options.dataDir), name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
      return result.value as Output<N> // the server has parsed it by this procedure's schema
    },
    /** Calls a procedure as the operator; answers refusals too. */
    call: (name: string, input: unknown) => overSocket(localAddress(options.dataDir), name, input),
  }
}

export type RealServer = Awaited<ReturnType<typeof startRealServer>>

/** Waits until nothing is queued or running. */
export async function settled(server: RealServer): Promise<void> {
  for (;;) {
    const { jobs } = await server.operate('jobs.list', { limit: 500 })
    if (!jobs.some(({ state }) => state === 'queued' || state === 'running')) return
    await wait(100)
  }
}

function overSocket(socketPath: string, name: string, input: unknown): Promise<Result<unknown>> {
  const headers = { 'content-type': 'application/json', 'x-mantel': '1', host: 'localhost' }
  return new Promise((resolve, reject) => {
    const call = request(
      { socketPath, method: 'POST', path: `/rpc/${name}`, headers, agent: false },
      (response) =>
        // the envelope of every answer
        text(response).then((body) => resolve(JSON.parse(body) as Result<unknown>), reject),
    )
    call.once('error', reject)
    call.end(JSON.stringify(input))
  })
}

/** The processes a process has started, as Linux tells them. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      // behind the name, which stands in brackets and may hold anything: state, parent
      const [state, above] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return state !== 'Z' && Number(above) === parent ? [Number(name)] : []
    } catch {
      // ended while it was looked at
      return []
    }
  })
}
