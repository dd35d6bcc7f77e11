import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatDuration, formatNumber } from '../../format.ts'
import { applyHint } from '../../queries.ts'
import styles from './bulk-area.module.css'
import { type Outcome, runSteps, type Step } from './run.ts'

/** Something to do to many photos. */
export interface BulkWork {
  steps: readonly Step[]
  /** what is said while it goes on: “Archiving photos” */
  doing: string
  /** what is said afterwards, for how many photos it made a difference */
  did: (changed: number) => string
  /** the same where it made none for any; else that nothing had to be changed */
  didNothing?: string
  /** done once when all photos were gone through */
  last?: () => Promise<unknown>
  /** the same when it is taken back */
  lastOfUndo?: () => Promise<unknown>
}

interface Bulk {
  start(work: BulkWork): void
  /** one at a time */
  busy: boolean
}

const BulkContext = createContext<Bulk | null>(null)

/** Bulk actions: `const { start, busy } = useBulk()`. */
export function useBulk(): Bulk {
  const bulk = useContext(BulkContext)
  if (!bulk) throw new Error('useBulk is for pages inside the BulkArea')
  return bulk
}

interface Running {
  doing: string
  done: number
  total: number
  startedAt: number
  ends: AbortController
}

const isGone = (error: unknown) => failureOf(error)?.code === 'not_found'

/** Runs bulk actions for the pages inside, which may be left meanwhile: says how far a long one is, and offers the way back afterwards. */
export function BulkArea({ children }: { children: ReactNode }) {
  const [running, setRunning] = useState<Running | null>(null)
  const current = useRef<AbortController | null>(null)
  const client = useQueryClient()
  const sayEnd = useSayEnd()
  // another account may be next in this window: nothing goes on under its name
  useEffect(() => () => current.current?.abort(), [])

  const bulk = useMemo(() => {
    const start = async (work: BulkWork, offersUndo = true) => {
      if (current.current) return
      const { steps, doing, last } = work
      const ends = new AbortController()
      current.current = ends
      const total = steps.reduce((sum, { ids }) => sum + ids.length, 0)
      const now: Running = { doing, done: 0, total, startedAt: performance.now(), ends }
      setRunning(now)
      const onProgress = (done: number) => setRunning({ ...now, done })
      const outcome = await runSteps(steps, { isGone, onProgress, signal: ends.signal })
      if (!outcome.ended && last)
        outcome.ended = await last().then(
          () => null,
          (error: unknown) => ({ error }),
        )
      current.current = null
      setRunning(null)
      if (outcome.changed > 0) applyHint(client, { topic: 'library', revision: 0 })
      sayEnd.current({ outcome, total, work, undo: offersUndo ? (back) => void start(back, false) : null })
    }
    return (work: BulkWork) => void start(work)
  }, [client, sayEnd])
  const busy = running !== null
  const value = useMemo(() => ({ start: bulk, busy }), [bulk, busy])
  return (
    <BulkContext value={value}>
      {children}
      {running && <Progress running={running} />}
    </BulkContext>
  )
}

interface Ended {
  outcome: Outcome
  total: number
  work: BulkWork
  /** starts what takes it back; null where that was it */
  undo: ((work: BulkWork) => void) | null
}

/** Says what came of it. */
function useSayEnd() {
  const { t } = useTranslation()
  const toast = useToast()
  const text = useFailureText()
  const say = ({ outcome, total, work: { did, didNothing, lastOfUndo }, undo }: Ended) => {
    const { ended, done, changed, gone } = outcome
    const how = { done: formatNumber(done), total: formatNumber(total) }
    const words = [
      ended === 'cancelled'
        ? t('bulk.cancelled', how)
        : ended && t('bulk.failed', { ...how, why: text(ended.error) }),
      !ended && (changed > 0 || !undo ? did(changed) : (didNothing ?? t('bulk.nothing'))),
      gone > 0 && t('bulk.gone', { count: gone }),
    ]
    toast(words.filter(Boolean).join(' '), {
      bad: ended !== null && ended !== 'cancelled',
      ...(undo &&
        outcome.undo.length > 0 && {
          onUndo: () =>
            undo({
              steps: outcome.undo,
              doing: t('bulk.undoing'),
              did: () => t('bulk.undone'),
              ...(lastOfUndo && { last: lastOfUndo }),
            }),
        }),
    })
  }
  const latest = useRef(say)
  useEffect(() => {
    latest.current = say
  })
  return latest
}

/** Work that needs no more than this many photos is over before its progress could be read. */
const LONG = 500

function Progress({ running: { doing, done, total, startedAt, ends } }: { running: Running }) {
  const { t } = useTranslation()
  if (total <= LONG) return null
  const left = done > 0 ? (((performance.now() - startedAt) / done) * (total - done)) / 1000 : null
  const far = t('bulk.progress', { done: formatNumber(done), total: formatNumber(total) })
  return (
    <section className={styles.area} aria-label={doing}>
      <div className={styles.card}>
        <p className={styles.text}>
          {doing} · {far}
          {left !== null && ` · ${t('bulk.left', { time: formatDuration(left) })}`}
        </p>
        <Button small look="quiet" onClick={() => ends.abort()}>
          {t('common.cancel')}
        </Button>
        <div className={styles.bar}>
          <ProgressBar label={doing} done={done} total={total} />
        </div>
      </div>
    </section>
  )
}
