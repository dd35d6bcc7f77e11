import type { Reason } from '../contract/reasons.ts'

/** What parent and worker processes say to each other, each kind of worker in a file of its own. Everything survives structured cloning. */

/** The kinds of worker process; their entries are `<name>-worker.ts`. */
export type WorkerName = 'media' | 'walk' | 'watch'

/** Parent → worker. `ack` asks for the next event of a request and may say yes to the last one, `cancel` asks for its end. */
export type ToWorker<Request> =
  | { type: 'request'; id: number; request: Request }
  | { type: 'ack'; id: number; answer: boolean }
  | { type: 'cancel'; id: number }

/** Worker → parent. `beat` comes a few times a second while a request is worked on. */
export type FromWorker<Reply, Event> =
  | { type: 'ready' }
  | { type: 'beat'; rss: number }
  | { type: 'event'; id: number; event: Event }
  | { type: 'reply'; id: number; reply: Reply; rss: number }
  /** A fault in the worker's own code; the process is fine. */
  | { type: 'fault'; id: number; message: string }

/** Some of the reasons: a misspelt one does not compile. */
export type SomeOf<Code extends Reason> = Code
