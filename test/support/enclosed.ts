import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { MediaClient } from '../../electron/workers/media-client.ts'
import type { LookedAtFile } from '../../electron/workers/media-messages.ts'
import { mtimeMsOf } from '../../electron/workers/walk.ts'

/** A file as one of the folder it lies in, whatever links lead there, and as it stands at this moment. */
export function enclosed(path: string): LookedAtFile {
  const folder = realpathSync.native(dirname(resolve(path)))
  const { dev, ino } = statSync(folder, { bigint: true })
  return {
    path: join(folder, basename(path)),
    folder: { path: folder, device: String(dev), inode: String(ino) },
    ...lookOf(path),
  }
}

/** Size and time of a file as a scan notes them; none where there is no such file. */
export function lookOf(path: string) {
  const status = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  return { sizeBytes: Number(status?.size ?? 0), mtimeMs: status ? mtimeMsOf(status) : 0 }
}

type Rest<F extends (...args: never[]) => unknown> = Parameters<F> extends [unknown, ...infer R] ? R : never

/** A client that takes plain paths, for tests of what it makes of a file. */
export function byPath({ inspect, render, close }: MediaClient) {
  return {
    inspect: (path: string, ...rest: Rest<MediaClient['inspect']>) => inspect(enclosed(path), ...rest),
    render: (path: string, ...rest: Rest<MediaClient['render']>) => render(enclosed(path), ...rest),
    close,
  }
}
