import type { makeParcels as MakeParcels, Parcel } from './parcels.ts'

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

interface Note {
  kind: 'expose' | 'call' | 'answer' | 'settle' | 'open'
  id: number
  key: string
  ok: boolean
  value: Parcel
  detail: string[]
}

/**
 * The two worlds share the document but no objects, so the halves talk in events whose `detail` Chromium clones
 * from one world to the other. Events are dispatched synchronously, so a function across the bridge returns at once,
 * as in Electron. Self-contained: this function's text runs in the page.
 * @param token names the events; the page's scripts do not learn it
 */
export function makeBridge(
  makeParcels: typeof MakeParcels,
  token: string,
  half: 'main' | 'isolated',
  hooks: Hooks,
): Bridge {
  const target = window // these three are kept, so that the page may later replace its own
  const { addEventListener, dispatchEvent } = EventTarget.prototype
  const Letter = CustomEvent
  const answers: Note[] = []

  const post = (note: Partial<Note>) => {
    const name = `${token}-to-${half === 'main' ? 'isolated' : 'main'}`
    dispatchEvent.call(target, new Letter(name, { detail: note }))
  }
  const ask = (note: Partial<Note>): unknown => {
    post(note)
    const answer = answers.pop()
    if (!answer) throw new Error('contextBridge: the other world did not answer')
    const value = parcels.unpack(answer.value)
    if (answer.ok) return value
    throw value
  }
  const parcels = makeParcels({
    call: (id, value) => ask({ kind: 'call', id, value }),
    settle: (id, ok, value) => post({ kind: 'settle', id, ok, value }),
  })
  const answerTo = (action: () => unknown) => {
    let reply: Partial<Note>
    try {
      reply = { ok: true, value: parcels.pack(action()) }
    } catch (error) {
      reply = { ok: false, value: parcels.pack(error) }
    }
    post({ kind: 'answer', ...reply })
  }
  addEventListener.call(target, `${token}-to-${half}`, (event) => {
    event.stopImmediatePropagation()
    if (!(event instanceof Letter)) return
    const note: Note = event.detail
    if (note.kind === 'answer') answers.push(note)
    else if (note.kind === 'open') hooks.opened(note.detail)
    else if (note.kind === 'expose') answerTo(() => hooks.put(note.key, parcels.unpack(note.value)))
    else if (note.kind === 'call') answerTo(() => parcels.call(note.id, parcels.unpack(note.value)))
    else parcels.settle(note.id, note.ok, parcels.unpack(note.value))
  })
  return {
    expose: (key, api) => void ask({ kind: 'expose', key, value: parcels.pack(api) }),
    askToOpen: (detail) => post({ kind: 'open', detail }),
  }
}
