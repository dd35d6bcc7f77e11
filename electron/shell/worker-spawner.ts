import { utilityProcess } from 'electron'
import { type Spawner, WORKER_EXEC_ARGV, workerEnvironment, workerFile } from '../workers/spawn.ts'

/** How much of a worker's error output is kept to explain its end. */
const STDERR_TAIL = 1000

/** Starts workers as Electron's utility processes, which also run from inside the packaged archive. */
export const utilitySpawner: Spawner = (worker) => {
  const child = utilityProcess.fork(workerFile(worker), [], {
    serviceName: `Mantel ${worker}`,
    execArgv: WORKER_EXEC_ARGV,
    env: workerEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString('utf8')).slice(-STDERR_TAIL)
  })
  return {
    get pid() {
      return child.pid
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', (code) => {
        listener(complaints === '' ? `exit code ${code}` : `exit code ${code}: ${complaints.trim()}`)
      })
    },
    kill: () => endAtOnce(child),
  }
}

/** `kill()` asks politely, which a worker stuck in a decoder does not hear. */
function endAtOnce(child: Electron.UtilityProcess): void {
  try {
    if (child.pid === undefined) child.kill()
    else process.kill(child.pid, 'SIGKILL')
  } catch {
    // it has ended by itself in between
  }
}
