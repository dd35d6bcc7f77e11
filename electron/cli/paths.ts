import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Access } from '../contract/fields.ts'

/** A folder as typed: where it is and how it is granted. */
export interface TypedGrant {
  /** absolute */
  path: string
  access: Access
}

/** Paths are meant from where the person is; `npm run` itself changes to the package's folder and tells where it came from. */
export function whereTyped(environment: Record<string, string | undefined> = process.env): string {
  const throughNpm = environment.npm_lifecycle_event === 'mantel'
  return (throughNpm && environment.INIT_CWD) || process.cwd()
}

/**
 * Reads `PATH[:ro|:rw]`. Only the very end counts, so drive letters and colons inside a path are left alone; a folder whose
 * own name ends in `:ro` is written with `:rw` (or `:ro`) once more behind it.
 */
export function parseGrant(typed: string, from: string = whereTyped()): TypedGrant {
  const [, path = typed, mark = 'rw'] = /^(.+):(ro|rw)$/s.exec(typed) ?? []
  return { path: resolve(from, path), access: mark === 'ro' ? 'read-only' : 'read-write' }
}

/** Finds what belongs to a folder as typed among things with absolute paths, also by the name behind links. */
export async function findByPath<T extends { path: string }>(
  things: readonly T[],
  absolute: string,
): Promise<T | undefined> {
  const real = await realpath(absolute).catch(() => absolute)
  return things.find(({ path }) => path === absolute) ?? things.find(({ path }) => path === real)
}
