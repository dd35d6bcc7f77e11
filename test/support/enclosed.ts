import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { EnclosedFile } from '../../electron/lib/open-inside.ts'
import type { MediaClient } from '../../electron/workers/media-client.ts'

/** A file as one of the folder it lies in, whatever links lead there. */
export function enclosed(path: string): EnclosedFile {
  const folder = realpathSync.native(dirname(resolve(path)))
  const { dev, ino } = statSync(folder, { bigint: true })
  return {
    path: join(folder, basename(path)),
    folder: { path: folder, device: String(dev), inode: String(ino) },
  }
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
