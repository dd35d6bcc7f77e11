import { openProblem } from '../lib/open-inside.ts'
import type { MediaFailure, MediaFailureReason } from './media-messages.ts'

/** An error that already knows the reason it stands for. */
export class MediaError extends Error {
  readonly reason: MediaFailureReason

  constructor(reason: MediaFailureReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** The reason behind anything that was thrown while a file was worked on. */
export function failureOf(error: unknown): MediaFailure {
  const detail = error instanceof Error ? error.message.trim() : String(error)
  if (error instanceof MediaError) return { ok: false, reason: error.reason, detail }
  // Errors of the file system carry a code, those of the decoder don't.
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code !== null && /^E[A-Z]+$/.test(code)) return { ok: false, reason: openProblem(error), detail }
  if (/exceeds pixel limit/i.test(detail)) return { ok: false, reason: 'too_many_pixels', detail }
  return { ok: false, reason: 'decode_failed', detail }
}
