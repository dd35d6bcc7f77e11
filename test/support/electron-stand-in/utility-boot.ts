/** Loaded before a utility process's own module: gives it `process.parentPort`, as Electron does. */
import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'

const port = new EventEmitter()
const unheard: unknown[] = []
const send = process.send?.bind(process)

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier !== 'electron') return next(specifier, context)
    throw new Error('[stand-in] `electron` in a utility process is not implemented')
  },
})
const deliver = (data: unknown) => port.emit('message', { data, ports: [] })
process.on('message', (data) => {
  if (port.listenerCount('message') > 0) deliver(data)
  else unheard.push(data) // Electron keeps messages until somebody listens
})
port.on('newListener', (event) => {
  if (event === 'message') queueMicrotask(() => unheard.splice(0).forEach(deliver))
})
const postMessage = (message: object) => {
  send?.(structuredClone(message))
}
Object.assign(process, { type: 'utility', send: undefined, parentPort: Object.assign(port, { postMessage }) })
