import { useCallback, useEffect, useRef, useState } from 'react'
import { fieldInDocument, type ImportTally, importAll } from '../../../../electron/contract/import-tally.ts'
import {
  DOCUMENT_MAX_BYTES,
  DocumentProblem,
  type ImportMode,
  type ImportPart,
  splitDocument,
} from '../../../../electron/contract/overlay-document.ts'
import type { Reason } from '../../../../electron/contract/reasons.ts'
import { call, failureOf } from '../../../api.ts'

/** A file that cannot be taken in: why, and which field of it is wrong, if it is one. */
export interface WrongFile {
  reason: Reason
  field: string | null
}

export const isWrongFile = (error: unknown): error is WrongFile =>
  typeof error === 'object' && error !== null && 'reason' in error && 'field' in error

/** Reads a file that somebody chose. Throws {@link WrongFile}. */
export async function readParts(file: File): Promise<ImportPart[]> {
  const wrong = (reason: Reason, field: string | null = null): WrongFile => ({ reason, field })
  if (file.size > DOCUMENT_MAX_BYTES) throw wrong('export_too_large')
  const text = await file.text().catch(() => Promise.reject(wrong('file_unreadable')))
  try {
    return splitDocument(JSON.parse(text))
  } catch (error) {
    throw error instanceof DocumentProblem ? wrong(error.reason, error.field) : wrong('export_format')
  }
}

export type ImportStage =
  | { at: 'looking' | 'importing'; done: number }
  | { at: 'looked' | 'imported'; tally: ImportTally }
  | { at: 'failed'; error: unknown }

/** A dry run as soon as there are parts, again for each mode; then, when asked, in earnest. Ends with the component. */
export function useImport(parts: readonly ImportPart[], mode: ImportMode) {
  const [stage, setStage] = useState<ImportStage>({ at: 'looking', done: 0 })
  // what another run, or a closed dialog, has left behind tells nothing any more
  const current = useRef(0)
  const run = useCallback(
    async (dryRun: boolean) => {
      current.current += 1
      const mine = current.current
      const isMine = () => mine === current.current
      setStage({ at: dryRun ? 'looking' : 'importing', done: 0 })
      try {
        const send = (input: Omit<ImportPart, 'offset'>, part: ImportPart) => {
          if (!isMine()) throw new Error('another run has begun')
          return call('overlays.import', { ...input, dryRun, mode }).catch((error) => tellField(error, part))
        }
        const tally = await importAll(parts, send, (done) => {
          if (isMine()) setStage({ at: dryRun ? 'looking' : 'importing', done })
        })
        if (isMine()) setStage({ at: dryRun ? 'looked' : 'imported', tally })
      } catch (error) {
        if (isMine()) setStage({ at: 'failed', error })
      }
    },
    [parts, mode],
  )
  useEffect(() => {
    void run(true)
    return () => {
      current.current += 1
    }
  }, [run])
  return { stage, look: () => void run(true), apply: () => void run(false) }
}

/** A refusal of an entry, by its field as it is called in the file. */
function tellField(error: unknown, part: ImportPart): never {
  const [wrong] = Object.entries(failureOf(error)?.fields ?? {})
  if (!wrong) throw error
  const [field, reason] = wrong
  throw { reason, field: fieldInDocument(field, part) } satisfies WrongFile
}
