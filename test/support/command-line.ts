import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { makeFolder } from './database.ts'
import { makePicture } from './pictures.ts'

/** The built command line. */
export const program = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
export const PASSWORD = 'a quiet mantelpiece'

interface RunOptions {
  input?: string
  cwd?: string
  environment?: Record<string, string>
}

/** `mantel` as people call it, each command a process of its own, on a data directory that goes away with the running test. */
export async function openCommandLine() {
  const root = await realpath(await makeFolder())
  const dataDir = join(root, 'data')

  function start(args: string[], { cwd = root, environment = {} }: RunOptions = {}): ChildProcess {
    const env = { ...process.env, MANTEL_DATA: dataDir, npm_lifecycle_event: '', ...environment }
    const child = spawn(process.execPath, [program, ...args], { cwd, env })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }

  async function mantel(args: string[], options: RunOptions = {}) {
    const child = start(args, options)
    child.stdin?.end(options.input ?? '')
    const [out, err] = await Promise.all([read(child.stdout), read(child.stderr), once(child, 'close')])
    return { code: child.exitCode, out, err }
  }

  return {
    root,
    dataDir,
    start,
    /** Runs a command to its end. */
    mantel,
    /** Runs a command that must succeed, and answers its JSON. */
    async answerOf(args: string[], options: RunOptions = {}) {
      const { code, out, err } = await mantel(['--json', ...args], options)
      expect([code, err]).toEqual([0, ''])
      return JSON.parse(out)
    },
    /** Adds the super admin every household begins with. */
    addOlga: (...more: string[]) =>
      mantel(['users', 'add', 'olga', '--superadmin', '--password-stdin', ...more], {
        input: `${PASSWORD}\n`,
      }),
    /** Makes a folder with pictures below the root. */
    async pictures(name: string, count = 2): Promise<string> {
      const folder = join(root, name)
      await mkdir(folder)
      for (let n = 0; n < count; n += 1) await makePicture(join(folder, `${n}.jpg`))
      return folder
    },
    serve: (environment: Record<string, string> = {}) =>
      serve(start(['serve', '--json', '--port', '0'], { environment })),
  }
}

export type CommandLine = Awaited<ReturnType<typeof openCommandLine>>

const read = (stream: ChildProcess['stdout']) => (stream ? text(stream) : Promise.resolve(''))

/** Waits until `mantel serve --json` has told its address. */
async function serve(child: ChildProcess) {
  const err = read(child.stderr)
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  await expect.poll(() => out.includes('\n') || child.exitCode !== null).toBe(true)
  if (child.exitCode !== null) throw new Error(`serve ended: ${await err}`)
  const { url, setupCode } = JSON.parse(out) // what `serve --json` prints
  return {
    url: String(url),
    setupCode: setupCode === null ? null : String(setupCode),
    /** Sends a signal and waits for the end. */
    async stop(signal: NodeJS.Signals) {
      child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return { code: child.exitCode, err: await err }
    },
    async rpc(name: string, input: unknown) {
      const headers = { 'x-mantel': '1', 'content-type': 'application/json' }
      const response = await fetch(`${url}/rpc/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      })
      return { status: response.status, body: await response.json() }
    },
  }
}
