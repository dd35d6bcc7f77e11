import { connect, lowerPriority } from './channel.ts'
import { Watcher } from './watch.ts'
import type { FromWatcher, ToWatcher } from './watch-messages.ts'

/** How often a process that watches tells that it lives. */
const BEAT_MS = 5000

lowerPriority()
const tell = (message: FromWatcher) => send(message)
const watcher = new Watcher(tell)
const send = connect<ToWatcher>((message) => {
  if (message.type === 'watch') void watcher.watch(message)
  else void watcher.leave(message.root)
})
setInterval(() => tell({ type: 'beat' }), BEAT_MS)
tell({ type: 'ready' })
