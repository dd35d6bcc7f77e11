import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { syncFile, syncFolder, writeDurably } from '../lib/durable.ts'
import { KEY_FILE } from '../lib/secrets.ts'
import { COPY, KEPT, KEY, keepNewest, nextBackupName } from './backup-files.ts'
import { Connection } from './connection.ts'
import { checkCopy } from './copy.ts'
import { fromFileSystem, StorageError } from './errors.ts'
import { migrate, requireUsable } from './migrate.ts'

/** The household's database in its data directory. */
export const DATABASE_FILE = 'mantel.sqlite'

/** Everything of a restore that is under way; gone when none is. */
const STAGE = 'restoring'
/** Written last: from then on the restore is finished whatever happens, before that it never was. */
const PLAN = 'plan.json'
const planShape = z.object({
  /** path below the data directory, without ending, where what is there now goes */
  setAside: z.string(),
})

interface Staging {
  /** absolute */
  dataDir: string
  /** the copy; it is only read */
  from: string
  /** the key file to put in place with it; null leaves the key as it is */
  key: string | null
  migrationsFolder: string
}

/**
 * Brings a copy into the data directory, checks it there whole and migrates it. The household is not touched, and may be open. Throws
 * {@link StorageError}: `corrupt`, `foreign`, `newer`, `diverged`, `full`, …; nothing is left then.
 */
export async function stageRestore({ dataDir, from, key, migrationsFolder }: Staging): Promise<void> {
  const stage = join(dataDir, STAGE)
  const file = join(stage, DATABASE_FILE)
  try {
    await rm(stage, { recursive: true, force: true })
    await mkdir(stage, { mode: 0o700 })
    // the copy of the copy is what is checked and used: what lies outside may change meanwhile
    await copyFile(from, file)
    if (existsSync(`${from}-wal`)) await copyFile(`${from}-wal`, `${file}-wal`)
    await checkCopy(file, { thorough: true, untrusted: true })
    await bringUpToDate(file, migrationsFolder)
    await syncFile(file)
    if (key !== null) {
      await copyFile(key, join(stage, KEY_FILE))
      await syncFile(join(stage, KEY_FILE))
    }
    await syncFolder(stage)
  } catch (error) {
    await rm(stage, { recursive: true, force: true }).catch(() => undefined)
    throw fromFileSystem(error)
  }
}

/** Leaves one file, of this version's schema, with nothing in its log. */
async function bringUpToDate(file: string, migrationsFolder: string): Promise<void> {
  const connection = await Connection.open(file, { mode: 'write' })
  try {
    await requireUsable(connection, migrationsFolder)
    await migrate(connection, { migrationsFolder, backupsFolder: null })
    // the job that made this copy stands in it as running: it did its work
    await connection.exec(
      "update jobs set state = 'done', finished_at = coalesce(started_at, queued_at) where kind = 'backup' and state in ('queued', 'running')",
    )
    // without a list of what ended since, none of these can be trusted (see ended-tokens.ts)
    await connection.exec(`delete from sessions where not exists (${LIST_KNOWN});
      delete from app_passwords where not exists (${LIST_KNOWN});
      delete from known_devices where not exists (${LIST_KNOWN})`)
    await connection.exec('pragma wal_checkpoint(truncate)')
  } finally {
    await connection.close()
  }
  const left = await stat(`${file}-wal`).catch(() => null)
  if (left && left.size > 0) throw new StorageError('io', 'The log of the copy could not be emptied.')
}

const LIST_KNOWN = "select 1 from settings where key = 'backup.endedTokens'"

/**
 * Puts a staged copy in the place of the household's database, which nobody may have open, and sets that aside; answers the name that it
 * has among the backups, null where there was none. Throws errors of the file system; then {@link finishRestore} finishes or undoes it.
 */
export async function commitRestore(dataDir: string): Promise<string | null> {
  const setAside = await placeForPresent(dataDir)
  await mkdir(dirname(join(dataDir, setAside)), { recursive: true, mode: 0o700 })
  const hadOne = existsSync(join(dataDir, DATABASE_FILE))
  await writeDurably(join(dataDir, STAGE, PLAN), JSON.stringify({ setAside }))
  await finishRestore(dataDir)
  return hadOne ? (setAside.split('/').at(-1) ?? null) : null
}

/** Gives up what was staged. */
export const dropStaged = (dataDir: string) => rm(join(dataDir, STAGE), { recursive: true, force: true })

/** Beside the other backups; where these lie on another disk, to which nothing can be renamed, in the data directory itself. */
async function placeForPresent(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'backups')
  const name = await nextBackupName(folder, 'set-aside')
  const there = await stat(folder).catch(() => null)
  return there && there.dev !== (await stat(dataDir)).dev ? name : `backups/${name}`
}

/**
 * Finishes a restore that was begun and stopped at any moment, or takes away what it had not yet decided to use. To be called before the
 * database is opened, by whoever holds the data directory. Each step can be done again: which were done shows by what is there.
 */
export async function finishRestore(dataDir: string): Promise<void> {
  const stage = join(dataDir, STAGE)
  if (!existsSync(stage)) return
  const plan = await readPlan(join(stage, PLAN))
  if (plan) await swap(dataDir, stage, join(dataDir, plan.setAside))
  // the plan first: without it the rest is only rubbish
  await rm(join(stage, PLAN), { force: true })
  await rm(stage, { recursive: true, force: true })
  await syncFolder(dataDir)
  if (plan) await keepNewest(join(dataDir, 'backups'), 'set-aside', KEPT['set-aside'])
}

async function readPlan(file: string) {
  if (!existsSync(file)) return null
  return planShape.parse(JSON.parse(await readFile(file, 'utf8')))
}

async function swap(dataDir: string, stage: string, setAside: string): Promise<void> {
  const present = join(dataDir, DATABASE_FILE)
  const staged = join(stage, DATABASE_FILE)
  // once it is gone from the stage it stands in its place
  if (!existsSync(staged)) return
  const stagedKey = join(stage, KEY_FILE)
  if (existsSync(stagedKey)) {
    await renameWhereThere(join(dataDir, KEY_FILE), setAside + KEY)
    await rename(stagedKey, join(dataDir, KEY_FILE))
  }
  for (const part of ['', '-wal']) await renameWhereThere(present + part, setAside + COPY + part)
  await rm(`${present}-shm`, { force: true })
  await syncFolder(dirname(setAside))
  await syncFolder(dataDir)
  await rename(staged, present)
  await syncFolder(dataDir)
}

async function renameWhereThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to)
}
