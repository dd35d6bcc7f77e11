import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldUpload } from '../../../electron/contract/uploads.ts'
import { call } from '../../api.ts'
import { useFailureText, useReasonText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { applyHint } from '../../queries.ts'
import { piecesOf } from './pieces.ts'

/** How far a decision about files is. */
export interface Deciding {
  /** files */
  done: number
  total: number
  doneBytes: number
  totalBytes: number
  /** of `performance.now()`, ms */
  startedAt: number
  /** Ends it after the piece that is under way: what was done stays done. */
  cancel: () => void
}

/** Takes files that were sent, or turns them down, in pieces: each is copied to its folder. */
export function useDeciding() {
  const { t } = useTranslation()
  const toast = useToast()
  const client = useQueryClient()
  const failureText = useFailureText()
  const reasonText = useReasonText()
  const [progress, setProgress] = useState<Deciding | null>(null)
  const current = useRef<AbortController | null>(null)
  // nothing goes on unseen
  useEffect(() => () => current.current?.abort(), [])

  /** Answers the files that were decided about before the end, a failure, which is told, or a stop. */
  async function inPieces(files: readonly HeldUpload[], piece: (ids: number[]) => Promise<unknown>) {
    const ends = new AbortController()
    current.current = ends
    const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    const start = {
      total: files.length,
      totalBytes,
      startedAt: performance.now(),
      cancel: () => ends.abort(),
    }
    let [done, doneBytes] = [0, 0]
    try {
      for (const { ids, bytes } of piecesOf(files)) {
        if (ends.signal.aborted) break
        setProgress({ ...start, done, doneBytes })
        await piece(ids)
        done += ids.length
        doneBytes += bytes
      }
    } catch (error) {
      toast(failureText(error), { bad: true })
    }
    setProgress(null)
    applyHint(client, { topic: 'uploads', revision: 0 })
    return files.slice(0, done)
  }

  const restore = (files: readonly HeldUpload[]) =>
    void inPieces(files, (ids) => call('uploads.restore', { ids }))

  return {
    /** null: nothing is being decided */
    progress,
    restore,
    async accept(files: readonly HeldUpload[], folderId: number | undefined) {
      let taken = 0
      const failed: string[] = []
      await inPieces(files, async (ids) => {
        const result = await call('uploads.accept', { ids, ...(folderId !== undefined && { folderId }) })
        taken += result.accepted.length
        failed.push(...result.failed.map(({ reason }) => reason))
      })
      if (taken > 0) toast(t('waiting.accepted', { count: taken }))
      const [why] = failed
      if (why) toast(t('waiting.failed', { count: failed.length, why: reasonText(why) }), { bad: true })
    },
    async decline(files: readonly HeldUpload[]) {
      const declined = await inPieces(files, (ids) => call('uploads.decline', { ids }))
      if (declined.length > 0)
        toast(t('waiting.declined', { count: declined.length }), { onUndo: () => restore(declined) })
    },
  }
}
