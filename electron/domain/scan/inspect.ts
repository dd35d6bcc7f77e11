import { join } from 'node:path'
import type { Reason } from '../../contract/reasons.ts'
import type { Enclosure } from '../../lib/open-inside.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { failureState } from '../../workers/protocol.ts'
import { kindOf } from '../media/kinds.ts'
import type { FoundFile } from './diff.ts'
import { factsOf, factsWithoutMetadata } from './facts.ts'
import type { InspectedFile } from './index-files.ts'

/** What reading a file's metadata came to. */
export type Inspection =
  | { ok: true; file: InspectedFile & FoundFile }
  | { ok: false; path: string; reason: Reason }

/**
 * Reads the metadata of a found file. A file that can't be read now is left for the next scan; one whose metadata kill the
 * reader is indexed without them. Throws the signal's reason when aborted.
 */
export async function inspectFile(
  media: Pick<MediaClient, 'inspect'>,
  found: FoundFile,
  folder: Enclosure,
  signal: AbortSignal,
): Promise<Inspection> {
  const known = kindOf(found.name)
  const path = join(found.directory, found.name)
  if (!known) throw new Error(`The walk told of a file that is not indexed: ${path}`)
  const { sizeBytes, mtimeMs } = found
  const reply = await media.inspect({ path, folder, sizeBytes, mtimeMs }, mtimeMs, { signal })
  if (reply.ok) {
    const facts = factsOf(known, reply.metadata)
    return { ok: true, file: { ...found, facts, quickHash: reply.quickHash } }
  }
  if (failureState(reply.reason) === 'trouble') return { ok: false, path, reason: reply.reason }
  return { ok: true, file: { ...found, facts: factsWithoutMetadata(known, found), quickHash: null } }
}
