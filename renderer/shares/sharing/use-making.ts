import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call, failureOf } from '../../api.ts'
import { type Calls, isLong, type Made, makeShare, takeBack, type Unfinished } from './make-share.ts'
import type { ShareOf } from './share-of.ts'

type Begin = Calls['begin']

export interface Making {
  /** photos that go through; 1 for an album or a folder, which is one step */
  total: number
  /** it takes more than one step: how far it is can be told, and it can be cancelled */
  isLong: boolean
  /** how many went through so far, while it is made */
  working: { done: number } | null
  /** why it was not made, or not wholly */
  failed: Extract<Made, { as: 'nothing' | 'gone' | 'stuck' }> | null
  /** it is being made, or is stuck: what holds for it is settled */
  isBegun: boolean
  make(begin: Begin): void
  /** one step with a share that is there */
  change(id: number, step: () => Promise<unknown>): void
  /** goes on where it is stuck; null where it is not */
  resume: (() => void) | null
  /** gives it up: what is in it so far is taken back */
  cancel(): void
}

const OTHERS = {
  add: (id: number, photoIds: number[]) => call('shares.addPhotos', { id, photoIds }),
  revoke: (id: number) => call('shares.revoke', { id }),
  isGone: (error: unknown) => failureOf(error)?.code === 'not_found',
}

/** Makes shares for a dialog. A long one that is not whole when the dialog is closed is given up. */
export function useMaking(of: ShareOf, onMade: (id: number) => void): Making {
  const client = useQueryClient()
  const [working, setWorking] = useState<Making['working']>(null)
  const [failed, setFailed] = useState<Making['failed']>(null)
  const running = useRef<AbortController | null>(null)
  const stuck = useRef<{ share: Unfinished; calls: Calls } | null>(null)

  const giveUp = () => {
    running.current?.abort()
    const left = stuck.current
    stuck.current = null
    if (left?.share.id) void takeBack(left.share.id, left.calls)
  }
  const atEnd = useRef(giveUp)
  useEffect(() => {
    atEnd.current = giveUp
  })
  // another account may be next in this window: nothing goes on under its name
  useEffect(() => () => atEnd.current(), [])

  const run = async (done: number, work: (signal: AbortSignal) => Promise<Made>) => {
    if (working) return
    const ends = new AbortController()
    running.current = ends
    setFailed(null)
    setWorking({ done })
    const made = await work(ends.signal)
    // so that it stands there when it is said to be made
    if (made.as === 'whole') await client.invalidateQueries({ queryKey: ['shares.list'] })
    if (ends.signal.aborted) return
    setWorking(null)
    if (made.as === 'whole') onMade(made.id)
    else if (made.as !== 'cancelled') setFailed(made)
  }
  const fill = (share: Unfinished, calls: Calls) =>
    run(share.done, async (signal) => {
      stuck.current = null
      const made = await makeShare(share, calls, { signal, onProgress: (done) => setWorking({ done }) })
      if (made.as === 'stuck') stuck.current = { share: made.share, calls }
      return made
    })
  return {
    total: 'photoIds' in of ? of.photoIds.length : 1,
    isLong: isLong(of),
    working,
    failed,
    isBegun: working !== null || failed?.as === 'stuck',
    make: (begin) => void fill({ of, id: null, done: 0 }, { ...OTHERS, begin }),
    change: (id, step) =>
      void run(0, () =>
        step().then(
          () => ({ as: 'whole', id }) as const,
          (error: unknown) => ({ as: 'nothing', error }) as const,
        ),
      ),
    resume:
      failed?.as === 'stuck'
        ? () => {
            if (stuck.current) void fill(stuck.current.share, stuck.current.calls)
          }
        : null,
    cancel() {
      giveUp()
      setWorking(null)
      setFailed(null)
    },
  }
}
