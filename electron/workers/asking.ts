import type { Priority } from './priority.ts'
import type { WorkerName } from './protocol.ts'
import type { Spawner } from './spawn.ts'

export type PoolOptions = {
  spawner: Spawner
  worker: WorkerName
  /** Most processes at a time. They are started as needed. */
  size: number
  /** A process that holds more memory than this (bytes) is killed, and its request fails. */
  memoryLimit: number
  /** What all may hold together, bytes: beyond it the largest goes on alone, and what others had begun is begun anew later. */
  memoryBudget?: number
  /** A process that holds more than this after its work is replaced by a fresh one. */
  recycleAbove: number
  /** A process without work for so long (milliseconds) is ended. */
  idleMs: number
}

export type Asking<Request, Event> = {
  request: Request
  /**
   * Longest silence: to the reply, or between events. The time the caller takes for an event doesn't count. Asked for at the
   * beginning and after every event.
   */
  deadlineMs: () => number
  /** Asked for whenever a process becomes free, so that it may rise while the request waits. `normal` where left out. */
  priority?: (() => Priority) | undefined
  signal?: AbortSignal | undefined
  /** Called when a process begins to work on it. */
  onBegin?: (() => void) | undefined
  /** what it answers goes back to the worker */
  onEvent?: (event: Event) => Promise<boolean>
  /** whether it can't be begun anew when its process died: what came of its events can't be taken back */
  isOnce?: boolean
}

/** Why no reply came: what the request did to the process that worked on it. */
export type PoolFailure = 'worker_crashed' | 'worker_timeout' | 'worker_memory'

export type Answer<Reply> = { ok: true; reply: Reply } | { ok: false; failure: PoolFailure; detail: string }
