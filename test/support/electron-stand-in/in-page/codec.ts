/**
 * Values as text, surviving as structured cloning lets them: dates, maps, bytes, `undefined`, cycles. Both functions
 * are self-contained (they import and share nothing), because their own text also runs in the page's isolated world.
 * The text is a list of entries that name each other by position, so that one object met twice stays one object.
 */
type Entry = [kind: string, ...parts: unknown[]]

/** @throws DataCloneError for functions, symbols and everything else that cannot be cloned */
export function encode(value: unknown): string {
  const entries: Entry[] = []
  const places = new Map<unknown, number>()
  const kindOf = (item: unknown) => Object.prototype.toString.call(item).slice(8, -1)
  const toBase64 = (buffer: ArrayBufferLike) => {
    let binary = ''
    const bytes = new Uint8Array(buffer)
    for (let at = 0; at < bytes.length; at += 8192)
      binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(binary)
  }
  const put = (item: unknown): number => {
    const known = places.get(item)
    if (known !== undefined) return known
    const place = entries.push(['pending']) - 1
    if (typeof item === 'object' && item !== null) places.set(item, place)
    entries[place] = describe(item)
    return place
  }
  const describe = (item: unknown): Entry => {
    if (item === undefined) return ['undefined']
    if (typeof item === 'number') return ['number', Object.is(item, -0) ? '-0' : String(item)]
    if (typeof item === 'bigint') return ['bigint', String(item)]
    if (item instanceof Date) return ['date', item.getTime()]
    if (item instanceof RegExp) return ['regexp', item.source, item.flags]
    if (item instanceof Map) return ['map', [...item].map(([key, part]) => [put(key), put(part)])]
    if (item instanceof Set) return ['set', [...item].map(put)]
    if (item instanceof Error) return ['error', item.name, item.message, item.stack]
    if (item instanceof ArrayBuffer) return ['buffer', toBase64(item)]
    if (ArrayBuffer.isView(item)) {
      const length = 'length' in item ? item.length : item.byteLength
      return ['view', kindOf(item), put(item.buffer), item.byteOffset, length]
    }
    if (Array.isArray(item)) return ['array', item.map(put)]
    if (typeof item !== 'object' || item === null) return ['plain', item]
    if (kindOf(item) !== 'Object')
      throw new DOMException(`${kindOf(item)} could not be cloned.`, 'DataCloneError')
    return ['object', Object.entries(item).map(([key, part]) => [key, put(part)])]
  }
  put(structuredClone(value))
  return JSON.stringify(entries)
}

/** The way back from {@link encode}. */
export function decode(text: string): unknown {
  const entries: Entry[] = JSON.parse(text)
  const made = new Map<number, unknown>()
  const get = (place: number): unknown => {
    if (!made.has(place)) {
      // encode() wrote for each kind what its maker takes
      const [kind, ...parts] = entries[place] as [string, ...never[]]
      const make: ((place: number, ...parts: never[]) => unknown) | undefined = makers[kind]
      made.set(place, make?.(place, ...parts))
    }
    return made.get(place)
  }
  const early = <T>(place: number, value: T): T => {
    made.set(place, value) // before its parts are made: they may name it
    return value
  }
  const makers: Record<string, (place: number, ...parts: never[]) => unknown> = {
    undefined: () => undefined,
    plain: (_, value: unknown) => value,
    number: (_, digits: string) => Number(digits),
    bigint: (_, digits: string) => BigInt(digits),
    date: (_, time: number | null) => new Date(time ?? Number.NaN), // JSON writes NaN as null
    regexp: (_, source: string, flags: string) => new RegExp(source, flags),
    error: (_, name: string, message: string, stack: string) =>
      Object.assign(new Error(message), { name, stack }),
    buffer: (_, base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer,
    view: (_, kind: 'Uint8Array', buffer: number, offset: number, length: number) =>
      // a typed array's or DataView's own name; encode() took it from the object itself
      new globalThis[kind](get(buffer) as ArrayBuffer, offset, length),
    map: (place, pairs: [number, number][]) => {
      const map = early(place, new Map())
      for (const [key, part] of pairs) map.set(get(key), get(part))
      return map
    },
    set: (place, parts: number[]) => {
      const set = early(place, new Set())
      for (const part of parts) set.add(get(part))
      return set
    },
    array: (place, parts: number[]) => {
      const array: unknown[] = early(place, [])
      for (const part of parts) array.push(get(part))
      return array
    },
    object: (place, pairs: [string, number][]) => {
      const object = early(place, {})
      for (const [key, part] of pairs) {
        const property = { value: get(part), enumerable: true, writable: true, configurable: true }
        Object.defineProperty(object, key, property) // even `__proto__` stays a plain property
      }
      return object
    },
  }
  return get(0)
}
