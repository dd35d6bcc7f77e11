import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WorkerName } from './protocol.ts'

/** A running worker process, whoever started it: Node's `fork` or Electron's `utilityProcess`. */
export type WorkerProcess = {
  /** Undefined until the process runs. */
  pid: number | undefined
  send: (message: unknown) => void
  onMessage: (listener: (message: unknown) => void) => void
  /** Called once, when the process is gone or could not be started. `detail` says how, for the log. */
  onExit: (listener: (detail: string) => void) => void
  /** Ends the process at once, whatever it is doing. */
  kill: () => void
}

/** Starts a worker process. Never throws: a failure comes through `onExit`. */
export type Spawner = (worker: WorkerName) => WorkerProcess

/** Command line flags of Node for workers: JavaScript in them needs little; pictures lie outside its heap. */
export const WORKER_EXEC_ARGV = ['--max-old-space-size=512']

/**
 * The file a worker runs from: beside the running bundle (`out/main`, or one above where this code lies in a shared
 * chunk), or the TypeScript source where that is what runs.
 *
 * @throws Error where there is none of these
 */
export function workerFile(worker: WorkerName): string {
  const candidates = [`./${worker}-worker.js`, `../${worker}-worker.js`, `./${worker}-worker.ts`]
  const found = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)
  if (found === undefined) throw new Error(`no file for the ${worker} worker beside ${import.meta.url}`)
  return found
}

/**
 * What a worker gets of the environment: no passwords (`MANTEL_…`), no flags for other programs' Node. Few threads
 * and few memory pools, since each process works on one file at a time.
 */
export function workerEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('MANTEL_') || name === 'NODE_OPTIONS'
      ? []
      : [[name, value] as const],
  )
  return { ...Object.fromEntries(kept), UV_THREADPOOL_SIZE: '2', MALLOC_ARENA_MAX: '2' }
}

/** How much of a worker's error output is kept to explain its end. */
const STDERR_TAIL = 1000

/** Starts workers by Node's own `fork`: the headless server, the command line, tests. */
export const forkSpawner: Spawner = (worker) => {
  const child = fork(workerFile(worker), [], {
    execArgv: WORKER_EXEC_ARGV,
    env: workerEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  // A waiting worker doesn't keep the program running; a request under way has a timer that does.
  child.unref()
  child.channel?.unref()
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString('utf8')).slice(-STDERR_TAIL)
  })
  return {
    pid: child.pid,
    send: (message) => {
      // The callback takes the error of a process that has just died; `exit` tells of it.
      if (child.connected && isMessage(message)) child.send(message, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let isTold = false
      const tell = (how: string) => {
        if (isTold) return
        isTold = true
        listener(complaints === '' ? how : `${how}: ${complaints.trim()}`)
      }
      child.once('error', (error) => tell(error.message))
      child.once('exit', (code, signal) => tell(signal === null ? `exit code ${code}` : `signal ${signal}`))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

function isMessage(message: unknown): message is object {
  return typeof message === 'object' && message !== null
}
