import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type CheckReport, checkHousehold } from '../maintenance.ts'
import { sizeOf } from './backup.ts'
import { CommandFailure } from './failure.ts'
import type { Context } from './output.ts'

/** How often people are told how far it is, milliseconds. */
const TOLD_EVERY_MS = 1000
/** Paths of one kind that are named; `--json` names all. */
const NAMED = 20

type Telling = Pick<Context, 'tell' | 'note'>

/** `mantel check`. Throws {@link CommandFailure} where something is wrong, and where there is nothing to check. */
export async function check({ tell, note }: Telling, dataDir: string, readBytes: boolean): Promise<void> {
  if (!existsSync(join(dataDir, 'mantel.sqlite')))
    throw new CommandFailure(
      `There is no household in ${dataDir}; "mantel restore" brings one back from a backup`,
    )
  const begun = Date.now()
  let told = begun
  const report = await checkHousehold({
    dataDir,
    readBytes,
    progress({ done, total, bytesRead }) {
      if (Date.now() - told < TOLD_EVERY_MS) return
      told = Date.now()
      const seconds = (told - begun) / 1000
      const rate = readBytes ? `${sizeOf(bytesRead / seconds)}/s` : `${Math.round(done / seconds)}/s`
      note(`${done} of ${total} files, ${rate}`)
    },
  })
  tell(report, textOf(report))
  if (!report.ok) throw new CommandFailure('Something is wrong with this household')
}

function textOf({ database, files, cache }: CheckReport): string {
  const lines = [
    ...listed('damaged', database.damage),
    counted(database.danglingRows, 'rows refer to missing ones'),
    counted(database.wrongCounts, 'months hold another number of photos than is kept for them'),
    ...listed('a trigger is missing or another one', database.wrongTriggers),
  ]
  const found = lines.filter((line) => line !== null)
  const said = [
    found.length === 0 ? 'The database is sound.' : found.map((line) => `Database: ${line}`).join('\n'),
  ]
  if (files) said.push(...fileLines(files))
  if (cache)
    said.push(`${cache.pictures} pictures in the cache, ${cache.orphans} of them for files that are gone.`)
  return said.join('\n')
}

function fileLines({ files, missing, changed, offline, bytes }: NonNullable<CheckReport['files']>): string[] {
  const lines = [
    ...listed('is not there', missing),
    ...listed('is another one than was scanned; a scan takes that in', changed),
    ...listed('is not connected; its files were not looked at', offline),
    ...(bytes ? listed('has rotted: nobody changed it, but its bytes are others', bytes.rotten) : []),
    ...(bytes ? listed('cannot be read', bytes.unreadable) : []),
  ]
  const read = bytes ? `, ${sizeOf(bytes.read)} read and compared` : ''
  const unknown = bytes && bytes.unknown > 0 ? `; ${bytes.unknown} wait for their scan` : ''
  return [`${files} files looked at${read}${unknown}.`, ...lines]
}

const counted = (count: number, what: string) => (count === 0 ? null : `${count} ${what}`)

function listed(what: string, names: readonly string[]): string[] {
  const lines = names.slice(0, NAMED).map((name) => `${name} ${what}`)
  return names.length > NAMED ? [...lines, `and ${names.length - NAMED} more of these`] : lines
}
