import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))

/** The set-up code of a new household is printed within the same breath as the address. */
const BREATH_MS = 300

/** The built headless server as a process of its own, and clients with cookies of their own. `isNew`: it will tell a set-up code. */
export async function startServer(dataDir: string, { isNew = true } = {}) {
  const args = [CLI, 'serve', '--port', '0', '--data', dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) setTimeout(() => resolve(found[0]), isNew ? BREATH_MS : 0)
    })
  })
  return {
    address,
    /** Runs a command of the command line on the same data directory, which speaks to this server. */
    command: (...args: string[]) => promisify(execFile)(process.execPath, [CLI, ...args, '--data', dataDir]),
    pid: child.pid ?? 0,
    setupCode: /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(said)?.[0] ?? '',
    client: () => createClient(address),
    async stop() {
      child.removeAllListeners('exit')
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function createClient(address: string) {
  let cookie = ''
  async function call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Result<Output<N>>> {
    const response = await fetch(`${address}/rpc/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-mantel': '1', cookie },
      body: JSON.stringify(input),
    })
    const set = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
    if (set.length > 0) cookie = set.join('; ')
    return response.json() as Promise<Result<Output<N>>> // the envelope of every answer
  }
  return {
    call,
    async get<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>> {
      const result = await call(name, input)
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
      return result.value
    },
  }
}
