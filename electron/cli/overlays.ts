import { createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Output } from '../contract/contract.ts'
import { fieldInDocument, type ImportTally, importAll } from '../contract/import-tally.ts'
import {
  DOCUMENT_MAX_BYTES,
  DocumentProblem,
  documentText,
  exportPages,
  type ImportMode,
  type ImportPart,
  splitDocument,
} from '../contract/overlay-document.ts'
import { REASONS } from '../contract/reasons.ts'
import { CommandFailure, RefusedFailure } from './failure.ts'
import type { Context } from './output.ts'
import { whereTyped } from './paths.ts'
import { findAccount } from './users.ts'

/** Names of photos that a report prints for people; `--json` has them all. */
const NAMES_TOLD = 20

/** `mantel overlays export`: to a file, which is there whole or not at all, or to standard output. */
export async function exportOverlays(
  context: Context,
  username: string,
  { output }: { output?: string },
): Promise<void> {
  const { operator, tell } = context
  const { id: accountId, username: found } = await findAccount(context, username)
  const counts = { photos: 0, albums: 0 }
  async function* counted(): AsyncGenerator<Output<'overlays.export'>, void, void> {
    for await (const page of exportPages((after) => operator.call('overlays.export', { accountId, after }))) {
      counts.photos += page.photos.length
      counts.albums += page.albums.length
      yield page
    }
  }
  const text = documentText(counted())
  if (output === undefined) {
    for await (const piece of text) process.stdout.write(piece)
    return
  }
  const file = resolve(whereTyped(), output)
  await writeWhole(file, text)
  const what = `${countOf(counts.photos, 'photo')} and ${countOf(counts.albums, 'album')}`
  tell({ username: found, file, ...counts }, `Wrote what ${found} added to ${what} to ${file}.`)
}

/** Writes beside the file first, for its owner's eyes alone. */
async function writeWhole(file: string, text: AsyncIterable<string>): Promise<void> {
  const beside = `${file}.${process.pid}.part`
  try {
    await pipeline(Readable.from(text), createWriteStream(beside, { mode: 0o600, flags: 'wx', flush: true }))
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw isSystemError(error) ? new CommandFailure(`${file} cannot be written: ${error.message}`) : error
  }
}

interface ImportOptions {
  dryRun?: boolean
  mode: ImportMode
}

/** `mantel overlays import`: a dry run over the whole file first, which also checks it all; then, unless that was asked for, in earnest. */
export async function importOverlays(
  context: Context,
  username: string,
  typed: string,
  { dryRun = false, mode }: ImportOptions,
): Promise<void> {
  const { operator, tell } = context
  const { id: accountId, username: found } = await findAccount(context, username)
  const file = resolve(whereTyped(), typed)
  const parts = splitFile(file, await readDocument(file))
  const run = (isDry: boolean) =>
    importAll(parts, (input, part) =>
      operator
        .call('overlays.import', { ...input, accountId, dryRun: isDry, mode })
        .catch((error) => tellField(error, file, part)),
    )
  const dry = await run(true)
  const tally = dryRun ? dry : await run(false)
  const heading = dryRun ? `Would import for ${found}; nothing was changed:` : `Imported for ${found}:`
  tell({ username: found, file, dryRun, mode, ...tally }, [heading, ...reportOf(tally)].join('\n'))
}

/** A refusal told by the field as it is called in the file. */
function tellField(error: unknown, file: string, part: ImportPart): never {
  const [wrong] = error instanceof RefusedFailure ? Object.entries(error.error.fields ?? {}) : []
  if (!wrong) throw error
  const [field, reason] = wrong
  throw new CommandFailure(
    `${file}: ${fieldInDocument(field, part)} ${REASONS[reason]}. Nothing was imported`,
  )
}

async function readDocument(file: string): Promise<unknown> {
  const { size } = await stat(file).catch(unreadable(file))
  if (size > DOCUMENT_MAX_BYTES) throw new CommandFailure(`${file} ${REASONS.export_too_large}`)
  const text = await readFile(file, 'utf8').catch(unreadable(file))
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandFailure(`${file}: ${REASONS.body_not_json}`)
  }
}

const unreadable = (file: string) => (error: unknown) => {
  throw isSystemError(error) ? new CommandFailure(`${file} cannot be read: ${error.message}`) : error
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

function splitFile(file: string, document: unknown): ImportPart[] {
  try {
    return splitDocument(document)
  } catch (error) {
    if (!(error instanceof DocumentProblem)) throw error
    throw new CommandFailure(`${file}: ${error.field} ${REASONS[error.reason]}. Nothing was imported`)
  }
}

const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** What an import came to, for people: a line for each thing there is to say. */
export function reportOf({
  photos,
  matched,
  changed,
  notFound,
  ambiguous,
  albums,
  leftOut,
}: ImportTally): string[] {
  const left = Object.entries(leftOut).filter(([, count]) => count > 0)
  return [
    `  ${countOf(photos, 'photo')}: ${matched} found here, ${changed} changed`,
    `  albums: ${albums.new} new, ${albums.merged} already here, ${countOf(albums.photosAdded, 'photo')} put in`,
    ...(left.length > 0
      ? [
          `  left out, as this account may not have them: ${left.map((entry) => entry.reverse().join(' ')).join(', ')}`,
        ]
      : []),
    ...named('not found here', notFound),
    ...named('several here are alike, none was chosen', ambiguous),
  ]
}

function named(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length - NAMES_TOLD
  return [
    `  ${what}: ${names.length}`,
    ...names.slice(0, NAMES_TOLD).map((name) => `    ${name.replaceAll(/\p{Cc}/gu, '?')}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ]
}
