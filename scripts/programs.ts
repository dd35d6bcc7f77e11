import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program in this terminal. @returns its exit code; 130 where a signal ended it, as shells call it */
export function run(command: string, args: string[]): Promise<number> {
  return exitCode(spawn(command, args, { stdio: 'inherit' }))
}

/** As {@link run}, without what the program prints. */
export function runSilently(command: string, args: string[]): Promise<number> {
  return exitCode(spawn(command, args, { stdio: 'ignore' }))
}

/** A program that goes on running. */
export interface Started {
  /** the exit code, once it has ended */
  ended: Promise<number>
  /** The first text on its standard output that matches; null when it ends without one. */
  firstMatch(pattern: RegExp): Promise<string | null>
  stop(): void
}

/** Starts a program in this terminal and listens to what it prints. */
export function started(command: string, args: string[]): Started {
  const child = spawn(command, args, { stdio: ['inherit', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk
    process.stdout.write(chunk)
  })
  const ended = exitCode(child)
  return {
    ended,
    stop: () => child.kill('SIGTERM'),
    async firstMatch(pattern) {
      for (;;) {
        const found = pattern.exec(said)?.[0]
        if (found) return found
        const over = await Promise.race([ended, once(child.stdout, 'data').then(() => null)])
        if (over !== null) return pattern.exec(said)?.[0] ?? null
      }
    },
  }
}

/** Waits for the end. An interrupt from the terminal reaches the child by itself; a request to stop is passed on. */
async function exitCode(child: ChildProcess): Promise<number> {
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  return code ?? 130
}
