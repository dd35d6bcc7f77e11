import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'
import { createCore, operatorCaller } from '../../electron/core.ts'
import { startHttpServer } from '../../electron/doors/http-server.ts'
import { createLog } from '../../electron/lib/log.ts'
import { forkSpawner } from '../../electron/workers/spawn.ts'

/** bcrypt at its cheapest: these tests log in a lot. */
const TEST_BCRYPT_COST = 4
export const PASSWORD = 'a quiet mantelpiece'

export interface RawRequest {
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A household with its real workers behind a real HTTP server, and a small renderer made for it. */
export async function openWebHousehold() {
  const directory = await mkdtemp(join(tmpdir(), 'mantel-web-'))
  const rendererFolder = join(directory, 'renderer')
  await mkdir(join(rendererFolder, 'assets'), { recursive: true })
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Mantel</title>')
  await writeFile(join(rendererFolder, 'theme.js'), '// theme')
  await writeFile(join(rendererFolder, 'assets', 'index-abc123.js'), '// code')
  await writeFile(join(directory, 'secret.txt'), 'secret')
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const dataDir = join(directory, 'data')
  const core = await createCore({ dataDir, log, spawn: forkSpawner, bcryptCost: TEST_BCRYPT_COST })
  const server = await startHttpServer({ core, rendererFolder, host: '127.0.0.1', port: 0 })

  /** Sends a request as it is written, without a client's own tidying; answers it unread. */
  async function open(path: string, { method = 'GET', headers = {}, body }: RawRequest = {}) {
    const asked: ClientRequest = request({
      host: '127.0.0.1',
      port: server.port,
      path,
      method,
      headers,
      agent: false,
    })
    asked.end(body)
    const [response] = (await once(asked, 'response')) as [IncomingMessage] // what the event is documented to carry
    return response
  }

  async function send(path: string, options: RawRequest = {}): Promise<RawAnswer> {
    const response = await open(path, options)
    const body = await buffer(response)
    return { status: response.statusCode ?? 0, headers: response.headers, body }
  }

  /** A directory for pictures; absolute. */
  async function folder(name: string): Promise<string> {
    const path = join(directory, 'pictures', name)
    await mkdir(path, { recursive: true })
    return path
  }

  /** Calls a procedure as the operator. */
  async function operate<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>> {
    const result = await core.dispatch(operatorCaller, name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
    return result.value as Output<N> // dispatch has parsed it by this procedure's schema
  }

  /** Calls a procedure over HTTP. */
  async function rpc(name: string, input: unknown = {}, headers: Record<string, string> = {}) {
    const answer = await send(`/rpc/${name}`, {
      method: 'POST',
      headers: { 'x-mantel': '1', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(input),
    })
    const result: Result<unknown> = JSON.parse(answer.body.toString())
    return { ...answer, result }
  }

  /** Calls a procedure over HTTP that must succeed. */
  async function ask<N extends ProcedureName>(name: N, input: Input<N>, cookie: string): Promise<Output<N>> {
    const { result } = await rpc(name, input, { cookie })
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
    return result.value as Output<N> // the server has parsed it by this procedure's schema
  }

  /** Logs in and answers the cookie header of the new session. */
  async function logIn(username: string): Promise<string> {
    const { headers } = await rpc('session.login', { username, password: PASSWORD })
    return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
  }

  return {
    core,
    directory,
    lines,
    url: server.url,
    port: server.port,
    open,
    send,
    folder,
    rpc,
    ask,
    operate,
    logIn,
    async close() {
      core.live.endAll()
      await server.close()
      await core.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export type WebHousehold = Awaited<ReturnType<typeof openWebHousehold>>
