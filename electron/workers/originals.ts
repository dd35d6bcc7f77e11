import { closeSync, readSync } from 'node:fs'
import { openInside, openProblem } from '../lib/open-inside.ts'
import { mtimeMsOf } from './walk.ts'
import type { FilePart, FileStamp, OriginalLook, WalkRequest } from './walk-messages.ts'

/** Opens a file of a folder and tells which state of it that is. */
export function lookAtOriginal({ file }: Extract<WalkRequest, { kind: 'look' }>): OriginalLook {
  return whileOpen(file, ({ stamp }) => ({ ok: true, stamp }))
}

/** A part of a file, as long as it is in the state that was looked at; no bytes where it isn't any more. */
export function readOriginal(request: Extract<WalkRequest, { kind: 'read' }>): FilePart {
  const { offset, length, stamp } = request
  return whileOpen(request.file, ({ descriptor, stamp: now }) => {
    if (!isSame(stamp, now)) return { ok: true, bytes: new Uint8Array(0) }
    const bytes = new Uint8Array(length)
    let done = 0
    while (done < length) {
      const count = readSync(descriptor, bytes, done, length - done, offset + done)
      if (count === 0) break
      done += count
    }
    return { ok: true, bytes: bytes.subarray(0, done) }
  })
}

function whileOpen<Reply>(
  file: Parameters<typeof openInside>[0],
  work: (opened: { descriptor: number; stamp: FileStamp }) => Reply,
): Reply | { ok: false; problem: ReturnType<typeof openProblem> } {
  let descriptor: number | undefined
  try {
    const opened = openInside(file)
    descriptor = opened.descriptor
    const { size, dev, ino } = opened.status
    const mtimeMs = mtimeMsOf(opened.status)
    const stamp = { size: Number(size), mtimeMs, device: String(dev), inode: String(ino) }
    return work({ descriptor, stamp })
  } catch (error) {
    return { ok: false, problem: openProblem(error) }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function isSame(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.device === b.device && a.inode === b.inode
}
