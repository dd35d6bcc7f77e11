/** One of the two halves of `contextBridge`: one in the page's own world, one in the preload's isolated world. */
export interface Bridge {
  /** Puts `api` on the other world's `window[key]`, frozen; @throws when something is there already. */
  expose(key: string, api: unknown): void
  /** Tells the other half that the page asked for a window. */
  askToOpen(detail: string[]): void
}

interface Hooks {
  put(key: string, api: unknown): void
  opened(detail: string[]): void
}
type Packed = [kind: string, ...parts: unknown[]]
interface Note {
  kind: 'expose' | 'call' | 'answer' | 'settle' | 'open'
  id: number
  key: string
  ok: boolean
  value: Packed
  detail: string[]
}

/**
 * The two worlds share the document but no objects, so the halves talk in events whose `detail` Chromium clones
 * from one world to the other. Functions and promises stay where they are and are called by number. Events are
 * dispatched synchronously, so a function across the bridge returns at once, as in Electron. Self-contained: this
 * function's text runs in the page.
 * @param token names the events; the page's scripts do not learn it
 */
export function makeBridge(token: string, half: 'main' | 'isolated', hooks: Hooks): Bridge {
  const target = window // these three are kept, so that the page may later replace its own
  const { addEventListener, dispatchEvent } = EventTarget.prototype
  const Letter = CustomEvent
  const functions: ((...args: unknown[]) => unknown)[] = []
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let lastPromise = 0
  const answers: Note[] = []

  const post = (note: Partial<Note>) => {
    dispatchEvent.call(
      target,
      new Letter(`${token}-to-${half === 'main' ? 'isolated' : 'main'}`, { detail: note }),
    )
  }
  const ask = (note: Partial<Note>): unknown => {
    post(note)
    const answer = answers.pop()
    if (!answer) throw new Error('contextBridge: the other world did not answer')
    const value = unpack(answer.value)
    if (answer.ok) return value
    throw value
  }
  const pack = (value: unknown): Packed => {
    const kind = Object.prototype.toString.call(value)
    if (typeof value === 'function') {
      const known = functions.indexOf(value as (typeof functions)[number]) // typeof says that it can be called
      return ['function', known >= 0 ? known : functions.push(value as (typeof functions)[number]) - 1]
    }
    if (value instanceof Promise) {
      const id = ++lastPromise
      const settle = (ok: boolean) => (result: unknown) =>
        post({ kind: 'settle', id, ok, value: pack(result) })
      value.then(settle(true), settle(false))
      return ['promise', id]
    }
    if (value instanceof Error) return ['error', value.name, value.message]
    if (Array.isArray(value)) return ['array', value.map(pack)]
    if (kind === '[object Object]')
      return ['object', Object.entries(Object(value)).map(([k, v]) => [k, pack(v)])]
    return ['value', structuredClone(value)]
  }
  const unpack = ([kind, ...parts]: Packed): unknown => {
    if (kind === 'function') {
      const id = Number(parts[0])
      return (...args: unknown[]) => ask({ kind: 'call', id, value: pack(args) })
    }
    if (kind === 'promise') {
      const promise = Promise.withResolvers()
      promises.set(Number(parts[0]), promise)
      return promise.promise
    }
    if (kind === 'error') return Object.assign(new Error(String(parts[1])), { name: String(parts[0]) })
    // pack() wrote these parts for these kinds
    if (kind === 'array') return (parts[0] as Packed[]).map(unpack)
    if (kind === 'object')
      return Object.fromEntries((parts[0] as [string, Packed][]).map(([k, v]) => [k, unpack(v)]))
    return parts[0]
  }
  const answerTo = (action: () => unknown) => {
    let reply: Partial<Note>
    try {
      reply = { ok: true, value: pack(action()) }
    } catch (error) {
      reply = { ok: false, value: pack(error) }
    }
    post({ kind: 'answer', ...reply })
  }
  addEventListener.call(target, `${token}-to-${half}`, (event) => {
    event.stopImmediatePropagation()
    if (!(event instanceof Letter)) return
    const note: Note = event.detail
    if (note.kind === 'answer') answers.push(note)
    else if (note.kind === 'open') hooks.opened(note.detail)
    else if (note.kind === 'expose') answerTo(() => hooks.put(note.key, unpack(note.value)))
    // a packed array unpacks to an array
    else if (note.kind === 'call') answerTo(() => functions[note.id]?.(...(unpack(note.value) as unknown[])))
    else if (note.ok) promises.get(note.id)?.resolve(unpack(note.value))
    else promises.get(note.id)?.reject(unpack(note.value))
  })
  return {
    expose: (key, api) => void ask({ kind: 'expose', key, value: pack(api) }),
    askToOpen: (detail) => post({ kind: 'open', detail }),
  }
}
