import { randomBytes } from 'node:crypto'

type LogLevel = 'info' | 'warn' | 'error'

/** Where the program writes what it does. Never given secrets: no passwords, tokens or link addresses. */
export interface Log {
  info(message: string, details?: Record<string, unknown>): void
  warn(message: string, details?: Record<string, unknown>): void
  /** Returns a short id that the caller is told, so a report can be matched to its entry. */
  error(message: string, cause: unknown): string
}

/** A log of one line an entry: UTC time, level, message, details as JSON. */
export function createLog(write: (line: string) => void): Log {
  const entry = (level: LogLevel, message: string, details?: Record<string, unknown>) =>
    write(`${new Date().toISOString()} ${level} ${message}${details ? ` ${JSON.stringify(details)}` : ''}`)
  return {
    info: (message, details) => entry('info', message, details),
    warn: (message, details) => entry('warn', message, details),
    error(message, cause) {
      const id = randomBytes(4).toString('hex')
      const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
      entry('error', `${message} [${id}] ${text}`)
      return id
    },
  }
}
