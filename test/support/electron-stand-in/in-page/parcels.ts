/** A value on its way through the bridge: what cannot be cloned stays behind and is named by number. */
export type Parcel = [kind: string, ...parts: unknown[]]

/** Packs and unpacks the values that cross from one world to the other. */
export interface Parcels {
  pack(value: unknown): Parcel
  unpack(parcel: Parcel): unknown
  /** Calls a function that was packed here. */
  call(id: number, args: unknown): unknown
  /** Settles a promise that was unpacked here. */
  settle(id: number, ok: boolean, result: unknown): void
}

/** How the other world is reached. */
export interface Post {
  call(id: number, args: Parcel): unknown
  settle(id: number, ok: boolean, result: Parcel): void
}

/**
 * Functions and promises stay where they are; everything else is copied. Self-contained: this function's text runs in
 * the page.
 */
export function makeParcels(post: Post): Parcels {
  const functions: ((...args: unknown[]) => unknown)[] = []
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let lastPromise = 0

  const packFunction = (value: (typeof functions)[number]): Parcel => {
    const known = functions.indexOf(value)
    return ['function', known >= 0 ? known : functions.push(value) - 1]
  }
  const packPromise = (value: Promise<unknown>): Parcel => {
    const id = ++lastPromise
    const settle = (ok: boolean) => (result: unknown) => post.settle(id, ok, pack(result))
    value.then(settle(true), settle(false))
    return ['promise', id]
  }
  const pack = (value: unknown): Parcel => {
    if (typeof value === 'function') return packFunction(value as (typeof functions)[number]) // typeof says so
    if (value instanceof Promise) return packPromise(value)
    if (value instanceof Error) return ['error', value.name, value.message]
    if (Array.isArray(value)) return ['array', value.map(pack)]
    if (Object.prototype.toString.call(value) === '[object Object]') {
      return ['object', Object.entries(Object(value)).map(([key, part]) => [key, pack(part)])]
    }
    return ['value', structuredClone(value)]
  }
  const unpack = ([kind, ...parts]: Parcel): unknown => {
    const id = Number(parts[0])
    if (kind === 'function') return (...args: unknown[]) => post.call(id, pack(args))
    if (kind === 'promise') {
      const promise = Promise.withResolvers()
      promises.set(id, promise)
      return promise.promise
    }
    if (kind === 'error') return Object.assign(new Error(String(parts[1])), { name: String(parts[0]) })
    // pack() wrote these parts for these kinds
    if (kind === 'array') return (parts[0] as Parcel[]).map(unpack)
    if (kind === 'object') {
      return Object.fromEntries((parts[0] as [string, Parcel][]).map(([key, part]) => [key, unpack(part)]))
    }
    return parts[0]
  }
  return {
    pack,
    unpack,
    call: (id, args) => functions[id]?.(...(args as unknown[])), // a packed argument list
    settle: (id, ok, result) => {
      const promise = promises.get(id)
      promises.delete(id)
      if (ok) promise?.resolve(result)
      else promise?.reject(result)
    },
  }
}
