import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { UPLOADS_AT_ONCE } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { useFailureText, useReasonText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { applyHint } from '../../queries.ts'

/** Takes files that were sent, or turns them down, in pieces: each is copied to its folder. */
export function useDeciding() {
  const { t } = useTranslation()
  const toast = useToast()
  const client = useQueryClient()
  const failureText = useFailureText()
  const reasonText = useReasonText()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)

  /** Answers how many were begun before something failed, which is told. */
  async function inPieces(ids: readonly number[], piece: (ids: number[]) => Promise<unknown>) {
    let done = 0
    setProgress({ done, total: ids.length })
    try {
      for (let from = 0; from < ids.length; from += UPLOADS_AT_ONCE) {
        const some = ids.slice(from, from + UPLOADS_AT_ONCE)
        await piece(some)
        done += some.length
        setProgress({ done, total: ids.length })
      }
    } catch (error) {
      toast(failureText(error), { bad: true })
    }
    setProgress(null)
    applyHint(client, { topic: 'uploads', revision: 0 })
    return done
  }

  const restore = (ids: readonly number[]) =>
    void inPieces(ids, (some) => call('uploads.restore', { ids: some }))

  return {
    isBusy: progress !== null,
    done: progress?.done ?? 0,
    total: progress?.total ?? 0,
    restore,
    async accept(ids: readonly number[], folderId: number | undefined) {
      let taken = 0
      const failed: string[] = []
      await inPieces(ids, async (some) => {
        const result = await call('uploads.accept', {
          ids: some,
          ...(folderId !== undefined && { folderId }),
        })
        taken += result.accepted.length
        failed.push(...result.failed.map(({ reason }) => reason))
      })
      if (taken > 0) toast(t('waiting.accepted', { count: taken }))
      const [why] = failed
      if (why) toast(t('waiting.failed', { count: failed.length, why: reasonText(why) }), { bad: true })
    },
    async decline(ids: readonly number[]) {
      const done = await inPieces(ids, (some) => call('uploads.decline', { ids: some }))
      if (done > 0)
        toast(t('waiting.declined', { count: done }), { onUndo: () => restore(ids.slice(0, done)) })
    },
  }
}
