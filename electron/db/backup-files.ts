import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BACKUP_KINDS } from '../contract/values.ts'

/** What a copy was made for: by the schedule, because somebody asked, before the schema changed, or as what a restore took away. */
export type BackupKind = (typeof BACKUP_KINDS)[number]

/** A copy of the database in a folder of backups. */
export interface BackupFile {
  /** file name without its ending: what people and procedures call it */
  name: string
  /** absolute */
  path: string
  kind: BackupKind
  /** counts up in its folder: which copy is the newest does not depend on a clock */
  sequence: number
  /** when it was made, by the clock of then; epoch ms */
  at: number
  bytes: number
  /** path of the key file that was copied along; null where it was not */
  key: string | null
}

export const COPY = '.sqlite'
export const KEY = '.key'
export const PARTIAL = '.partial'

/** `nightly-000012-20261122T033000123Z`; the number is missing in names of older versions */
const FORM = /^(nightly|by-hand|set-aside|before-[\w-]+?)(?:-(\d{6,}))?-(\d{8}T\d{9}Z)$/
const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/

/** How many of each kind are kept in the data directory's own folder, but for those whose number is a setting. */
export const KEPT = { 'before-migration': 5, 'set-aside': 5 } as const

/** The copies in a folder, the newest first; none where there is no such folder. Other files are not ours and left out. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const found: BackupFile[] = []
  for (const file of names) {
    const name = file.endsWith(COPY) ? file.slice(0, -COPY.length) : ''
    const [, made, sequence = '0', stamp] = FORM.exec(name) ?? []
    if (made === undefined || stamp === undefined) continue
    const path = join(folder, file)
    const bytes = await sizeOf(path)
    // removed at this moment
    if (bytes === null) continue
    const key = names.includes(name + KEY) ? join(folder, name + KEY) : null
    found.push({
      name,
      path,
      kind: kindOf(made),
      sequence: Number(sequence),
      at: momentOf(stamp),
      bytes,
      key,
    })
  }
  return found.sort((a, b) => b.sequence - a.sequence || b.at - a.at)
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.size : null
}

function kindOf(made: string): BackupKind {
  if (made === 'nightly' || made === 'by-hand' || made === 'set-aside') return made
  return 'before-migration'
}

function momentOf(stamp: string): number {
  return Date.parse(stamp.replace(STAMP, '$1-$2-$3T$4:$5:$6.$7Z'))
}

/** The name of the next copy in a folder. `made`: its kind, or `before-<migration>`. */
export async function nextBackupName(folder: string, made: string, at = Date.now()): Promise<string> {
  const [newest] = await listBackups(folder)
  const sequence = String((newest?.sequence ?? 0) + 1).padStart(6, '0')
  const stamp = new Date(at).toISOString().replace(/[-:]/g, '').replace('.', '')
  return `${made}-${sequence}-${stamp}`
}

/** Removes all copies of a kind but the newest `count`. By their sequence: a clock that jumped makes none older. */
export async function keepNewest(folder: string, kind: BackupKind, count: number): Promise<void> {
  const all = (await listBackups(folder)).filter((backup) => backup.kind === kind)
  for (const { path, name } of all.slice(count)) {
    for (const part of ['', '-wal', '-shm']) await rm(path + part, { force: true })
    await rm(join(folder, name + KEY), { force: true })
  }
}

/** Removes what a program that was killed at it left half written. */
export async function removePartial(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/(\.sqlite|\.key)\.partial(-journal)?$/.test(name)) await rm(join(folder, name), { force: true })
}
