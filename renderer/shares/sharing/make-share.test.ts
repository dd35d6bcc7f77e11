import { expect, test } from 'vitest'
import { type Calls, makeShare, type Unfinished } from './make-share.ts'

const GONE = new Error('gone')
const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** A server with one share, on which some photos are not there and some call may fail. */
function server({ missing = [], failsAt }: { missing?: number[]; failsAt?: number } = {}) {
  const held: number[] = []
  const said: string[] = []
  let call = 0
  const put = (photoIds: readonly number[]) => {
    call++
    if (photoIds.length > 500) throw new Error('too many')
    if (call === failsAt) throw new Error('offline')
    if (photoIds.some((id) => missing.includes(id))) throw GONE
    held.push(...photoIds)
  }
  const calls: Calls = {
    async begin(what) {
      if ('photoIds' in what) put(what.photoIds)
      said.push('begun')
      return 7
    },
    async add(id, photoIds) {
      expect(id).toBe(7)
      put(photoIds)
    },
    async revoke(id) {
      said.push(`revoked ${id}`)
    },
    isGone: (error) => error === GONE,
  }
  return { calls, held, said }
}

const photos = (count: number): Unfinished => ({ of: { photoIds: ids(count) }, id: null, done: 0 })
const quietly = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined })

test('an album is one call', async () => {
  const { calls, said } = server()
  expect(await makeShare({ of: { albumId: 3 }, id: null, done: 0 }, calls, quietly())).toEqual({
    as: 'whole',
    id: 7,
  })
  expect(said).toEqual(['begun'])
})

test('photos go in 500 at a time, each once', async () => {
  const { calls, held, said } = server()
  const far: number[] = []
  const { signal } = new AbortController()
  const made = await makeShare(photos(1201), calls, { signal, onProgress: (done) => far.push(done) })
  expect(made).toEqual({ as: 'whole', id: 7 })
  expect(held).toEqual(ids(1201))
  expect(far).toEqual([500, 1000, 1201])
  expect(said).toEqual(['begun'])
})

test('photos that vanished are left out, the first ones too', async () => {
  const { calls, held } = server({ missing: [1, 2, 700] })
  expect(await makeShare(photos(800), calls, quietly())).toEqual({ as: 'whole', id: 7 })
  expect(held).toEqual(ids(800).filter((id) => ![1, 2, 700].includes(id)))
})

test('of photos that are all gone nothing is made', async () => {
  const { calls, said } = server({ missing: ids(3) })
  expect(await makeShare(photos(3), calls, quietly())).toEqual({ as: 'gone' })
  expect(said).toEqual([])
})

test('where the first call fails, nothing was made', async () => {
  const { calls, said } = server({ failsAt: 1 })
  expect(await makeShare(photos(800), calls, quietly())).toMatchObject({ as: 'nothing' })
  expect(said).toEqual([])
})

test('where a later one fails, it goes on from there, and what was in is not put in again', async () => {
  const { calls, held, said } = server({ missing: [20], failsAt: 24 })
  const made = await makeShare(photos(6000), calls, quietly())
  if (made.as !== 'stuck') throw new Error(made.as)
  expect(made.share.done).toBeGreaterThan(500)
  expect(held.length).toBe(made.share.done - 1)
  expect(await makeShare(made.share, calls, quietly())).toEqual({ as: 'whole', id: 7 })
  expect(held).toEqual(ids(6000).filter((id) => id !== 20))
  expect(said).toEqual(['begun'])
})

test.each([{ albumId: 3 }, { photoIds: ids(500) }])(
  'what is one step stays when the dialog is closed before its answer: %j',
  async (of) => {
    const { calls, said } = server()
    const control = new AbortController()
    const begin: Calls['begin'] = (what) => {
      control.abort()
      return calls.begin(what)
    }
    const made = await makeShare({ of, id: null, done: 0 }, { ...calls, begin }, quietly(control.signal))
    expect(made).toEqual({ as: 'whole', id: 7 })
    expect(said).toEqual(['begun'])
  },
)

test.each([1, 2, 3])('one that is cancelled at call %i is taken back', async (at) => {
  const { calls, said } = server()
  const control = new AbortController()
  const begin: Calls['begin'] = async (what) => {
    if (at === 1) control.abort()
    return calls.begin(what)
  }
  let added = 1
  const add: Calls['add'] = async (id, photoIds) => {
    if (++added === at) control.abort()
    await calls.add(id, photoIds)
  }
  expect(await makeShare(photos(1500), { ...calls, begin, add }, quietly(control.signal))).toEqual({
    as: 'cancelled',
  })
  expect(said).toEqual(['begun', 'revoked 7'])
})
